import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  CallerLeft,
  currentTransaction,
  inTransaction,
  openTransaction,
  untilAborted,
} from '../src/index.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

describe('the running transaction', () => {
  test('is the one that the code was started in, however many run', async () => {
    const ids = await Promise.all(
      ['first', 'second'].map((id) =>
        inTransaction(openTransaction(id), async () => {
          await Promise.resolve()
          return currentTransaction()?.id
        }),
      ),
    )
    expect(ids).toEqual(['first', 'second'])
  })

  test('is the innermost one, and the outer one again after it', () => {
    const inner = openTransaction('inner')
    inTransaction(openTransaction('outer'), () => {
      expect(inTransaction(inner, () => currentTransaction())).toBe(inner)
      expect(currentTransaction()?.id).toBe('outer')
    })
  })

  test('is none outside of all', () => {
    expect(currentTransaction()).toBeUndefined()
  })
})

describe('a transaction’s time', () => {
  test('has no end until it is given one', async () => {
    const transaction = openTransaction('endless')
    await jest.advanceTimersByTimeAsync(1_000_000)
    expect(transaction.timeLeftMs()).toBe(Number.POSITIVE_INFINITY)
    expect(transaction.signal.aborted).toBe(false)
  })

  test('counts from when it was opened', async () => {
    const transaction = openTransaction('begun')
    await jest.advanceTimersByTimeAsync(300)
    transaction.isDueWithin(1000)
    expect(transaction.timeLeftMs()).toBe(700)
    await jest.advanceTimersByTimeAsync(699)
    expect(transaction.signal.aborted).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    expect(transaction.signal).toMatchObject({ aborted: true, reason: { name: 'TimeoutError' } })
  })

  test('is never less than nothing', async () => {
    const transaction = openTransaction('overdue')
    transaction.isDueWithin(100)
    await jest.advanceTimersByTimeAsync(500)
    expect(transaction.timeLeftMs()).toBe(0)
  })

  test('that was up before it was given is up at once', async () => {
    const transaction = openTransaction('late')
    await jest.advanceTimersByTimeAsync(500)
    transaction.isDueWithin(100)
    await jest.advanceTimersByTimeAsync(1)
    expect(transaction.signal.aborted).toBe(true)
  })

  test('is the last that it was given', async () => {
    const transaction = openTransaction('twice')
    transaction.isDueWithin(100)
    transaction.isDueWithin(1000)
    await jest.advanceTimersByTimeAsync(999)
    expect(transaction.signal.aborted).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    expect(transaction.signal.aborted).toBe(true)
  })

  test('stops when the transaction ends, and keeps no process alive', async () => {
    const transaction = openTransaction('ended')
    transaction.isDueWithin(1000)
    transaction.end()
    expect(jest.getTimerCount()).toBe(0)
    await jest.advanceTimersByTimeAsync(2000)
    expect(transaction.signal.aborted).toBe(false)
  })
})

describe('a transaction whose caller left', () => {
  test('is aborted with CallerLeft', () => {
    const transaction = openTransaction('hasty')
    transaction.callerLeft()
    expect(transaction.signal.reason).toBeInstanceOf(CallerLeft)
  })

  test('after its time was up was ended by the time', async () => {
    const transaction = openTransaction('late')
    transaction.isDueWithin(100)
    await jest.advanceTimersByTimeAsync(100)
    transaction.callerLeft()
    expect(transaction.signal.reason).toMatchObject({ name: 'TimeoutError' })
  })
})

describe('work that is waited for until a signal is aborted', () => {
  test('gives its answer, and leaves no listener behind', async () => {
    const { signal } = new AbortController()
    const [added, removed] = [
      jest.spyOn(signal, 'addEventListener'),
      jest.spyOn(signal, 'removeEventListener'),
    ]
    expect(await untilAborted(signal, Promise.resolve('done'))).toBe('done')
    expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1])
  })

  test('gives its failure', async () => {
    const { signal } = new AbortController()
    await expect(untilAborted(signal, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  test('is left behind when the signal is aborted, and may then fail unheard', async () => {
    const controller = new AbortController()
    const { promise, reject } = Promise.withResolvers<never>()
    const waiting = untilAborted(controller.signal, promise)
    controller.abort(new CallerLeft())
    await expect(waiting).rejects.toBeInstanceOf(CallerLeft)
    reject(new Error('an unhandled rejection would end this process'))
    await jest.advanceTimersByTimeAsync(0)
  })

  test('is left behind at once where the signal was aborted before', async () => {
    const waiting = untilAborted(AbortSignal.abort(new CallerLeft()), new Promise(() => {}))
    await expect(waiting).rejects.toBeInstanceOf(CallerLeft)
  })
})
