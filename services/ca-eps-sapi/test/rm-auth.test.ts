import { contract } from '@ca/contracts'
import { type Served, serve } from '@ca/test-kit'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createEpsSapi } from '../src/main.ts'
import { type Rm, startRm } from './rm.ts'

const ofCandidate =
  '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500'
const ofEnquiries =
  '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus'
const ofSession = '/v1/businessStream/04/sessions/3229/resultStatus'

let rm: Rm
let eps: Served

async function startEps(overrides: { RM_AUTH?: 'on' | 'off'; ANSWER_WITHIN_MS?: number } = {}) {
  eps = await serve(contract('ca-eps-sapi'), (settings) =>
    createEpsSapi({
      ...settings,
      EPS_DATABASE_URL: 'sqlite:',
      RM_AUTH: 'on',
      RM_URL: rm.url,
      RM_CLIENT_ID: 'eps',
      RM_CLIENT_SECRET: 'a secret',
      ...overrides,
    }),
  )
}

beforeEach(async () => {
  rm = await startRm()
})

afterEach(async () => {
  rm.release()
  await eps.stop()
  await rm.stop()
})

test('RM is asked for one token, however many calls wait for it, and for none while it lasts', async () => {
  await startEps()
  rm.hold()
  const calls = Array.from({ length: 20 }, () => eps.call(ofCandidate))
  rm.release()
  const answers = await Promise.all(calls)
  await eps.call(ofCandidate)

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(rm.asked).toEqual(['grant_type=client_credentials&client_id=eps&client_secret=a+secret'])
})

test('a token that lives no longer than a call may take is asked for every time', async () => {
  rm.expiresIn = 10
  await startEps()
  await eps.call(ofCandidate)
  await eps.call(ofCandidate)
  expect(rm.asked).toHaveLength(2)
})

test('without RM a candidate has no result status, all else is answered, and it heals by itself', async () => {
  await startEps()
  const { url, stop } = rm
  await stop()

  expect((await eps.call(ofCandidate)).body).toMatchObject({ errorCode: '70503' })
  expect((await eps.call(ofEnquiries)).status).toBe(200)
  expect((await eps.call(ofSession)).status).toBe(200)

  rm = await startRm(Number(new URL(url).port))
  expect((await eps.call(ofCandidate)).status).toBe(200)
})

test.each([401, 400, 500])('RM answering %i for a token is a technical error', async (status) => {
  await startEps()
  rm.status = status
  const { body, text } = await eps.call(ofCandidate)
  expect(body).toMatchObject({ errorCode: '60006' })
  expect(text).not.toMatch(/\brm\b|secret|40[01]/i)
})

test('RM that does not answer in time is a back-end that timed out', async () => {
  await startEps({ ANSWER_WITHIN_MS: 300 })
  rm.hold()
  const { body } = await eps.call(ofCandidate)
  expect(body).toMatchObject({ errorCode: '70504' })
})

test('the time that the caller has left is the time that it is answered in', async () => {
  await startEps()
  rm.hold()
  const { body } = await eps.call({ path: ofCandidate, headers: { 'x-deadline-ms': '200' } })
  expect(body).toMatchObject({ errorCode: '70504' })
})

test('with RM_AUTH=off RM is not asked', async () => {
  await startEps({ RM_AUTH: 'off' })
  expect((await eps.call(ofCandidate)).status).toBe(200)
  expect(rm.asked).toEqual([])
})
