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
export async function beforeItsEnd<T>(
  transaction: Transaction,
  work: () => Promise<T>,
  { overdue, late = () => {} }: Otherwise<T> = {},
): Promise<T> {
  const over = () => {
    const { endedBy } = transaction.caller
    return endedBy instanceof CallerLeft ? endedBy : (overdue ?? fault('70504', { cause: endedBy }))
  }
  if (transaction.caller.endedBy || transaction.timeLeftMs() === 0) throw over()
  const working = work()
  try {
    return await transaction.caller.untilOver(working)
  } catch (error) {
    if (!transaction.caller.endedBy || error !== transaction.caller.endedBy) throw error
    working.then(late, () => {})
    throw over()
  }
}
