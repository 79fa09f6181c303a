import { AsyncLocalStorage } from 'node:async_hooks'

/** A call that was made for a transaction, as its log line tells it. */
export type DependencyCall = {
  to: string
  operation: string
  attempts: number
  durationMs: number
  outcome: string
}

/** Why a transaction's work was stopped: nobody waits for the answer. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft'
  constructor() {
    super('The caller closed the connection before the answer was complete')
  }
}

/**
 * Something that comes to an end, and those who wait for that: what an AbortSignal is, without what
 * events cost.
 */
class Ending {
  #endedBy: Error | undefined
  #listeners: ((reason: Error) => void)[] = []

  /** Why it is over; undefined while it lasts. */
  get endedBy(): Error | undefined {
    return this.#endedBy
  }

  /**
   * Calls `listener` when it is over, at once where it is already.
   * @returns what takes the listener back
   */
  onceOver(listener: (reason: Error) => void): () => void {
    if (this.#endedBy) listener(this.#endedBy)
    else this.#listeners.push(listener)
    return () => {
      const place = this.#listeners.lastIndexOf(listener)
      if (place >= 0) this.#listeners.splice(place, 1)
    }
  }

  /**
   * Waits for work, but not longer than this lasts: work that does not heed it is left behind.
   * @param told makes what is thrown of what it was {@link endedBy}. Default: the same.
   * @throws that, when it is over first
   */
  untilOver<T>(work: Promise<T>, told = (reason: Error) => reason): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopListening = this.onceOver((reason) => reject(told(reason)))
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

  /** Ends it; what is over stays as it is. */
  isOver(reason: Error): void {
    if (this.#endedBy) return
    this.#endedBy = reason
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener(reason)
  }
}

/**
 * One request on its way through this process: who asks for what under which id, until when, and
 * what was called for it. Code in between does not pass it along; it asks {@link currentTransaction}.
 *
 * It is over when its time is up (by a `TimeoutError`) or its caller left ({@link CallerLeft}), unless
 * others wait for the same: then when the last of them is gone. Work that is done inside of it ends
 * with it.
 */
export class Transaction extends Ending {
  /** The caller's X-TRANSACTION-ID, or one that we made where it sent none. */
  readonly id: string
  /** Who calls us. */
  clientId: string | undefined
  /** Whom it is called for: the client of the first of our layers that it came through. */
  consumerId: string | undefined
  operationId: string | undefined
  /** The id of the transaction whose read was its answer too, where it made none of its own. */
  followed: string | undefined
  /** What was called for it. */
  readonly calls: DependencyCall[] = []
  /** Its own caller's waiting, which others' does not prolong. */
  readonly caller = new Ending()

  readonly #openedAt = performance.now()
  #dueAt = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #ending: AbortController | undefined
  /** How many others wait for it. */
  #followers = 0

  constructor(id: string) {
    super()
    this.id = id
  }

  /** Milliseconds since it was opened. */
  ageMs(): number {
    return performance.now() - this.#openedAt
  }

  /** Milliseconds until the answer is due, 0 when it is overdue. */
  timeLeftMs(): number {
    return Math.max(0, this.#dueAt - performance.now())
  }

  /** Gives the transaction its time, in milliseconds counted from when it was opened. */
  isDueWithin(milliseconds: number): void {
    this.#dueAt = this.#openedAt + milliseconds
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => this.#callerIsGone(new DOMException('The time for the answer is up', 'TimeoutError')),
      this.timeLeftMs(),
    )
  }

  /**
   * Lets another wait for what is done in this one: it is due when the last of them is, and over
   * when all of them are gone.
   */
  isFollowedBy(other: Transaction): void {
    other.followed = this.id
    this.#dueAt = Math.max(this.#dueAt, other.#dueAt)
    this.#followers += 1
    other.caller.onceOver((reason) => {
      this.#followers -= 1
      if (this.#followers === 0 && this.caller.endedBy) this.isOver(reason)
    })
  }

  /** Says that nobody waits for the answer any more. */
  callerLeft(): void {
    this.#callerIsGone(new CallerLeft())
  }

  /** Ends it: its timer is stopped. */
  end(): void {
    clearTimeout(this.#timer)
  }

  /** Aborted when it is over, for what wants a signal. */
  get signal(): AbortSignal {
    if (!this.#ending) {
      const ending = new AbortController()
      this.onceOver((reason) => ending.abort(reason))
      this.#ending = ending
    }
    return this.#ending.signal
  }

  #callerIsGone(reason: Error): void {
    this.caller.isOver(reason)
    if (this.#followers === 0) this.isOver(reason)
  }
}

const transactions = new AsyncLocalStorage<Transaction>()

/**
 * Opens a transaction. It has no deadline until {@link Transaction.isDueWithin} gives it one.
 * @param id what its log lines and outgoing calls carry
 */
export function openTransaction(id: string): Transaction {
  return new Transaction(id)
}

/** Runs `work`, and all that it starts, inside the transaction. */
export function inTransaction<T>(transaction: Transaction, work: () => T): T {
  return transactions.run(transaction, work)
}

/**
 * Does work, and all that it starts, in no transaction: what goes on for longer than a request, such as
 * a connection's time-out, would else hold on to its transaction.
 */
export const outsideTransactions: <T>(work: () => T) => T = AsyncLocalStorage.snapshot()

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
