import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { CallerLeft, currentTransaction, inTransaction, openTransaction } from '../src/index.ts'

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

describe('a transaction that others follow', () => {
  test('is over when all are gone, in whatever order they go', () => {
    for (const order of [
      [0, 1, 2],
      [1, 0, 2],
      [2, 1, 0],
    ]) {
      const all = ['first', 'second', 'third'].map(openTransaction)
      const [first, ...others] = all
      for (const other of others) first?.isFollowedBy(other)
      for (const at of order) {
        expect(first?.endedBy).toBeUndefined()
        all[at]?.callerLeft()
        expect(all[at]?.caller.endedBy).toBeInstanceOf(CallerLeft)
      }
      expect(first?.endedBy).toBeInstanceOf(CallerLeft)
    }
  })

  test('has the time of the one that has most, and its caller its own', async () => {
    const [first, second] = [openTransaction('first'), openTransaction('second')]
    first.isDueWithin(100)
    second.isDueWithin(1000)
    first.isFollowedBy(second)
    expect(first.timeLeftMs()).toBe(1000)
    await jest.advanceTimersByTimeAsync(100)
    expect(first.caller.endedBy).toMatchObject({ name: 'TimeoutError' })
    expect(first.endedBy).toBeUndefined()
    await jest.advanceTimersByTimeAsync(900)
    expect(first.endedBy).toMatchObject({ name: 'TimeoutError' })
  })

  test('is named to them', () => {
    const [first, second] = [openTransaction('first'), openTransaction('second')]
    first.isFollowedBy(second)
    expect(second.followed).toBe('first')
  })
})

describe('a transaction’s signal', () => {
  test('is aborted from the start where it is asked for too late', () => {
    const transaction = openTransaction('over')
    transaction.callerLeft()
    expect(transaction.signal).toMatchObject({ aborted: true, reason: transaction.endedBy })
  })
})

describe('who listens for a transaction’s end', () => {
  test('is told once, and why', async () => {
    const transaction = openTransaction('due')
    const told = jest.fn()
    transaction.onceOver(told)
    transaction.isDueWithin(100)
    await jest.advanceTimersByTimeAsync(100)
    transaction.callerLeft()
    expect(told.mock.calls).toEqual([[expect.objectContaining({ name: 'TimeoutError' })]])
  })

  test('is told at once where it is over', () => {
    const transaction = openTransaction('over')
    transaction.callerLeft()
    const told = jest.fn()
    transaction.onceOver(told)
    expect(told).toHaveBeenCalledWith(transaction.endedBy)
  })

  test('is not told when it has taken that back', () => {
    const transaction = openTransaction('over')
    const told = jest.fn()
    transaction.onceOver(told)()
    transaction.callerLeft()
    expect(told).not.toHaveBeenCalled()
  })
})

describe('work that is waited for until a transaction is over', () => {
  test('gives its answer', async () => {
    const transaction = openTransaction('works')
    expect(await transaction.untilOver(Promise.resolve('done'))).toBe('done')
  })

  test('gives its failure', async () => {
    const transaction = openTransaction('fails')
    const failing = transaction.untilOver(Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
  })

  test('is left behind when it is over, and may then fail unheard', async () => {
    const transaction = openTransaction('left')
    const { promise, reject } = Promise.withResolvers<never>()
    const waiting = transaction.untilOver(promise)
    transaction.callerLeft()
    await expect(waiting).rejects.toBeInstanceOf(CallerLeft)
    reject(new Error('an unhandled rejection would end this process'))
    await jest.advanceTimersByTimeAsync(0)
  })

  test('is left behind at once where it was over before', async () => {
    const transaction = openTransaction('over')
    transaction.callerLeft()
    const waiting = transaction.untilOver(new Promise(() => {}))
    await expect(waiting).rejects.toBeInstanceOf(CallerLeft)
  })
})
