import type oracledb from 'oracledb'
import type { Pool } from '../engine.ts'
import type { Address } from './address.ts'
import { type Connection, connect, type Driver } from './driver.ts'

/** How long the server may take to show that it is there, or to end a call or a connection. */
const heedsWithinMs = 1000
/**
 * After this long at rest a connection has to show that the server is still there. A firewall, or a
 * server that was switched off, drops connections and tells nobody: a call on one of those would
 * wait until its time is up.
 */
const pingAfterMs = 30_000

/** The connections to a server, which are kept while they are well. */
export type Connections = {
  /**
   * Lends a connection. As many are made as are asked for at one time: whoever asks has seen to it
   * that these are not too many.
   * @throws the driver's error where none can be made
   */
  take(): Promise<Connection>
  /** Takes back one on which calls ended well. */
  giveBack(connection: Connection): Promise<void>
  /** Ends one that is not to be used again. */
  end(connection: Connection): Promise<void>
  /** Ends those that nobody uses. */
  endIdle(): Promise<void>
}

/**
 * Nothing is connected before somebody asks for it: the server may be down until then.
 *
 * The driver's own pool is not used. It makes connections one after the other, so that all wait for
 * a login that hangs, for ever; what was to be dropped from it comes back; and a connection on which
 * the server hangs keeps its place for as long.
 */
export function createConnections(driver: Driver, address: Address, pool: Pool): Connections {
  const attributes = attributesOf(address, pool)
  /** The one that was used last is at the end, and is lent first. */
  const idle: { connection: Connection; since: number }[] = []

  return {
    async take() {
      const known = idle.pop()
      if (!known) return connect(driver, attributes, pool.connectWithinMs)
      if (await isStillThere(known)) return known.connection
      // what ended this one has ended the others as well
      void Promise.all([end(known.connection), endIdle()])
      return connect(driver, attributes, pool.connectWithinMs)
    },

    async giveBack(connection) {
      const isFree = await heeds(connection, (session) => session.rollback())
      if (isFree && connection.session.isHealthy()) {
        idle.push({ connection, since: performance.now() })
      } else {
        await end(connection)
      }
    },

    end,
    endIdle,
  }

  async function endIdle(): Promise<void> {
    await Promise.all(idle.splice(0).map(({ connection }) => end(connection)))
  }
}

/**
 * Ends what runs on a connection: asks the server, which would work on otherwise, and cuts the
 * connection where it does not heed that.
 * @returns what is to be called when nothing runs on it any more
 */
export function breakOff({ session, cut }: Connection): () => void {
  session.break().catch(() => undefined)
  const timer = setTimeout(cut, heedsWithinMs)
  return () => clearTimeout(timer)
}

function attributesOf({ schema: _, ...whereAndWho }: Address, { connectWithinMs }: Pool) {
  // the driver counts in whole seconds; our own limit is the exact one
  const seconds = Math.ceil(connectWithinMs / 1000)
  return {
    ...whereAndWho,
    connectTimeout: seconds,
    transportConnectTimeout: seconds,
    // tried again by the rules that hold for every dependency, and by no others
    retryCount: 0,
    // in minutes: after so long without a word the system asks whether the server is still there
    expireTime: 1,
  } satisfies oracledb.ConnectionAttributes
}

async function isStillThere({ connection, since }: { connection: Connection; since: number }) {
  if (!connection.session.isHealthy()) return false
  if (performance.now() - since < pingAfterMs) return true
  return heeds(connection, (session) => session.ping())
}

async function end(connection: Connection): Promise<void> {
  // the server is told, if it listens
  await heeds(connection, (session) => session.close())
  connection.cut()
}

/** Whether the server does what it is asked to. One that does not in time loses the connection. */
async function heeds(
  { session, cut }: Connection,
  ask: (session: Connection['session']) => Promise<void>,
): Promise<boolean> {
  const timer = setTimeout(cut, heedsWithinMs)
  try {
    await ask(session)
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
