import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import type oracledb from 'oracledb'

/** What is used of the driver. */
export type Driver = {
  getConnection(attributes: oracledb.ConnectionAttributes): Promise<Session>
}

/** What is used of a connection of the driver's. */
export type Session = {
  execute(
    sql: string,
    binds: oracledb.BindParameters,
    options: oracledb.ExecuteOptions,
  ): Promise<{ outBinds?: unknown }>
  rollback(): Promise<void>
  ping(): Promise<void>
  /** Asks the server to end what runs on it. */
  break(): Promise<void>
  /** Whether it is open, as far as can be told without asking the server. */
  isHealthy(): boolean
  close(): Promise<void>
}

/** A cursor of the driver's. */
export type Cursor = {
  readonly metaData: readonly ColumnMetaData[]
  /** All rows that are left, as arrays. */
  getRows(): Promise<readonly (readonly unknown[])[]>
  close(): Promise<void>
}

/** A column of a cursor. */
export type ColumnMetaData = Pick<oracledb.Metadata<unknown>, 'name' | 'dbType' | 'dbTypeName'>

/** A connection, and the end of it that needs neither driver nor server. */
export type Connection = {
  readonly session: Session
  /**
   * Closes its socket. Whatever waits for the server on it fails at once. The driver has nothing
   * like it: its time limits only ask the server to stop, and then wait for that.
   */
  cut(): void
}

/** Where the driver's sockets are told of, for the connection that is being made. */
const opening = new AsyncLocalStorage<(socket: Socket) => void>()

subscribe('net.client.socket', (message) => {
  opening.getStore()?.((message as { socket: Socket }).socket)
})

/**
 * Makes a connection. One that comes too late is ended again.
 * @param withinMs how long that may take, from the first packet to the login's answer; the driver's
 * own limit ends before the login
 * @throws {Error} the driver's, or one that says that it took too long
 */
export async function connect(
  driver: Driver,
  attributes: oracledb.ConnectionAttributes,
  withinMs: number,
): Promise<Connection> {
  const sockets = new Set<Socket>()
  let isCut = false
  const cut = () => {
    isCut = true
    for (const socket of sockets) destroy(socket)
  }
  const keep = (socket: Socket) => {
    if (isCut) destroy(socket)
    else sockets.add(socket)
  }

  const made = opening.run(keep, () => driver.getConnection(attributes))
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`none in ${withinMs} ms`)), withinMs)
  try {
    const session = await Promise.race([made, late.promise])
    return { session, cut }
  } catch (error) {
    cut()
    // without its socket a login that is over can only fail, or be of no use
    made.then((session) => session.close()).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Destroys a socket, with an error: without one the driver takes it for open, writes to it when its
 * memory is cleared, and that failure, which reaches nobody, ends the process.
 */
function destroy(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.destroy(new Error('given up'))
}
