import type { Answer, Call } from '@ca/test-kit'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { calls } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'

let landscape: Landscape
let rmSapi: Part

beforeAll(async () => {
  landscape = await Landscape.open()
  await landscape.start('ca-results-xapi')
  await landscape.start('rm-simulator')
  rmSapi = await landscape.start('ca-rm-sapi')
}, 60_000)
beforeEach(() => landscape.rm('DELETE'))
afterAll(() => landscape.close())

function order(transaction: string): Promise<Answer> {
  const call = calls.createCustomerDirectives as Call
  return landscape.call({ ...call, headers: { ...call.headers, 'x-transaction-id': transaction } })
}

test('100 times the same order at once is one order at RM, and 100 equal answers', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => order('order-100')))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(201)
  expect((await landscape.rm('GET')).counters.ordersMade).toBe(1)
})

test('an order survives a ca-rm-sapi that is killed when RM has taken it and nobody knows yet', async () => {
  await landscape.rm('PUT', {
    faults: [{ fault: 'hang', on: 'POST /scripts', at: 'answer', times: 1 }],
  })
  const lost = order('order-killed')
  // RM has it once it hangs
  while ((await landscape.rm('GET')).counters.hanging === 0);
  await rmSapi.kill('ca-rm-sapi')
  expect((await lost).body).toMatchObject({ errorCode: '70503' })

  rmSapi = await landscape.start('ca-rm-sapi')
  const again = await order('order-killed')
  expect([again.status, again.headers['idempotent-replay']]).toEqual([201, 'true'])
  expect((await landscape.rm('GET')).counters.ordersMade).toBe(1)
}, 60_000)

test('an order whose answer is cut anywhere is placed once when it is repeated', async () => {
  const cuts = [
    { fault: 'reset', at: 'request' },
    { fault: 'reset', at: 'answer' },
    { fault: 'close', at: 'body', afterBytes: 0 },
    { fault: 'close', at: 'body', afterBytes: 10 },
  ]
  for (const [at, cut] of cuts.entries()) {
    await landscape.rm('DELETE')
    await landscape.rm('PUT', { faults: [{ ...cut, on: 'POST /scripts', times: 1 }] })
    expect((await order(`order-cut-${at}`)).body).toMatchObject({ errorCode: '70503' })
    expect((await order(`order-cut-${at}`)).status).toBe(201)
    expect((await landscape.rm('GET')).counters.ordersMade).toBe(1)
  }
})
