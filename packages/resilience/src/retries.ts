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

/** What a failed attempt leaves of its call. */
type Rest = {
  dependency: string
  isRead: boolean
  /** How many attempts there have been. */
  made: number
  /** Has the call's time, and ends it when nobody waits any more. */
  transaction: Transaction
}

/**
 * Waits until it is time for another attempt. Up to three are made while the call has time; what the
 * failure says decides whether there is another, and a pause that would outlast the time is not begun.
 * @throws the failure, where there is no other attempt
 * @throws {CallerLeft} when nobody waits any more
 * @throws {DependencyFailure} `timed out` when the time is up
 */
export async function untilNextAttempt(
  failure: unknown,
  { dependency, isRead, made, transaction }: Rest,
): Promise<void> {
  // an attempt that ends because the call is over is the call's end, not its own
  throwIfOver(dependency, transaction, failure)
  const again =
    failure instanceof DependencyFailure && made < mostAttempts && mayRepeat(failure.repeat, isRead)
  if (!again) throw failure
  const pauseMs = Math.max(failure.retryAfterMs, backOffMs(made))
  if (pauseMs >= transaction.timeLeftMs()) throw failure
  await pause(pauseMs, transaction)
  throwIfOver(dependency, transaction, failure)
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
