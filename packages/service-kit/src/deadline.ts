import { type Fault, fault } from '@ca/faults'
import { CallerLeft, type Transaction } from '@ca/telemetry'

type Otherwise<T> = {
  /** What the caller is told when the time is up. Default: 70504. */
  overdue?: Fault
  /** Is given a result that came when nobody waited for it any more. */
  late?: (result: T) => void
}

/**
 * Does a part of a transaction's work, and waits for it no longer than the transaction lasts.
 * @throws {Fault} when the time is up
 * @throws {CallerLeft} when nobody waits for the answer
 */
export function beforeItsEnd<T>(
  transaction: Transaction,
  work: () => Promise<T>,
  { overdue, late = () => {} }: Otherwise<T> = {},
): Promise<T> {
  const { caller } = transaction
  const told = (reason?: Error) =>
    reason instanceof CallerLeft ? reason : (overdue ?? fault('70504', { cause: reason }))
  if (caller.endedBy || transaction.timeLeftMs() === 0) return Promise.reject(told(caller.endedBy))
  const working = work()
  return caller.untilOver(working, (reason) => {
    working.then(late, () => {})
    return told(reason)
  })
}
