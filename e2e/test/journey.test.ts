import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '@ca/contracts'
import { type Call, createAnswerCheck } from '@ca/test-kit'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { calls } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'

let landscape: Landscape
let all: Part
let startedInMs: number

beforeAll(async () => {
  landscape = await Landscape.open()
  const from = performance.now()
  all = await landscape.start()
  startedInMs = performance.now() - from
})

afterAll(() => landscape.close())

test('the landscape is there within 10 s of its very first start', () => {
  expect(startedInMs).toBeLessThan(10_000)
})

test.each(Object.entries(calls))(
  "the seeds' call of %s is answered over HTTPS, as the contract has it",
  async (_operation, call) => {
    const check = await createAnswerCheck(contract('ca-results-xapi'))
    for (const prefix of ['', '/api']) {
      const sent = { ...call, path: prefix + call.path }
      const answer = await landscape.call(sent)
      expect(answer.status).toBe(call.method === 'POST' ? 201 : 200)
      check(sent, answer)
      const { items } = answer.body as { items?: unknown[] }
      if (items) expect(items.length).toBeGreaterThan(0)
    }
  },
)

test('a script that was ordered can be fetched, and is a PDF', async () => {
  const { body } = await landscape.call(calls.createCustomerDirectives as Call)
  const { customerDirectives } = body as { customerDirectives: { docStorePageIds: string[] }[] }
  const [id] = customerDirectives[0]?.docStorePageIds ?? []
  const { status, text, headers } = await landscape.call({
    path: `/v1/candidates/scripts/pdf/${id}`,
  })
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text.trimEnd().slice(-5)).toBe('%%EOF')
})

test.each([
  ['70402', { client_id: '' }],
  ['70402', { client_secret: '' }],
  ['70401', { client_secret: 'wrong' }],
  ['70401', { client_id: 'nobody' }],
  ['60004', { 'x-transaction-id': 'no' }],
  ['60406', { accept: 'application/xml' }],
])('a call is told %s when its headers are %j', async (errorCode, headers) => {
  const { body } = await landscape.call({ ...(calls.getSessionResultStatus as Call), headers })
  expect(body).toMatchObject({ errorCode })
})

test('a transaction can be followed through every process', async () => {
  await landscape.call({
    ...(calls.getCandidateResultStatus as Call),
    headers: { 'x-transaction-id': 'follow-me' },
  })
  const names = ['ca-results-xapi', 'ca-eps-sapi', 'rm-simulator']
  // the answer may be here before the lines that tell of it
  await Promise.all(names.map((name) => all.tells(name, 'follow-me')))
  const [xapi, eps, rm] = names.map((name) => landscape.logOf(name, 'follow-me'))
  expect(xapi).toMatchObject([
    { clientId: 'ats-demo', status: 200, calls: [{ to: 'ca-eps-sapi' }] },
  ])
  expect(eps).toMatchObject([{ clientId: 'ca-results-xapi', calls: [{ to: 'rm' }, { to: 'eps' }] }])
  expect(rm).toMatchObject([{ status: 200 }])
})

test('no secret stands in a log or in what a terminal shows', () => {
  const { CLIENT_SECRET = '' } = landscape.demo
  const logs = ['ca-results-xapi', 'ca-eps-sapi', 'rm-simulator'].map((name) =>
    readFileSync(join(landscape.folder, `.local/logs/${name}.ndjson`), 'utf8'),
  )
  expect(`${all.output}${logs}`).not.toContain(CLIENT_SECRET)
})

test("the README's calls work as they stand", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, calls = ''] = /## Ask something.*?```sh\n(.*?)```/s.exec(readme) ?? []
  expect(calls).toContain('. .local/demo.env')
  const answers = execFileSync('sh', ['-eu'], {
    cwd: landscape.folder,
    input: calls,
    stdio: 'pipe',
  }).toString()
  expect(answers.match(/"businessStreamId"/g)?.length).toBeGreaterThanOrEqual(9)
  expect(answers).not.toContain('errorCode')
  const script = readFileSync(join(landscape.folder, '.local/script.pdf'), 'latin1')
  expect(script.slice(0, 5)).toBe('%PDF-')
})

test('a signal to the supervisor ends everything', async () => {
  expect(await all.stop()).toBe(0)
  await expect(landscape.call(calls.getSessionResultStatus as Call)).rejects.toThrow('ECONNREFUSED')
})
