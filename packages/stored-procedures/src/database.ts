import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DependencyFailure } from '@ca/faults'
import { createDependency } from '@ca/resilience'
import type { Telemetry } from '@ca/telemetry'
import type { Engine, Execute, OpenEngine } from './engine.ts'
import { parametersOf } from './parameters.ts'
import type { Answer, Procedure } from './procedure.ts'
import { readRowSets } from './row-sets.ts'
import type { Values } from './value-types.ts'

/** A database that a service calls by its procedures. */
export type Database = {
  readonly name: string
  /**
   * Calls a procedure, within the rules for time, repetition and breaking. Values are checked and
   * converted both ways: see `text`, `integer`, `dateTime`, `boolean`.
   * @throws {DependencyFailure} where there is no answer, or none as the procedure is described
   */
  call<Described extends Procedure>(
    procedure: Described,
    parameters: Values<Described['parameters']>,
  ): Promise<Answer<Described>>
  /** @throws {Error} when the database does not answer within 2 s */
  check(): Promise<void>
  close(): Promise<void>
}

/** How connections are kept and how long a procedure may take. Times are in milliseconds. */
type DatabaseSettings = {
  DATABASE_POOL_SIZE: number
  DATABASE_CONNECT_WITHIN_MS: number
  DATABASE_QUEUE_WITHIN_MS: number
  DATABASE_ANSWER_WITHIN_MS: number
}

type DatabaseOptions = {
  /** Its name in logs and metrics, and of its folder: `eps`. */
  name: string
  /**
   * `sqlite:` for one in memory with the sample data, `sqlite:/path/file.db` for one in a file,
   * `mssql://user:password@host:1433/database` or `oracle://user:password@host:1521/service`.
   */
  url: string
  /** As a service reads them from its environment. */
  settings: DatabaseSettings
  telemetry: Telemetry
  /** All that will be called. Those that are not as described keep the database from opening. */
  procedures: readonly Procedure[]
  /** Where databases are defined, in `<name>/<engine>/`. Default: `databases` of this repository. */
  databases?: string
}

/** An engine is loaded only when a URL asks for it: a service needs the driver of one. */
const engines = new Map<string, { folder: string; load: () => Promise<OpenEngine> }>([
  ['sqlite:', { folder: 'sqlite', load: async () => (await import('./sqlite/engine.ts')).open }],
  ['mssql:', { folder: 'mssql', load: async () => (await import('./mssql/engine.ts')).open }],
  ['oracle:', { folder: 'oracle', load: async () => (await import('./oracle/engine.ts')).open }],
])

const ourDatabases = fileURLToPath(new URL('../../../databases', import.meta.url))
const checkWithinMs = 2000

/**
 * Opens a database by the engine that its URL's scheme names.
 * @throws {Error} saying in one line why it cannot be opened, without the URL: a password may be
 * in it
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { name, telemetry, settings } = options
  const { engine, executes } = await openEngine(options).catch((cause: Error) => {
    throw new Error(`Database ${name}: ${cause.message}`, { cause })
  })
  const dependency = createDependency({
    name,
    telemetry,
    attemptWithinMs: settings.DATABASE_ANSWER_WITHIN_MS,
  })

  return {
    name,

    async call<Described extends Procedure>(
      procedure: Described,
      values: Values<Described['parameters']>,
    ) {
      const execute = executes.get(procedure)
      if (!execute) throw new Error(`Database ${name}: was opened without ${procedure.name}`)
      return dependency.call({
        operation: procedure.name,
        isRead: true,
        async attempt({ transaction, withinMs }) {
          const startedAt = performance.now()
          try {
            const rowSets = await execute(parametersOf(procedure, values), {
              signal: transaction.signal,
              withinMs,
            })
            return readRowSets(procedure, rowSets)
          } catch (cause) {
            if (cause instanceof DependencyFailure) throw cause
            const what = `${procedure.name}: ${(cause as Error).message}`
            throw new DependencyFailure(name, 'failed', what, { cause })
          } finally {
            const overdueMs = Math.ceil(performance.now() - startedAt - withinMs)
            if (!engine.interrupts && overdueMs > 0) logOverdue(procedure.name, overdueMs)
          }
        },
      })
    },

    check: () =>
      engine.check({ signal: AbortSignal.timeout(checkWithinMs), withinMs: checkWithinMs }),

    close: () => engine.close(),
  }

  function logOverdue(operation: string, overdueMs: number): void {
    telemetry.log.warn(
      { dependency: name, operation, overdueMs },
      `${name}: ${operation} was overdue and could not be interrupted`,
    )
  }
}

async function openEngine(
  options: DatabaseOptions,
): Promise<{ engine: Engine; executes: Map<Procedure, Execute> }> {
  const { name, settings, procedures, databases = ourDatabases } = options
  const url = URL.parse(options.url)
  const chosen = engines.get(url?.protocol ?? '')
  if (!url || !chosen) {
    throw new Error(`its URL has to begin with ${[...engines.keys()].join(' or ')}`)
  }
  const open = await chosen.load()
  const engine = await open({
    name,
    url,
    folder: join(databases, name, chosen.folder),
    pool: {
      size: settings.DATABASE_POOL_SIZE,
      connectWithinMs: settings.DATABASE_CONNECT_WITHIN_MS,
      queueWithinMs: settings.DATABASE_QUEUE_WITHIN_MS,
    },
  })
  try {
    return { engine, executes: new Map(procedures.map((each) => [each, engine.prepare(each)])) }
  } catch (error) {
    await engine.close()
    throw error
  }
}
