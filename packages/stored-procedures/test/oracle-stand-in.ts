import { once } from 'node:events'
import net from 'node:net'
import oracledb from 'oracledb'
import type { ColumnMetaData, Cursor, Driver, Session } from '../src/oracle/driver.ts'
import { createTnsListener, type TnsListener } from './tns-listener.ts'

type Binds = Record<string, oracledb.BindParameter>
type Options = oracledb.ExecuteOptions

/** A column's name and its type, such as `oracledb.DB_TYPE_NUMBER`. */
type Column = [name: string, type: oracledb.DbType]
type Rows = readonly (readonly unknown[])[]

/** What a call comes to: the cursors of its procedure, by the places that they are bound to. */
export type Script = (call: {
  sql: string
  binds: Binds
  options: Options
  session: StandInSession
}) => Promise<Record<string, Cursor>>

/** Stands for Oracle's driver and a server behind it, as the driver's sources say it behaves. */
export type StandIn = {
  readonly driver: Driver
  readonly port: number
  readonly listener: TnsListener
  /** All that were made, in order. */
  readonly sessions: readonly StandInSession[]
  /** What calls come to from now on. */
  answer(script: Script): void
  /** How logging in goes from now on. */
  login(work: () => Promise<void>): void
}

/** An error of the server's. Some of them end the connection. */
export function serverError(number: number, text = 'as a test wants it'): Error {
  const code = `ORA-${String(number).padStart(5, '0')}`
  return Object.assign(new Error(`${code}: ${text}`), { code, errorNum: number })
}

/** What the driver says of a connection that is gone. */
export function brokenConnection(): Error {
  const text = 'NJS-500: connection to Oracle Database was closed or broken'
  return Object.assign(new Error(text), { code: 'NJS-500' })
}

/** A connection of the stand-in's: what was done with it, and what it does. */
class StandInSession implements Session {
  /** What was done, in order. */
  readonly done: string[] = []
  /** Whether the server heeds what it is asked to. */
  heeds = true
  readonly #socket: net.Socket
  readonly #script: () => Script
  /** Ends what runs on it, with an error. */
  #end: ((error: Error) => void) | undefined

  constructor(socket: net.Socket, script: () => Script) {
    this.#socket = socket
    this.#script = script
    socket.on('close', () => this.#end?.(brokenConnection()))
    socket.on('error', () => {})
  }

  async execute(sql: string, binds: oracledb.BindParameters, options: Options) {
    this.done.push('execute')
    if (!this.isHealthy()) throw brokenConnection()
    const script = this.#script()
    const running = script({ sql, binds: binds as Binds, options, session: this })
    return { outBinds: await this.orEnd(running) }
  }

  /** What a piece of work on the server comes to, unless it is ended before. */
  async orEnd<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>()
    this.#end = reject
    try {
      return await Promise.race([work, promise])
    } finally {
      this.#end = undefined
    }
  }

  async rollback(): Promise<void> {
    await this.#ask('rollback')
  }

  async ping(): Promise<void> {
    await this.#ask('ping')
  }

  async break(): Promise<void> {
    this.done.push('break')
    if (this.heeds) this.#end?.(serverError(1013))
  }

  isHealthy(): boolean {
    return !this.#socket.destroyed
  }

  async close(): Promise<void> {
    // where the server has no part in it, the driver closes its end and says nothing of that
    await this.#ask('close').catch(() => undefined)
    this.#socket.destroy()
  }

  /** Loses the connection, as when the server dies. */
  lose(): void {
    this.#socket.resetAndDestroy()
  }

  async #ask(what: string): Promise<void> {
    this.done.push(what)
    if (!this.isHealthy()) throw brokenConnection()
    await this.orEnd(this.heeds ? Promise.resolve() : new Promise<never>(() => {}))
  }
}

export async function createStandIn(): Promise<StandIn> {
  const listener = await createTnsListener()
  const sessions: StandInSession[] = []
  let script: Script = async () => ({})
  let login = async () => {}
  const driver: Driver = {
    async getConnection() {
      const socket = net.connect(listener.port, '127.0.0.1')
      await once(socket, 'connect')
      await login()
      const session = new StandInSession(socket, () => script)
      sessions.push(session)
      return session
    },
  }
  return {
    driver,
    port: listener.port,
    listener,
    sessions,
    answer(next) {
      script = next
    },
    login(next) {
      login = next
    },
  }
}

/** A cursor that is closed as often as `closed` says. */
export type StandInCursor = Cursor & { closed: number }

/**
 * A cursor with rows, as the driver hands it over.
 * @param read reads them, where that is not all
 */
export function cursor(
  columns: readonly Column[],
  rows: Rows,
  read: () => Promise<Rows> = async () => rows,
): StandInCursor {
  return {
    closed: 0,
    metaData: columns.map(
      ([name, dbType]): ColumnMetaData => ({ name, dbType, dbTypeName: dbType.columnTypeName }),
    ),
    getRows: read,
    async close() {
      if (this.closed > 0) throw new Error('NJS-018: invalid ResultSet')
      this.closed += 1
    },
  }
}

/** The types that columns have here. */
export const { DB_TYPE_NUMBER: number, DB_TYPE_VARCHAR: varchar } = oracledb
