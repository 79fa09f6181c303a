import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Landscape, type Part } from './landscape.ts'

const ofCandidate =
  '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500'
const ofEnquiries =
  '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus'
const ofSession = '/v1/businessStream/04/sessions/3229/resultStatus'
const everything = [ofCandidate, ofEnquiries, ofSession]

let landscape: Landscape
let eps: Part
let rm: Part

beforeAll(async () => {
  landscape = await Landscape.open()
  await landscape.start('ca-results-xapi')
  eps = await landscape.start('ca-eps-sapi')
  rm = await landscape.start('rm-simulator')
})

afterAll(() => landscape.close())

/** @returns what a call is told, and whether it was told in time */
async function told(path: string) {
  const from = performance.now()
  const { status, body } = await landscape.call(path)
  const { errorCode } = body as { errorCode?: string }
  return { status, errorCode, inTime: performance.now() - from < 10_000 }
}

/** Calls until all is as it was. @returns how long that took, in milliseconds */
async function healed(): Promise<number> {
  const from = performance.now()
  for (;;) {
    const answers = await Promise.all(everything.map(told))
    if (answers.every(({ status }) => status === 200)) return performance.now() - from
    if (performance.now() - from > 10_000) throw new Error('It does not heal')
  }
}

const fine = { status: 200, errorCode: undefined, inTime: true }
const down = { status: 503, errorCode: '70503', inTime: true }

test('without ca-eps-sapi every operation is 70503 in time, and heals within 2 s of its return', async () => {
  expect(await Promise.all(everything.map(told))).toEqual([fine, fine, fine])
  await eps.kill('ca-eps-sapi')
  expect(eps.output).toContain('ca-eps-sapi')

  // more than enough to open the breaker
  for (let round = 0; round < 10; round += 1) {
    expect(await Promise.all(everything.map(told))).toEqual([down, down, down])
  }
  eps = await landscape.start('ca-eps-sapi')
  expect(await healed()).toBeLessThan(2000)
})

test('without RM the candidate’s result alone is 70503, and heals within 2 s of its return', async () => {
  await rm.kill('rm-simulator')

  for (let round = 0; round < 12; round += 1) {
    expect(await Promise.all(everything.map(told))).toEqual([down, fine, fine])
  }
  rm = await landscape.start('rm-simulator')
  expect(await healed()).toBeLessThan(2000)
})
