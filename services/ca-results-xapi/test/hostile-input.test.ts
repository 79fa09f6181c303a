import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { contract } from '@ca/contracts'
import { type Served, serve } from '@ca/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createResultsXapi } from '../src/main.ts'

const session = '/v1/businessStream/04/sessions/3229/resultStatus'
const page = { items: [], page: { offset: 0, limit: 100, total: 0 } }
const directive = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  componentId: '03',
  serviceType: 'ATS',
}

/** What has come to the system APIs, as it stood on the wire. */
const arrived: { target: string; headers: http.IncomingHttpHeaders; body: string }[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void
const systemApis = http.createServer(async (request, response) => {
  const body = await text(request)
  arrived.push({ target: request.url ?? '', headers: request.headers, body })
  answer(request, response)
})
let xapi: Served

beforeAll(async () => {
  await once(systemApis.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(systemApis.address() as AddressInfo).port}`
  xapi = await serve(contract('ca-results-xapi'), (settings) =>
    createResultsXapi({
      ...settings,
      TLS: 'off',
      INTERCHANGE_SAPI_URL: url,
      EPS_SAPI_URL: url,
      RM_SAPI_URL: url,
      LIBS_SAPI_URL: url,
      SAPI_CLIENT_ID: 'the-results-api',
      SAPI_CLIENT_SECRET: 'its own secret',
    }),
  )
})
afterAll(async () => {
  await xapi.stop()
  systemApis.close()
})
beforeEach(() => {
  arrived.length = 0
  answer = (_, response) => json(response, 200, page)
})

function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

describe('of what a consumer sends, a system API gets what the contract names', () => {
  test('and no header: neither those of one hop, nor credentials, nor what it calls itself', async () => {
    const { status } = await xapi.call({
      path: session,
      headers: {
        authorization: 'Bearer of-the-consumer',
        'proxy-authorization': 'Basic of-the-consumer',
        cookie: 'of-the-consumer=1',
        connection: 'close, x-hop',
        'x-hop': 'of-the-consumer',
        te: 'trailers',
        'keep-alive': 'timeout=1',
        'x-forwarded-for': 'of-the-consumer',
        forwarded: 'for=of-the-consumer',
        'x-http-method-override': 'DELETE',
        'user-agent': 'of-the-consumer',
        'accept-encoding': 'br',
        traceparent: 'of-the-consumer',
      },
    })
    expect(status).toBe(200)
    const [{ headers } = { headers: {} }] = arrived
    expect(JSON.stringify(headers)).not.toContain('of-the-consumer')
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'client_id',
      'client_secret',
      'connection',
      'host',
      'x-consumer-id',
      'x-deadline-ms',
      'x-transaction-id',
    ])
    expect(headers).toMatchObject({
      client_id: 'the-results-api',
      client_secret: 'its own secret',
    })
  })

  test.each(['somebody-else', 'the-results-api', '', 'a b', '../x', "' OR 1=1--"])(
    'and not that it calls for %j: its credentials say who it is',
    async (consumer) => {
      const { status } = await xapi.call({ path: session, headers: { 'x-consumer-id': consumer } })
      expect([status, arrived[0]?.headers['x-consumer-id']]).toEqual([200, 'test-client'])
    },
  )

  test.each(['0', '1', '-1', '1e9', 'NaN', '2147483647', '9'.repeat(400), 'soon'])(
    'and not that it has %s ms: the time is ours',
    async (deadline) => {
      const { status } = await xapi.call({ path: session, headers: { 'x-deadline-ms': deadline } })
      expect(status).toBe(200)
      const told = Number(arrived[0]?.headers['x-deadline-ms'])
      expect(told).toBeGreaterThan(1000)
      expect(told).toBeLessThanOrEqual(8000)
    },
  )

  test('and its body as it was read, not as it was written', async () => {
    answer = (_, response) => json(response, 422, {})
    const written = JSON.stringify(directive)
    const twice = written.replace('"04200"', '"99999","centreId":"\\u0030\\u00342\\u00300"')
    await xapi.call({
      method: 'POST',
      path: '/v1/candidates/scripts',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: `\ufeff { "customerDirectives" : [ ${twice} ] } `,
    })
    const [{ body, headers } = { body: '', headers: {} }] = arrived
    expect(body).toBe(JSON.stringify({ customerDirectives: [directive] }))
    expect(headers['content-length']).toBe(String(body.length))
  })
})

describe('no consumer moves a path', () => {
  test.each([
    '..',
    '.',
    '%2e%2e',
    '..%2f..%2fauth%2ftoken',
    '..%5c..',
    'SC-1%2f..%2f..',
    'SC-1%3fa=b',
    'SC-1%23',
    'SC-1%00',
    'SC-1;a=b',
    'SC-1%0d%0aX:%20y',
    '%252e%252e',
    '%c0%ae%c0%ae',
    "SC-1'--",
    'SC-1%20',
  ])('by a script named %s', async (id) => {
    const { body } = await xapi.call(`/v1/candidates/scripts/pdf/${id}`)
    expect(body).toMatchObject({ errorCode: '60002' })
    expect(arrived).toEqual([])
  })

  test.each(['-', '__proto__', '%53C-1', '0x31', '1e9', '_'.repeat(64)])(
    'though a script may be named %s',
    async (id) => {
      answer = (_, response) => json(response, 200, {})
      await xapi.call(`/v1/candidates/scripts/pdf/${id}`)
      expect(arrived[0]?.target).toBe(`/v1/candidates/scripts/pdf/${decodeURIComponent(id)}`)
    },
  )

  test('by how it writes a target', async () => {
    await xapi.call(`http://user@evil.example:1/api${session}?%6cimit=%37&offset=00`)
    expect(arrived[0]?.target).toBe(`${session}?offset=0&limit=7`)
    expect(arrived[0]?.headers.host).toMatch(/^127\.0\.0\.1:/)
  })
})

