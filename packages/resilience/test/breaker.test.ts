import { DependencyFailure } from '@ca/faults'
import { CallerLeft, openTransaction } from '@ca/telemetry'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { Attempt } from '../src/index.ts'
import { answered, dependencyUnderTest, failing, pending } from './under-test.ts'

type UnderTest = ReturnType<typeof dependencyUnderTest>

const unreachable = failing('unreachable')

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

describe('a breaker opens', () => {
  test('when the tenth call fails and half of the ten did', async () => {
    const { call, isOpen } = underTest()
    await make(call, answered, 5)
    await make(call, unreachable, 4)
    expect(await isOpen()).toBe(false)
    await make(call, unreachable, 1)
    expect(await isOpen()).toBe(true)
  })

  test.each(['unreachable', 'timed out'] as const)('over calls that are %s', async (way) => {
    const { call, isOpen } = underTest()
    await make(call, failing(way), 10)
    expect(await isOpen()).toBe(true)
  })

  test.each([
    ['refused', failing('refused')],
    ['failed', failing('failed')],
    ['ended by an error of ours', () => Promise.reject(new TypeError('a bug'))],
  ])('never over calls that are %s', async (_, attempt: Attempt<unknown>) => {
    const { call, isOpen } = underTest()
    await make(call, attempt, 100)
    expect(await isOpen()).toBe(false)
  })

  test('not while fewer than half of the calls fail', async () => {
    const { call, isOpen } = underTest()
    await make(call, answered, 11)
    await make(call, unreachable, 10)
    expect(await isOpen()).toBe(false)
  })

  test('not over fewer than ten calls', async () => {
    const { call, isOpen } = underTest()
    await make(call, unreachable, 9)
    expect(await isOpen()).toBe(false)
  })

  test('not over calls that are 10 s ago', async () => {
    const { call, isOpen } = underTest()
    await make(call, unreachable, 9)
    await jest.advanceTimersByTimeAsync(10_000)
    await make(call, unreachable, 9)
    expect(await isOpen()).toBe(false)
    await jest.advanceTimersByTimeAsync(9_999)
    await make(call, unreachable, 1)
    expect(await isOpen()).toBe(true)
  })

  test('though many more calls still wait for their answers', async () => {
    const { call, isOpen } = underTest()
    const hung = pending()
    const waiting = make(call, hung.attempt, 100)
    await make(call, unreachable, 10)
    expect(await isOpen()).toBe(true)
    hung.answer('at last')
    await waiting
  })

  test('over calls that were made longer ago than they failed', async () => {
    const { call, isOpen } = underTest()
    const slow = pending()
    const waiting = make(call, slow.attempt, 10)
    await jest.advanceTimersByTimeAsync(11_000)
    slow.fail(new DependencyFailure('eps', 'timed out', 'no answer'))
    await waiting
    expect(await isOpen()).toBe(true)
  })
})

describe('nobody is held against the dependency', () => {
  test('who left before the answer', async () => {
    const { call, isOpen } = underTest()
    await make(call, unreachable, 9)
    for (let made = 0; made < 100; made += 1) {
      const within = openTransaction('hasty')
      const left = call(pending().attempt, { within })
      within.callerLeft()
      expect((await left).error).toBeInstanceOf(CallerLeft)
    }
    expect(await isOpen()).toBe(false)
    // and nobody who left speaks for it either
    await make(call, unreachable, 1)
    expect(await isOpen()).toBe(true)
  })

  test('whose time was up before the first attempt', async () => {
    const { call, isOpen } = underTest()
    const within = openTransaction('late')
    within.isDueWithin(0)
    await jest.advanceTimersByTimeAsync(1)
    for (let made = 0; made < 100; made += 1) await call(answered, { within })
    expect(await isOpen()).toBe(false)
  })
})

