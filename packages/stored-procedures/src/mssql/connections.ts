import sql from 'mssql'
import type { Pool } from '../engine.ts'
import type { Address } from './address.ts'

/** How long a cancelled request may take to end, in milliseconds; its connection is cut then. */
const cancelWithinMs = 1000

/** How long callers join the attempt to connect that another one has begun, in milliseconds. */
const joinWithinMs = 500

/** The connections to a server, which are kept while it is well. */
export type Connections = {
  /**
   * Whence a request gets its connection.
   * @throws the driver's error where none was made yet, and none can be
   */
  pool(): Promise<sql.ConnectionPool>
  /** Is told that the server has answered a request. */
  answered(): void
  /**
   * Is told that it did not answer one that was made at this time. Where it has answered none since,
   * the other connections may be as dead as the one of that request: a silent restart breaks them
   * all, and each would be found out by a call of its own. So none of them is lent again.
   */
  unanswered(askedAt: number): void
  /** Waits for what is under way. */
  close(): Promise<void>
}

type Attempt = { begunAt: number; result: Promise<sql.ConnectionPool> }

/** Nothing is connected before somebody asks for it: the server may be down until then. */
export function createConnections(address: Address, limits: Pool): Connections {
  let known: sql.ConnectionPool | undefined
  let latest: Attempt | undefined
  const first = Promise.withResolvers<sql.ConnectionPool>()
  let isClosed = false
  /** What {@link Connections.close} has to wait for. */
  const underWay = new Set<Promise<unknown>>()
  const madeAt = new WeakMap<sql.Connection, number>()
  let answeredAt = 0
  let distrustedUntil = 0

  return {
    async pool() {
      if (isClosed) throw new Error('it is closed')
      return known ?? join()
    },

    answered() {
      answeredAt = performance.now()
    },

    unanswered(askedAt) {
      if (answeredAt < askedAt) distrustedUntil = performance.now()
    },

    async close() {
      isClosed = true
      if (known) end(known)
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }

  /**
   * Callers that come together make one attempt. Those that come later make another: the first may
   * have met a server that hung, and would keep them waiting when it is well again.
   */
  function join(): Promise<sql.ConnectionPool> {
    const now = performance.now()
    if (!latest || now - latest.begunAt > joinWithinMs) {
      const attempt = { begunAt: now, result: watch(connect()) }
      attempt.result.catch(() => {
        if (latest === attempt) latest = undefined
      })
      latest = attempt
    }
    return Promise.race([latest.result, first.promise])
  }

  async function connect(): Promise<sql.ConnectionPool> {
    const pool = new sql.ConnectionPool({
      ...configuration(address, limits),
      pool: { max: limits.size, validate: isTrusted },
      beforeConnect: (connection) => madeAt.set(connection, performance.now()),
    })
    // every failure reaches the call that it belongs to; what nobody listens for ends the process
    pool.on('error', () => undefined)
    await pool.connect()
    if (known || isClosed) end(pool)
    else {
      known = pool
      first.resolve(pool)
    }
    return known ?? pool
  }

  /** The driver asks before it lends a connection, and makes another where it is none. */
  function isTrusted(connection: sql.Connection): boolean {
    // one that a call has left inside a transaction would see no other state any more
    const isAtRest = connection.state.name === 'LoggedIn' && !connection.inTransaction
    return isAtRest && (madeAt.get(connection) ?? 0) > distrustedUntil
  }

  function end(pool: sql.ConnectionPool): void {
    watch(pool.close()).catch(() => undefined)
  }

  function watch<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    const forget = () => underWay.delete(work)
    work.then(forget, forget)
    return work
  }
}

function configuration(address: Address, { connectWithinMs }: Pool): sql.config {
  const { encrypt, trustServerCertificate, ...whereAndWho } = address
  return {
    ...whereAndWho,
    arrayRowMode: true,
    connectionTimeout: connectWithinMs,
    // the driver's would end with the answer's first packet: calls are timed to their end by us
    requestTimeout: 0,
    options: {
      encrypt,
      trustServerCertificate,
      useUTC: true,
      cancelTimeout: cancelWithinMs,
      // XACT_ABORT: what a call has begun ends with it, also when the call is cancelled
      abortTransactionOnError: true,
      // tried again by the rules that hold for every dependency, and by no others
      maxRetriesOnTransientErrors: 0,
    },
  }
}
