import type { OracleAddress } from '@ca/stored-procedures/definitions'
import oracledb from 'oracledb'

/** One connection to a server, on which statements run one after the other. */
export type Session = {
  run(statement: string, values?: Values): Promise<void>
  /** The rows of a query, as text or null, in the order of the columns. */
  rows(query: string, values?: Values): Promise<(string | null)[][]>
  /** Runs a statement for each row of values, which are text or null. */
  runMany(statement: string, rows: (string | null)[][]): Promise<void>
  /** Whatever was not committed is as if it had not been. */
  commit(): Promise<void>
  rollback(): Promise<void>
  close(): Promise<void>
}

type Values = Readonly<Record<string, string>>

const connectWithinS = 15
/** The longest statement copies a table, or waits for another run to end. */
const answerWithinMs = 60_000

/**
 * Connects to a server.
 * @throws {NoConnection} saying in one line why there is no connection, and what to look at
 */
export async function connect(address: OracleAddress): Promise<Session> {
  const { connectString, user, password } = address
  const connection = await oracledb
    .getConnection({
      connectString,
      user,
      password,
      connectTimeout: connectWithinS,
      transportConnectTimeout: connectWithinS,
      retryCount: 0,
    })
    .catch((cause: Error) => {
      throw new NoConnection(address, cause)
    })
  connection.callTimeout = answerWithinMs
  return {
    async run(statement, values = {}) {
      const { warning } = await connection.execute(statement, values)
      // a procedure is made even when it does not compile
      if (warning) throw new Error(warning.message)
    },

    async rows(query, values = {}) {
      const { rows = [] } = await connection.execute<unknown[]>(query, values, {
        outFormat: oracledb.OUT_FORMAT_ARRAY,
        fetchArraySize: 1000,
      })
      return rows.map((row) => row.map((value) => (value === null ? null : String(value))))
    },

    async runMany(statement, rows) {
      await connection.executeMany(statement, rows, {
        bindDefs: (rows[0] ?? []).map((_, column) => ({
          // names may be of any script, whatever the server's own character set holds
          type: oracledb.DB_TYPE_NVARCHAR,
          maxSize: 4 * Math.max(1, ...rows.map((row) => row[column]?.length ?? 0)),
        })),
      })
    },

    commit: () => connection.commit(),
    rollback: () => connection.rollback(),
    close: () => connection.close(),
  }
}

/** There is no connection, as its message says in one line. */
export class NoConnection extends Error {
  /** Whether the server was reached, and let nobody in by this name and password. */
  readonly isRefused: boolean

  constructor({ connectString, user }: OracleAddress, cause: Error) {
    const { hostname, host } = new URL(connectString)
    const text = `${cause.message} ${(cause.cause as Error | undefined)?.message ?? ''}`
    const isRefused = /ORA-(01017|01005|28000)/.test(text)
    super(explain(text, { hostname, host, user, isRefused }), { cause })
    this.isRefused = isRefused
  }
}

function explain(
  text: string,
  {
    hostname,
    host,
    user,
    isRefused,
  }: Record<'hostname' | 'host' | 'user', string> & { isRefused: boolean },
): string {
  if (isRefused) return `${host} does not let ${user} in: are user and password right?`
  if (/NJS-530|ENOTFOUND|EAI_AGAIN/.test(text))
    return `There is no host ${hostname}: is its name right?`
  if (/ECONNREFUSED/.test(text)) {
    return `Nothing answers at ${host}: is the server running, and are host and port right?`
  }
  if (/ORA-12514|NJS-518/.test(text)) {
    return `${host} has no such service: is its name right, and is the server done starting?`
  }
  if (/NJS-510|timed? ?out/i.test(text)) {
    return `No Oracle answers at ${host} within ${connectWithinS} s: are host and port right?`
  }
  return `What answers at ${host} is no Oracle, or broke off: ${text.trim()}`
}
