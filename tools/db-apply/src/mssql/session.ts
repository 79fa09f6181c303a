import type { MssqlAddress } from '@ca/stored-procedures/definitions'
import sql from 'mssql'

/** One connection to a server, on which statements run one after the other. */
export type Session = {
  /** Runs statements as they stand. */
  run(batch: string): Promise<void>
  /** The rows of a query, by the names of their columns. @param values its parameters, as text */
  rows(query: string, values?: Readonly<Record<string, string>>): Promise<Record<string, unknown>[]>
  begin(): Promise<sql.Transaction>
  close(): Promise<void>
}

const connectWithinMs = 15_000
/** The longest statement copies some hundred rows, or waits for another run to end. */
const answerWithinMs = 60_000

/**
 * Connects to a server.
 * @param database to begin in
 * @throws {Error} saying in one line why there is no connection, and what to look at
 */
export async function connect(address: MssqlAddress, database: string): Promise<Session> {
  const { server, port, user, password, encrypt, trustServerCertificate } = address
  const pool = new sql.ConnectionPool({
    server,
    port,
    user,
    password,
    database,
    connectionTimeout: connectWithinMs,
    requestTimeout: answerWithinMs,
    pool: { max: 1, idleTimeoutMillis: answerWithinMs },
    options: { encrypt, trustServerCertificate, useUTC: true, appName: 'db:apply' },
  })
  // every failure reaches the statement that it belongs to; what nobody listens for ends the process
  pool.on('error', () => undefined)
  await pool.connect().catch((cause: Error) => {
    throw new NoConnection(address, database, cause)
  })

  return {
    async run(batch) {
      await pool.request().batch(batch)
    },

    async rows(query, values = {}) {
      const request = pool.request()
      for (const [name, value] of Object.entries(values)) request.input(name, sql.NVarChar, value)
      const { recordset } = await request.query(query)
      return recordset ?? []
    },

    begin: () => new sql.Transaction(pool).begin(),

    close: () => pool.close(),
  }
}

/** There is no connection, as its message says in one line. */
export class NoConnection extends Error {
  /** Whether the server was reached, and let nobody in by this name and password. */
  readonly isRefused: boolean

  constructor(address: MssqlAddress, database: string, cause: Error) {
    super(explain(address, database, cause), { cause })
    this.isRefused = codesOf(cause).has('ELOGIN')
  }
}

function explain({ server, port, user }: MssqlAddress, database: string, cause: Error): string {
  const place = `${server}:${port}`
  const codes = codesOf(cause)
  if (codes.has('ELOGIN')) {
    return (
      `${place} does not let ${user} into ${database}: ` +
      'are user and password right, and is the server done starting?'
    )
  }
  if (codes.has('ENOTFOUND') || codes.has('EAI_AGAIN')) {
    return `There is no host ${server}: is its name right?`
  }
  if (codes.has('ETIMEOUT')) {
    return `No SQL Server answers at ${place} within ${connectWithinMs / 1000} s: are host and port right?`
  }
  const isCertificate = [...codes].some((code) => /CERT|SELF_SIGNED|ALTNAME|VERIFY/.test(code))
  if (isCertificate) {
    return (
      `${place} shows a certificate that is not trusted: give it one that is, ` +
      'name its authority in NODE_EXTRA_CA_CERTS, or on a machine of your own add trustServerCertificate=true'
    )
  }
  if (codes.has('ECONNREFUSED')) {
    return `Nothing answers at ${place}: is the server running, and are host and port right?`
  }
  return `What answers at ${place} is no SQL Server, or broke off: ${cause.message}`
}

/** The codes of an error and of all that caused it. */
function codesOf(error: unknown, known = new Set<string>()): Set<string> {
  if (!(error instanceof Error)) return known
  const { code, cause, errors = [] } = error as Error & { code?: string; errors?: unknown[] }
  if (code) known.add(code)
  // the driver keeps some causes under a name of its own
  const { originalError } = error as { originalError?: unknown }
  for (const each of [cause, originalError, ...errors]) if (each !== error) codesOf(each, known)
  return known
}
