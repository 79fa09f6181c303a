import { AsyncLocalStorage } from 'node:async_hooks'

/** A call that was made for a transaction, as its log line tells it. */
export type DependencyCall = {
  to: string
  operation: string
  attempts: number
  durationMs: number
  outcome: string
}

/**
 * One request on its way through this process: who asks for what under which id, until when, and
 * what was called for it. Code in between does not pass it along; it asks {@link currentTransaction}.
 */
export type Transaction = {
  /** The caller's X-TRANSACTION-ID, or one that we made where it sent none. */
  id: string
  /** Who calls us. */
  clientId?: string
  /** Whom it is called for: the client of the first of our layers that it came through. */
  consumerId?: string
  operationId?: string
  readonly calls: DependencyCall[]
  /** Aborted when the time is up (reason: a `TimeoutError`) or the caller left ({@link CallerLeft}). */
  readonly signal: AbortSignal
  /** Milliseconds until the answer is due, 0 when it is overdue. */
  timeLeftMs(): number
  /** Gives the transaction its time, counted from when it was opened. */
  isDueWithin(milliseconds: number): void
  /** Says that nobody waits for the answer any more. */
  callerLeft(): void
  /** Ends it: its timer is stopped. */
  end(): void
}

/** Why a transaction's work was stopped: nobody waits for the answer. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft'
  constructor() {
    super('The caller closed the connection before the answer was complete')
  }
}

const transactions = new AsyncLocalStorage<Transaction>()

/**
 * Opens a transaction. It has no deadline until {@link Transaction.isDueWithin} gives it one.
 * @param id what its log lines and outgoing calls carry
 */
export function openTransaction(id: string): Transaction {
  const openedAt = performance.now()
  const ending = new AbortController()
  let dueAt = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  return {
    id,
    calls: [],
    signal: ending.signal,
    timeLeftMs: () => Math.max(0, dueAt - performance.now()),
    isDueWithin(milliseconds) {
      dueAt = openedAt + milliseconds
      clearTimeout(timer)
      timer = setTimeout(
        () => ending.abort(new DOMException('The time for the answer is up', 'TimeoutError')),
        Math.max(0, dueAt - performance.now()),
      )
    },
    callerLeft: () => ending.abort(new CallerLeft()),
    end: () => clearTimeout(timer),
  }
}

/** Runs `work`, and all that it starts, inside the transaction. */
export function inTransaction<T>(transaction: Transaction, work: () => T): T {
  return transactions.run(transaction, work)
}

/**
 * Does work for all who wait for it, in a transaction of its own: it has the id and the consumer of
 * the running one, but no caller's haste ends it for the others.
 * @param withinMs the time that the work has, in milliseconds
 */
export async function inOwnTime<T>(withinMs: number, work: () => Promise<T>): Promise<T> {
  const asker = currentTransaction()
  const own = openTransaction(asker?.id ?? 'no-transaction')
  own.clientId = asker?.clientId
  own.consumerId = asker?.consumerId
  own.isDueWithin(withinMs)
  try {
    return await inTransaction(own, work)
  } finally {
    own.end()
    asker?.calls.push(...own.calls)
  }
}

/** The transaction that the running code works for; none at start-up and in health checks. */
export function currentTransaction(): Transaction | undefined {
  return transactions.getStore()
}

/**
 * Waits for work, but not longer than a signal lasts: work that does not heed it is left behind.
 * @throws the signal's reason, when it is aborted first
 */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    const stopListening = () => signal.removeEventListener('abort', abort)
    work.then(
      (result) => {
        stopListening()
        resolve(result)
      },
      (error: unknown) => {
        stopListening()
        reject(error)
      },
    )
  })
}