describe('an open breaker', () => {
  test('answers at once that the dependency is unreachable, without an attempt', async () => {
    const { call } = await opened()
    const attempt = jest.fn(answered)
    const { error } = await call(attempt)
    expect(error).toMatchObject({ way: 'unreachable', dependency: 'eps' })
    expect((error as DependencyFailure).asFault().code).toBe('70503')
    expect(attempt).not.toHaveBeenCalled()
  })

  test('rests for 1 s, then lets one call through', async () => {
    const { call } = await opened()
    const trial = pending()
    const attempt = jest.fn(trial.attempt)
    await jest.advanceTimersByTimeAsync(999)
    await call(attempt)
    expect(attempt).toHaveBeenCalledTimes(0)
    await jest.advanceTimersByTimeAsync(1)
    const calls = [call(attempt), call(attempt), call(attempt)]
    expect(attempt).toHaveBeenCalledTimes(1)
    trial.answer('well again')
    expect((await Promise.all(calls)).map(({ answer }) => answer)).toEqual([
      'well again',
      undefined,
      undefined,
    ])
  })

  test('closes when the trial is answered', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    await call(answered)
    expect(await isOpen()).toBe(false)
    expect(await call(answered)).toMatchObject({ answer: 'answered' })
  })

  test('closes when the trial is refused: who refuses is there', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    await call(failing('refused'))
    expect(await isOpen()).toBe(false)
  })

  test('rests for another second when the trial fails', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    await call(unreachable)
    await jest.advanceTimersByTimeAsync(999)
    expect(await call(answered)).toMatchObject({ error: { way: 'unreachable' } })
    await jest.advanceTimersByTimeAsync(1)
    expect(await call(answered)).toMatchObject({ answer: 'answered' })
    expect(await isOpen()).toBe(false)
  })

  test('waits 500 ms for a trial that hangs, then lets another call through', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    void call(pending().attempt)
    await jest.advanceTimersByTimeAsync(499)
    expect(await call(answered)).toMatchObject({ error: { way: 'unreachable' } })
    await jest.advanceTimersByTimeAsync(1)
    expect(await call(answered)).toMatchObject({ answer: 'answered' })
    expect(await isOpen()).toBe(false)
  })

  test('closes when a trial is answered late', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    const slow = pending()
    const trial = call(slow.attempt)
    await jest.advanceTimersByTimeAsync(700)
    expect(await isOpen()).toBe(true)
    slow.answer('slow, but well')
    await trial
    expect(await isOpen()).toBe(false)
  })

  test('that two trials close closes once, and forgets nothing that came after', async () => {
    const { call, isOpen, lines } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    const slow = pending()
    const slowTrial = call(slow.attempt)
    await jest.advanceTimersByTimeAsync(500)
    await call(answered)
    await make(call, unreachable, 9)
    slow.answer('at last')
    await slowTrial
    await make(call, unreachable, 1)
    expect(await isOpen()).toBe(true)
    expect(lines.filter(({ msg }) => msg === 'eps: breaker closed')).toHaveLength(1)
  })

  test('is not kept open longer by a trial that fails late', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    const first = pending()
    const second = pending()
    const firstTrial = call(first.attempt)
    await jest.advanceTimersByTimeAsync(500)
    const secondTrial = call(second.attempt)
    second.fail(new DependencyFailure('eps', 'unreachable', 'no'))
    await secondTrial
    await jest.advanceTimersByTimeAsync(900)
    first.fail(new DependencyFailure('eps', 'timed out', 'no'))
    await firstTrial
    await jest.advanceTimersByTimeAsync(100)
    await call(answered)
    expect(await isOpen()).toBe(false)
  })

  test('lets the next call through when the caller of the trial leaves', async () => {
    const { call, isOpen } = await opened()
    await jest.advanceTimersByTimeAsync(1000)
    const within = openTransaction('hasty')
    const trial = call(pending().attempt, { within })
    within.callerLeft()
    await trial
    expect(await isOpen()).toBe(true)
    expect(await call(answered)).toMatchObject({ answer: 'answered' })
    expect(await isOpen()).toBe(false)
  })

  test('learns nothing from calls that were made before it opened', async () => {
    const { call, isOpen } = underTest()
    const slow = [pending(), pending()] as const
    const calls = slow.map(({ attempt }) => call(attempt))
    await make(call, unreachable, 10)
    slow[0].answer('made in better times')
    await calls[0]
    expect(await isOpen()).toBe(true)
    await jest.advanceTimersByTimeAsync(1000)
    slow[1].fail(new DependencyFailure('eps', 'timed out', 'no'))
    await calls[1]
    expect(await call(answered)).toMatchObject({ answer: 'answered' })
  })

  test('has no timer that could keep the process alive', async () => {
    const { call } = underTest()
    const before = jest.getTimerCount()
    await make(call, unreachable, 10)
    expect(jest.getTimerCount()).toBe(before)
  })
})

describe('a breaker that has closed', () => {
  test('begins to count anew: one failure does not open it', async () => {
    const { call, isOpen } = await healed()
    await make(call, unreachable, 9)
    expect(await isOpen()).toBe(false)
    await make(call, unreachable, 1)
    expect(await isOpen()).toBe(true)
  })

  test('does not count the calls that it kept away', async () => {
    const { call, isOpen } = await opened()
    await make(call, answered, 1000)
    await jest.advanceTimersByTimeAsync(1000)
    await call(answered)
    await make(call, answered, 5)
    await make(call, unreachable, 5)
    expect(await isOpen()).toBe(true)
  })

  test('does not count the calls that were made before it opened', async () => {
    const { call, isOpen } = underTest()
    const hung = pending()
    const calls = make(call, hung.attempt, 100)
    await make(call, unreachable, 10)
    await jest.advanceTimersByTimeAsync(1000)
    await call(answered)
    hung.fail(new DependencyFailure('eps', 'timed out', 'no answer'))
    await calls
    expect(await isOpen()).toBe(false)
  })
})

test('a breaker logs that it opens and that it closes, each once', async () => {
  const { call, lines } = await opened()
  await jest.advanceTimersByTimeAsync(1000)
  await call(unreachable)
  await jest.advanceTimersByTimeAsync(1000)
  await call(answered)
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'eps: breaker open'],
    [30, 'eps: breaker closed'],
  ])
})

function underTest() {
  const dependency = dependencyUnderTest()
  return {
    ...dependency,
    isOpen: async () => {
      const gauge = await dependency.metric('dependency_breaker_open')
      return gauge['{dependency="eps"}'] === 1
    },
  }
}

async function opened() {
  const dependency = underTest()
  await make(dependency.call, unreachable, 10)
  expect(await dependency.isOpen()).toBe(true)
  return dependency
}

async function healed() {
  const dependency = await opened()
  await jest.advanceTimersByTimeAsync(1000)
  await dependency.call(answered)
  return dependency
}

async function make(call: UnderTest['call'], attempt: Attempt<unknown>, times: number) {
  await Promise.all(Array.from({ length: times }, () => call(attempt)))
}
