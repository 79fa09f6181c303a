import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '@ca/contracts'
import { createAnswerCheck } from '@ca/test-kit'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Landscape, type Part } from './landscape.ts'

const ofCandidate =
  '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500'
const ofEnquiries =
  '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus'
const ofSession = '/v1/businessStream/04/sessions/3229/resultStatus'

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

test.each([ofCandidate, ofEnquiries, ofSession, `/api${ofSession}`])(
  "the seeds' call %s answers 200 over HTTPS, as the contract has it",
  async (path) => {
    const check = await createAnswerCheck(contract('ca-results-xapi'))
    const answer = await landscape.call(path)
    expect(answer.status).toBe(200)
    check({ path }, answer)
  },
)

test.each([
  ['70402', { client_id: '' }],
  ['70402', { client_secret: '' }],
  ['70401', { client_secret: 'wrong' }],
  ['70401', { client_id: 'nobody' }],
  ['60004', { 'x-transaction-id': 'no' }],
  ['60406', { accept: 'application/xml' }],
])('a call is told %s when its headers are %j', async (errorCode, headers) => {
  const { body } = await landscape.call(ofSession, { headers })
  expect(body).toMatchObject({ errorCode })
})

test('a transaction can be followed through every process', async () => {
  await landscape.call(ofCandidate, { headers: { 'x-transaction-id': 'follow-me' } })
  // the answer may be here before the line that tells of it
  await all.says('"transactionId":"follow-me","clientId":"ats-demo"')
  const [xapi, eps, rm] = ['ca-results-xapi', 'ca-eps-sapi', 'rm-simulator'].map((name) =>
    landscape.logOf(name, 'follow-me'),
  )
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
  expect(answers.match(/"businessStreamId"/g)?.length).toBeGreaterThanOrEqual(7)
  expect(answers).not.toContain('errorCode')
})

test('a signal to the supervisor ends everything', async () => {
  expect(await all.stop()).toBe(0)
  await expect(landscape.call(ofSession)).rejects.toThrow('ECONNREFUSED')
})
