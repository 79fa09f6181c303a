import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Builds a database in memory and opens it to any statement. */
export function buildInSqlite(name: string): DatabaseSync {
  const connection = new DatabaseSync(':memory:')
  const scripts = ['tables.sql', 'sample-data.sql'].map((file) => readDefinition(name, file))
  connection.exec(`BEGIN; ${scripts.join(';')}; COMMIT`)
  return connection
}

/** The rows of a query, each as its values. */
export function rowsIn(connection: DatabaseSync, sql: string): unknown[][] {
  return connection.prepare(sql, { returnArrays: true }).all() as unknown as unknown[][]
}

/** The rows of a query to the sample data of a database. */
export function rowsOf(name: string, sql: string): unknown[][] {
  const connection = buildInSqlite(name)
  try {
    return rowsIn(connection, sql)
  } finally {
    connection.close()
  }
}

/** The text of a file of a database's definition for SQLite. */
export function readDefinition(name: string, file: string): string {
  return readFileSync(new URL(`../${name}/sqlite/${file}`, import.meta.url), 'utf8')
}
