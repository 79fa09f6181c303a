import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DependencyFailure } from '@ca/faults'
import type { OpenEngine, Parameter, RowSet } from '../engine.ts'
import type { Procedure } from '../procedure.ts'
import { checkColumns } from '../row-sets.ts'
import type { DatabaseValue } from '../value-types.ts'
import { aboutFile } from './about-file.ts'
import { filePath } from './file-path.ts'
import { parseProcedureFile, type RowSetStatement } from './procedure-file.ts'
import { inFile, inMemory } from './source.ts'

type Query = {
  readonly statement: StatementSync
  readonly columns: readonly string[]
  readonly parameters: readonly string[]
}

/** Failures that pass, by SQLite's result code or the file system's; the others are defects. */
const passing = new Map<unknown, string>([
  [5, 'the file is locked by a writer'],
  [6, 'a table is locked by a writer'],
  [10, 'the file cannot be read'],
  [14, 'the file cannot be opened'],
  ['ENOENT', 'the file is gone'],
])

/**
 * Opens an SQLite database: `sqlite:` in memory, `sqlite:/path/file.db` in a file. Both are made
 * from the folder's `tables.sql` and `sample-data.sql`; its `procedures/` are checked as they are
 * prepared.
 *
 * It cannot interrupt: SQLite runs inside this process, and while a statement runs nothing else
 * does, no timer either. So it never waits for a lock, and its procedures have to stay small.
 */
export const open: OpenEngine = async ({ name, url, folder }) => {
  const file = filePath(url)
  const source = file ? inFile(file, folder) : inMemory(folder)

  return {
    interrupts: false,

    prepare(procedure) {
      const path = join(folder, 'procedures', `${procedure.name}.sql`)
      const statements = aboutFile(path, () =>
        parseProcedureFile(readFileSync(path, 'utf8'), procedure),
      )
      const prepared = new WeakMap<DatabaseSync, Query[]>()
      const queriesOn = (connection: DatabaseSync) => {
        const queries = prepared.get(connection) ?? prepare(connection, statements, procedure)
        prepared.set(connection, queries)
        return queries
      }
      aboutFile(path, () => queriesOn(source.connection()))

      return async (parameters) => {
        try {
          const connection = source.connection()
          const queries = queriesOn(connection)
          return inOneState(connection, () => queries.map((query) => run(query, parameters)))
        } catch (error) {
          throw asFailure(name, error)
        }
      }
    },

    async check() {
      source.connection().prepare('SELECT count(*) FROM sqlite_schema').get()
    },

    async close() {
      source.close()
    },
  }
}

function prepare(
  connection: DatabaseSync,
  statements: readonly RowSetStatement[],
  { rowSets }: Procedure,
): Query[] {
  return statements.map(({ rowSet, sql, parameters }) => {
    const statement = connection.prepare(sql, { readBigInts: true, returnArrays: true })
    const columns = statement.columns().map((column) => column.name)
    checkColumns(rowSet, rowSets[rowSet] ?? {}, columns)
    return { statement, columns, parameters }
  })
}

/** All statements see the database as it is when the first one reads. */
function inOneState<T>(connection: DatabaseSync, read: () => T): T {
  connection.exec('BEGIN')
  try {
    return read()
  } finally {
    // a file that cannot be read on has ended the transaction already
    if (connection.isTransaction) connection.exec('ROLLBACK')
  }
}

function run({ statement, columns, parameters }: Query, given: readonly Parameter[]): RowSet {
  const used = given.filter(({ name }) => parameters.includes(name))
  const bound = Object.fromEntries(used.map((each) => [each.name, bind(each)]))
  return { columns, rows: statement.all(bound) as unknown as DatabaseValue[][] }
}

/** A JavaScript number would be bound as a floating-point one, and a boolean not at all. */
function bind({ value }: Parameter): string | bigint | null {
  return value === null || typeof value === 'string' ? value : BigInt(value)
}

function asFailure(name: string, cause: unknown): unknown {
  const what = passing.get(resultCode(cause))
  return what ? new DependencyFailure(name, 'unreachable', what, { repeat: 'any', cause }) : cause
}

/** SQLite's result code without what it adds in the higher bits, or Node's code of the error. */
function resultCode(error: unknown): unknown {
  const { errcode, code } = error as { errcode?: number; code?: string }
  return errcode === undefined ? code : errcode & 0xff
}
