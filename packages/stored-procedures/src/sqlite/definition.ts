import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { aboutFile } from './about-file.ts'

/** The files that a database is made from, in this order. */
export type Script = 'tables.sql' | 'sample-data.sql'

const allScripts: readonly Script[] = ['tables.sql', 'sample-data.sql']

/**
 * Gives an empty database its tables and its sample data, all or nothing.
 * @param folder holds `tables.sql` and `sample-data.sql`
 * @throws {Error} naming the file that is missing or does not run
 */
export function define(connection: DatabaseSync, folder: string): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    // another process may have been quicker
    if (!isEmpty(connection)) return
    runScripts(connection, folder)
    connection.exec('COMMIT')
  } finally {
    if (connection.isTransaction) connection.exec('ROLLBACK')
  }
}

/**
 * Runs what a database is made from, within a transaction of the caller's.
 * @throws {Error} naming the file that is missing or does not run
 */
export function runScripts(
  connection: DatabaseSync,
  folder: string,
  scripts: readonly Script[] = allScripts,
): void {
  for (const file of scripts) {
    const path = join(folder, file)
    const script = readFileSync(path, 'utf8')
    aboutFile(path, () => connection.exec(script))
  }
}

/** Whether nothing at all is defined in the database. */
export function isEmpty(connection: DatabaseSync): boolean {
  return connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}
