import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { aboutFile } from './about-file.ts'

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
    for (const file of ['tables.sql', 'sample-data.sql']) {
      const path = join(folder, file)
      const script = readFileSync(path, 'utf8')
      aboutFile(path, () => connection.exec(script))
    }
    connection.exec('COMMIT')
  } finally {
    if (connection.isTransaction) connection.exec('ROLLBACK')
  }
}

/** Whether nothing at all is defined in the database. */
export function isEmpty(connection: DatabaseSync): boolean {
  return connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}
