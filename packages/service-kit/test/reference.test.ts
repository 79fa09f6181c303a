import type { Contract } from '@ca/contracts'
import { contract, contractNames } from '@ca/contracts'
import {
  createTestLog,
  type Served,
  sampleContract,
  sampleOperations,
  send,
  serve,
} from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { createService } from '../src/index.ts'

const services: Served[] = []
afterAll(() => Promise.all(services.map((service) => service.stop())))

async function start({
  served = sampleContract as Contract,
  basePath = '',
  docs = 'on' as 'on' | 'off',
} = {}) {
  const log = createTestLog(served.name)
  const service = await serve(
    served,
    (settings) =>
      createService({
        contract: served,
        operations: sampleOperations as never,
        settings: { ...settings, DOCS: docs },
        telemetry: log.telemetry,
        dependencies: [],
      }),
    { basePath },
  )
  services.push(service)
  const ask = (path: string, method = 'GET') => send(service.url, { path, method })
  return { ask, log, service }
}

describe.each(['', '/ca-results-qa1'])('behind the base path %p', (basePath) => {
  let ask: Awaited<ReturnType<typeof start>>['ask']
  beforeAll(async () => {
    ask = (await start({ basePath })).ask
  })

  test('the contract is at /openapi.yaml, with the address that it was fetched from', async () => {
    const { status, headers, text } = await ask(`${basePath}/openapi.yaml`)
    expect([status, headers['content-type']]).toEqual([200, 'application/yaml'])
    const { servers, ...others } = parse(text)
    const { servers: _, ...own } = sampleContract.document
    expect(others).toEqual(JSON.parse(JSON.stringify(own)))
    expect(servers).toEqual([{ url: basePath || '/', description: expect.any(String) }])
  })

  test('the page at /docs names only what this service serves to anyone', async () => {
    const page = await ask(`${basePath}/docs`)
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    const types = await Promise.all(
      links.map(async (link) => {
        const { pathname } = new URL(link, `http://localhost${basePath}/docs`)
        const { status, headers } = await ask(pathname)
        return `${status} ${headers['content-type']}`
      }),
    )
    expect(types).toEqual([
      '200 image/png',
      '200 text/css; charset=utf-8',
      '200 text/javascript; charset=utf-8',
      '200 text/javascript; charset=utf-8',
    ])
    const script = await ask(`${basePath}/docs/reference.js`)
    expect(script.text).toContain("url: 'openapi.yaml'")
    expect(`${page.text}${script.text}`).not.toMatch(/https?:|client_secret|<script>/)
  })

  test('a browser may run and fetch nothing from elsewhere there', async () => {
    const { headers } = await ask(`${basePath}/docs`)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;" +
        "connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    // it would forbid HTTP on every port of localhost
    expect(headers).not.toHaveProperty('strict-transport-security')
  })

  test('/docs/ leads to /docs, and a question mark changes nothing', async () => {
    const { status, headers } = await ask(`${basePath}/docs/`)
    expect(status).toBe(308)
    const { pathname } = new URL(headers.location ?? '', `http://localhost${basePath}/docs/`)
    expect(pathname).toBe(`${basePath}/docs`)
    expect((await ask(`${basePath}/docs?a=1`)).status).toBe(200)
  })

  test('HEAD answers without a body', async () => {
    const { status, text } = await ask(`${basePath}/docs`, 'HEAD')
    expect([status, text]).toEqual([200, ''])
  })

  test.each([
    '/docsx',
    '/docs/nothing.js',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/docs/swagger-ui.js',
    '/openapi.yaml/',
    '/openapi.yml',
  ])('%s is no way in for those without credentials', async (path) => {
    expect(await ask(`${basePath}${path}`)).toMatchObject({
      status: 401,
      body: { errorCode: '70402' },
    })
  })

  test('neither is another method', async () => {
    expect((await ask(`${basePath}/docs`, 'POST')).status).toBe(401)
    expect((await ask(`${basePath}/openapi.yaml`, 'DELETE')).status).toBe(401)
  })
})

test('what is behind a base path is not before it', async () => {
  const { ask } = await start({ basePath: '/ca-results-qa1' })
  expect((await ask('/docs')).status).toBe(401)
  expect((await ask('/openapi.yaml')).status).toBe(401)
})

test('each leaves a line in the log, which names nothing that the caller said', async () => {
  const { ask, log } = await start()
  await ask('/docs?name=hush')
  const line = await log.line(({ msg }) => msg.includes('/docs'))
  expect(line).toMatchObject({ level: 30, status: 200, msg: 'GET /docs 200' })
  expect(JSON.stringify(log.lines)).not.toContain('hush')
})

test('with DOCS=off there is neither', async () => {
  const { ask, service } = await start({ docs: 'off' })
  expect((await ask('/docs')).status).toBe(401)
  expect((await service.call('/openapi.yaml')).status).toBe(404)
})

test.each(contractNames)('the YAML of %s says what the contract says', async (name) => {
  const { ask } = await start({ served: contract(name) })
  const { text } = await ask('/openapi.yaml')
  const { servers: _, ...document } = contract(name).document
  expect(parse(text)).toEqual({ ...document, servers: expect.anything() })
})
