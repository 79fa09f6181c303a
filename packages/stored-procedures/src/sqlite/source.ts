import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { constants, DatabaseSync } from 'node:sqlite'
import { aboutFile } from './about-file.ts'
import { define, isEmpty } from './definition.ts'

/** Where an SQLite database is, opened for procedures: they read and do nothing else. */
export type Source = {
  /** @throws what SQLite or the file system says where the database is not to be had now */
  connection(): DatabaseSync
  close(): void
}

/** Whoever else fills the file at the same time is done by then. */
const fillWithinMs = 5000

const reading: ReadonlySet<number> = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
  constants.SQLITE_RECURSIVE,
  constants.SQLITE_TRANSACTION,
])

/** A database of this process alone, made from its definition. */
export function inMemory(folder: string): Source {
  const connection = new DatabaseSync(':memory:')
  define(connection, folder)
  onlyReading(connection)
  return { connection: () => connection, close: () => connection.close() }
}

/**
 * A database in a file, which is made from its definition when it is missing or empty, and left as
 * it is otherwise. While the file is gone there is no connection; another one put in its place is
 * opened.
 * @throws {Error} naming the file where it cannot be made or is no database
 */
export function inFile(path: string, folder: string): Source {
  if (!existsSync(dirname(path))) throw new Error(`${path}: its directory does not exist`)
  aboutFile(path, () => fill(path, folder))

  let opened: { connection: DatabaseSync; identity: string } | undefined
  const close = () => {
    opened?.connection.close()
    opened = undefined
  }
  return {
    connection() {
      // a file that was removed could be read on for as long as it is open
      const { dev, ino } = statSync(path, { bigint: true })
      const identity = `${dev} ${ino}`
      if (opened?.identity !== identity) {
        close()
        opened = { connection: openForReading(path), identity }
      }
      return opened.connection
    },
    close,
  }
}

function fill(path: string, folder: string): void {
  const connection = new DatabaseSync(path, { timeout: fillWithinMs })
  try {
    if (isEmpty(connection)) define(connection, folder)
  } finally {
    connection.close()
  }
}

/** Waiting for a writer would stop the whole process; a call that is tried again later does not. */
function openForReading(path: string): DatabaseSync {
  const connection = new DatabaseSync(path, { readOnly: true, timeout: 0 })
  onlyReading(connection)
  return connection
}

/** From here on a statement that would change data or settings is refused when it is prepared. */
function onlyReading(connection: DatabaseSync): void {
  connection.setAuthorizer((action) =>
    reading.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY,
  )
}
