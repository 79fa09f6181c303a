import { DependencyFailure, type Repeat } from '@ca/faults'
import { CallerLeft, type Transaction } from '@ca/telemetry'

/** One attempt of a call. It throws a {@link DependencyFailure} that says whether to try again. */
export type Attempt<T> = (limits: {
  /** The call is made for it, and is to end with it. */
  transaction: Transaction
  /** How long this attempt's answer may take to begin, in milliseconds. */
  withinMs: number
}) => Promise<T>

/** Two retries are the seed's: "reconnection strategies with maximum of 2 retry attempts". */
const mostAttempts = 3
const firstPauseMs = 50

/** The attempts of one call, and their rules. */
type Attempts = {
  readonly dependency: string
  readonly isRead: boolean
  readonly attemptWithinMs: number
  /** Has the call's time, and ends it when nobody waits any more. */
  readonly transaction: Transaction
  /** How many there have been. */
  made: number
}

/**
 * Makes up to three attempts while the call has time. What an attempt's failure says decides
 * whether there is another; a pause that would outlast the time is not begun. An attempt that
 * does not heed its end is left behind when the time is up.
 */
export async function withRetries<T>(attempts: Attempts, attempt: Attempt<T>): Promise<T> {
  const { dependency, isRead, attemptWithinMs, transaction } = attempts
  for (;;) {
    try {
      attempts.made += 1
      const withinMs = Math.min(transaction.timeLeftMs(), attemptWithinMs)
      return await transaction.untilOver(attempt({ transaction, withinMs }))
    } catch (error) {
      // an attempt that ends because the call is over is the call's end, not its own
      throwIfOver(dependency, transaction, error)
      const again =
        error instanceof DependencyFailure &&
        attempts.made < mostAttempts &&
        mayRepeat(error.repeat, isRead)
      if (!again) throw error
      const pauseMs = Math.max(error.retryAfterMs, backOffMs(attempts.made))
      if (pauseMs >= transaction.timeLeftMs()) throw error
      await pause(pauseMs, transaction)
      throwIfOver(dependency, transaction, error)
    }
  }
}

/**
 * @throws {CallerLeft} when nobody waits any more
 * @throws {DependencyFailure} `timed out` when the time is up
 */
export function throwIfOver(dependency: string, { endedBy }: Transaction, cause?: unknown): void {
  if (!endedBy) return
  if (endedBy instanceof CallerLeft) throw endedBy
  throw new DependencyFailure(dependency, 'timed out', 'the time for the answer is up', { cause })
}

function mayRepeat(repeat: Repeat, isRead: boolean): boolean {
  return repeat === 'any' || (repeat === 'reads' && isRead)
}

/** 50 ms, then 100 ms, each somewhere between half and the whole, so that callers spread out. */
function backOffMs(made: number): number {
  return firstPauseMs * 2 ** (made - 1) * (0.5 + Math.random() / 2)
}

/** Ends early when the transaction does. */
async function pause(milliseconds: number, transaction: Transaction): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await transaction.untilOver(promise).catch(() => undefined)
  clearTimeout(timer)
}
