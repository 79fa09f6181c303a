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
 * One request on its way through this process: who asks for what under which id, until when, and
 * what was called for it. Code in between does not pass it along; it asks {@link currentTransaction}.
 *
 * It is over when its time is up or its caller left. Whoever waits for something inside of it waits
 * no longer than that: most by {@link untilOver}, which costs a fifth of an AbortSignal.
 */
export class Transaction {
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
  readonly calls: DependencyCall[]

  readonly #openedAt = performance.now()
  #dueAt = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #endedBy: Error | undefined
  #listeners: ((reason: Error) => void)[] = []
  #ending: AbortController | undefined
  /** How many it lasts for, where it has no time of its own. */
  #askers = 0

  constructor(id: string, calls: DependencyCall[] = []) {
    this.id = id
    this.calls = calls
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
      () => this.#isOver(new DOMException('The time for the answer is up', 'TimeoutError')),
      this.timeLeftMs(),
    )
  }

  /**
   * Lets it last as long as another, beside those that it lasts for already: it is due when the
   * last of them is, and over when all of them are.
   */
  lastsFor(asker: Transaction): void {
    this.#dueAt = this.#askers === 0 ? asker.#dueAt : Math.max(this.#dueAt, asker.#dueAt)
    this.#askers += 1
    asker.onceOver((reason) => {
      this.#askers -= 1
      if (this.#askers === 0) this.#isOver(reason)
    })
  }

  /** Says that nobody waits for the answer any more. */
  callerLeft(): void {
    this.#isOver(new CallerLeft())
  }

  /** Ends it: its timer is stopped. */
  end(): void {
    clearTimeout(this.#timer)
  }

  /** Why it is over: a `TimeoutError` or {@link CallerLeft}; undefined while it lasts. */
  get endedBy(): Error | undefined {
    return this.#endedBy
  }

  /** Aborted when it is over, for what wants a signal. */
  get signal(): AbortSignal {
    if (!this.#ending) {
      this.#ending = new AbortController()
      if (this.#endedBy) this.#ending.abort(this.#endedBy)
    }
    return this.#ending.signal
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
   * Waits for work, but not longer than the transaction lasts: work that does not heed it is left
   * behind.
   * @throws what it was {@link endedBy}, when it is over first
   */
  untilOver<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopListening = this.onceOver(reject)
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

  #isOver(reason: Error): void {
    if (this.#endedBy) return
    this.#endedBy = reason
    this.#ending?.abort(reason)
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener(reason)
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

/**
 * Opens a transaction for work that more than one may wait for. It has the id, the client and the
 * consumer of the one that asked first, on whose record stands what is called for it, and lasts
 * for all that {@link Transaction.lastsFor} names.
 */
export function openShared(first: Transaction): Transaction {
  const shared = new Transaction(first.id, first.calls)
  shared.clientId = first.clientId
  shared.consumerId = first.consumerId
  shared.operationId = first.operationId
  shared.lastsFor(first)
  return shared
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
