import { DependencyFailure, type Repeat } from '@ca/faults'
import { CallerLeft, openTransaction } from '@ca/telemetry'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Attempt } from '../src/index.ts'
import { answered, dependencyUnderTest, failing, pending } from './under-test.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

describe('a failed attempt is made again', () => {
  const cases: [repeat: Repeat, isRead: boolean, attempts: number][] = [
    ['any', true, 3],
    ['any', false, 3],
    ['reads', true, 3],
    ['reads', false, 1],
    ['none', true, 1],
    ['none', false, 1],
  ]
  test.each(cases)('where it says "%s" and isRead is %s, to %i attempts', async (...given) => {
    const [repeat, isRead, attempts] = given
    const attempt = failing('unreachable', { repeat })
    const ended = dependencyUnderTest().call(attempt, { isRead })
    await jest.advanceTimersByTimeAsync(1000)
    expect((await ended).error).toMatchObject({ way: 'unreachable', repeat })
    expect(attempt.madeAt).toHaveLength(attempts)
  })

  test('and its answer counts', async () => {
    const attempt = jest
      .fn(answered)
      .mockImplementationOnce(failing('unreachable', { repeat: 'any' }))
      .mockImplementationOnce(failing('timed out', { repeat: 'reads' }))
    const ended = dependencyUnderTest().call(attempt)
    await jest.advanceTimersByTimeAsync(1000)
    expect(await ended).toMatchObject({ answer: 'answered' })
    expect(attempt).toHaveBeenCalledTimes(3)
  })

  test('never where it ended by an error of ours', async () => {
    const attempt = jest.fn<Attempt<string>>(() => Promise.reject(new TypeError('a bug')))
    const ended = dependencyUnderTest().call(attempt)
    await jest.advanceTimersByTimeAsync(1000)
    expect((await ended).error).toBeInstanceOf(TypeError)
    expect(attempt).toHaveBeenCalledTimes(1)
  })
})

describe('between two attempts passes', () => {
  test.each([
    ['the least', 0, [25, 50]],
    ['the most', 1, [50, 100]],
  ])('a back-off that doubles: %s', async (_, random, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(random)
    expect(await pausesOf(failing('unreachable', { repeat: 'any' }))).toEqual(expected)
  })

  test('what the dependency asked for, where that is longer', async () => {
    const attempt = failing('unreachable', { repeat: 'reads', retryAfterMs: 2000 })
    expect(await pausesOf(attempt)).toEqual([2000, 2000])
  })

  test('the back-off, where the dependency asked for less', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const attempt = failing('unreachable', { repeat: 'reads', retryAfterMs: 30 })
    expect(await pausesOf(attempt)).toEqual([30, 50])
  })

  test('nothing, where the pause would outlast the deadline: the call fails at once', async () => {
    const within = due(2000)
    const attempt = failing('unreachable', { repeat: 'any', retryAfterMs: 2000 })
    const { error } = await dependencyUnderTest().call(attempt, { within })
    expect(error).toMatchObject({ way: 'unreachable' })
    expect(attempt.madeAt).toHaveLength(1)
  })

  async function pausesOf(attempt: ReturnType<typeof failing>): Promise<number[]> {
    const ended = dependencyUnderTest().call(attempt, { within: due(10_000) })
    await jest.advanceTimersByTimeAsync(5000)
    await ended
    return attempt.madeAt.slice(1).map((madeAt, at) => madeAt - (attempt.madeAt[at] ?? 0))
  }
})

describe('an attempt may take', () => {
  test.each([
    ['what one attempt may, where the transaction has more time', 5000, 8000, 5000],
    ['what the transaction has left, where that is less', 5000, 3000, 3000],
    ['what the transaction has left, where an attempt has no limit', undefined, 8000, 8000],
  ])('%s', async (_, attemptWithinMs, dueWithinMs, expected) => {
    const attempt = jest.fn(answered)
    await dependencyUnderTest({ attemptWithinMs }).call(attempt, { within: due(dueWithinMs) })
    expect(attempt.mock.calls[0]?.[0].withinMs).toBe(expected)
  })

  test('less with every repetition', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const withinMs: number[] = []
    const attempt: Attempt<never> = async (limits) => {
      withinMs.push(limits.withinMs)
      throw new DependencyFailure('eps', 'unreachable', 'no', { repeat: 'any' })
    }
    const ended = dependencyUnderTest().call(attempt, { within: due(8000) })
    await jest.advanceTimersByTimeAsync(100)
    await ended
    expect(withinMs).toEqual([8000, 7975, 7925])
  })

  test('any time, outside a transaction that has a deadline', async () => {
    const attempt = jest.fn(answered)
    await dependencyUnderTest().call(attempt)
    expect(attempt.mock.calls[0]?.[0]).toMatchObject({
      withinMs: Number.POSITIVE_INFINITY,
      transaction: { endedBy: undefined },
    })
  })
})

describe('when the time for the answer is up, the call has timed out', () => {
  test('while an attempt runs that heeds its end', async () => {
    const attempt: Attempt<never> = ({ transaction }) =>
      new Promise((_, reject) => transaction.onceOver(reject))
    await expectTimeOut(attempt)
  })

  test('while an attempt runs that does not heed it', async () => {
    await expectTimeOut(pending().attempt)
  })

  test('and what an attempt that was left behind comes to is nobody’s business', async () => {
    const late = pending()
    await expectTimeOut(late.attempt)
    // an unhandled rejection would end the process, and this test with it
    late.fail(new DependencyFailure('eps', 'unreachable', 'too late', { repeat: 'any' }))
    await jest.advanceTimersByTimeAsync(1000)
  })

  test('before the first attempt, which is then not made', async () => {
    const within = due(100)
    await jest.advanceTimersByTimeAsync(100)
    const attempt = jest.fn(answered)
    const { error } = await dependencyUnderTest().call(attempt, { within })
    expect(error).toMatchObject({ way: 'timed out' })
    expect(attempt).not.toHaveBeenCalled()
  })

  async function expectTimeOut(attempt: Attempt<unknown>) {
    const ended = dependencyUnderTest().call(attempt, { within: due(3000) })
    await jest.advanceTimersByTimeAsync(3000)
    const { error } = await ended
    expect(error).toMatchObject({ dependency: 'eps', way: 'timed out', repeat: 'none' })
    expect((error as DependencyFailure).asFault()).toMatchObject({ code: '70504', status: 504 })
  }
})

describe('when the caller leaves, the call ends as CallerLeft', () => {
  test('while an attempt runs', async () => {
    const within = openTransaction('hasty')
    const ended = dependencyUnderTest().call(pending().attempt, { within })
    within.callerLeft()
    expect((await ended).error).toBeInstanceOf(CallerLeft)
  })

  test('between two attempts, and no timer is left', async () => {
    const within = openTransaction('hasty')
    const { call } = dependencyUnderTest()
    const timers = jest.getTimerCount()
    const attempt = failing('unreachable', { repeat: 'any', retryAfterMs: 60_000 })
    const ended = call(attempt, { within })
    await jest.advanceTimersByTimeAsync(10)
    within.callerLeft()
    expect((await ended).error).toBeInstanceOf(CallerLeft)
    expect(attempt.madeAt).toHaveLength(1)
    expect(jest.getTimerCount()).toBe(timers)
  })
})

function due(milliseconds: number) {
  const transaction = openTransaction('test-transaction')
  transaction.isDueWithin(milliseconds)
  return transaction
}