describe('of what a system API answers, a consumer gets what the contract names', () => {
  test('and no other header', async () => {
    answer = (_, response) =>
      json(response, 200, page, {
        'Set-Cookie': 'of-the-inside=1',
        Location: 'http://of-the-inside',
        Server: 'of-the-inside',
        'X-Powered-By': 'of-the-inside',
        'Access-Control-Allow-Origin': 'of-the-inside',
        'Cache-Control': 'public, of-the-inside',
        'X-TRANSACTION-ID': 'of-the-inside',
        Refresh: '0;url=of-the-inside',
      })
    const { status, headers } = await xapi.call(session)
    expect(status).toBe(200)
    expect(JSON.stringify(headers)).not.toContain('of-the-inside')
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-transaction-id': 'test-transaction',
    })
  })

  test.each([
    ['a line in a header', 'Retry-After: 1\r\nSet-Cookie: a=b'],
    ['a folded header', 'Retry-After: 1\r\n Set-Cookie: a=b'],
    ['a bare return in a header', 'Retry-After: 1\rSet-Cookie: a=b'],
    ['a bare line feed in a header', 'Retry-After: 1\nSet-Cookie: a=b'],
    ['a null character in a header', 'Retry-After: 1\0Set-Cookie: a=b'],
    ['two lengths', 'Content-Length: 2'],
    ['a length and chunks', 'Transfer-Encoding: chunked'],
  ])('and none of its own making: %s', async (_, line) => {
    const fault = { errorCode: '70503', errorMessage: 'x', transactionId: 'test-transaction' }
    const bytes = JSON.stringify(fault)
    answer = ({ socket }) => {
      socket.end(
        `HTTP/1.1 503 x\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n${line}\r\n\r\n${bytes}`,
      )
    }
    const { status, headers } = await xapi.call(session)
    expect([500, 503]).toContain(status)
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers['retry-after'] ?? '').not.toMatch(/Set-Cookie/i)
  })
})
