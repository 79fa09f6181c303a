import { openTransaction } from '@ca/telemetry'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { answered, dependencyUnderTest, failing, pending } from './under-test.ts'

beforeEach(() => {
  jest.useFakeTimers()
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

test('a call stands in its transaction, with its attempts, its time and how it ended', async () => {
  const within = openTransaction('test-transaction')
  const { call } = dependencyUnderTest()
  await call(answered, { within, operation: 'first' })
  const ended = call(failing('unreachable', { repeat: 'any' }), { within, operation: 'second' })
  await jest.advanceTimersByTimeAsync(75)
  await ended
  expect(within.calls).toEqual([
    { to: 'eps', operation: 'first', attempts: 1, durationMs: 0, outcome: 'answered' },
    { to: 'eps', operation: 'second', attempts: 3, durationMs: 75, outcome: 'unreachable' },
  ])
})

test('a call that is over by its deadline stands there as soon as it is over', async () => {
  const within = openTransaction('test-transaction')
  within.isDueWithin(3000)
  void dependencyUnderTest().call(pending().attempt, { within })
  await jest.advanceTimersByTimeAsync(3000)
  expect(within.calls).toMatchObject([{ attempts: 1, durationMs: 3000, outcome: 'timed out' }])
})

test('attempts and calls are counted by operation, calls by how they ended too', async () => {
  const { call, metric } = dependencyUnderTest()
  await call(answered)
  const ended = call(failing('unreachable', { repeat: 'any' }))
  await jest.advanceTimersByTimeAsync(75)
  await ended
  for (const way of ['timed out', 'refused', 'failed'] as const) await call(failing(way))
  await call(() => Promise.reject(new TypeError('a bug')))
  const within = openTransaction('hasty')
  const left = call(pending().attempt, { within, operation: 'write' })
  within.callerLeft()
  await left

  expect(await metric('dependency_attempts_total')).toEqual({
    '{dependency="eps",operation="read"}': 8,
    '{dependency="eps",operation="write"}': 1,
  })
  expect(await metric('dependency_retries_total')).toEqual({
    '{dependency="eps",operation="read"}': 2,
    '{dependency="eps",operation="write"}': 0,
  })
  expect(await metric('dependency_call_duration_seconds_count')).toEqual({
    '{dependency="eps",operation="read",outcome="answered"}': 1,
    '{dependency="eps",operation="read",outcome="unreachable"}': 1,
    '{dependency="eps",operation="read",outcome="timed out"}': 1,
    '{dependency="eps",operation="read",outcome="refused"}': 1,
    '{dependency="eps",operation="read",outcome="failed"}': 2,
    '{dependency="eps",operation="write",outcome="caller left"}': 1,
  })
  expect(await metric('dependency_call_duration_seconds_sum')).toMatchObject({
    '{dependency="eps",operation="read",outcome="unreachable"}': 0.075,
  })
})

test('a call that an open breaker kept away is recorded with no attempt', async () => {
  const { call, metric } = dependencyUnderTest()
  for (let made = 0; made < 10; made += 1) await call(failing('timed out'))
  const within = openTransaction('test-transaction')
  await call(answered, { within })
  expect(within.calls).toMatchObject([{ attempts: 0, outcome: 'unreachable' }])
  expect(await metric('dependency_attempts_total')).toEqual({
    '{dependency="eps",operation="read"}': 10,
  })
  expect(await metric('dependency_breaker_open')).toEqual({ '{dependency="eps"}': 1 })
})
