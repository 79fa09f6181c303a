import { DatabaseSync } from 'node:sqlite'

/** An order that we have been given. */
export type RecordedOrder<Placed> = {
  /** What RM knows it by. */
  clientReference: string
  /** What RM answered; absent while that is not known. */
  placed?: Placed
  /** Until when RM may still be at work on it, as an epoch in milliseconds; 0 where it is not. */
  unsettledUntil: number
}

/** Domain: for 24 hours the same order under the same transaction is the same order. */
const keptForMs = 24 * 60 * 60 * 1000

/**
 * The record of orders, which outlives this process: an order stands in it before RM is asked.
 * @param file path of its SQLite file, made if need be; `:memory:` for none
 * @throws {Error} in one line, when it cannot be opened
 */
export function openOrderRecord<Placed>(file: string) {
  const database = open(file)
  const find = database.prepare(
    'SELECT clientReference, placed, unsettledUntil FROM CustomerOrder WHERE reference = ? AND recordedAt > ?',
  )
  const begin = database.prepare(
    'INSERT INTO CustomerOrder (reference, clientReference, recordedAt) VALUES (?, ?, ?)',
  )
  const complete = database.prepare('UPDATE CustomerOrder SET placed = ? WHERE reference = ?')
  const unsettle = database.prepare(
    'UPDATE CustomerOrder SET unsettledUntil = ? WHERE reference = ?',
  )
  const forget = database.prepare('DELETE FROM CustomerOrder WHERE reference = ?')
  const forgetOld = database.prepare('DELETE FROM CustomerOrder WHERE recordedAt <= ?')

  return {
    /** The order of this reference, if one was recorded in the last 24 hours. */
    find(reference: string): RecordedOrder<Placed> | undefined {
      const row = find.get(reference, Date.now() - keptForMs)
      if (!row) return undefined
      return {
        clientReference: String(row.clientReference),
        unsettledUntil: Number(row.unsettledUntil),
        ...(row.placed !== null && { placed: JSON.parse(String(row.placed)) }),
      }
    },

    /** Records an order that RM is about to be asked for. It is on disk when this returns. */
    begin(reference: string): RecordedOrder<Placed> {
      const now = Date.now()
      forgetOld.run(now - keptForMs)
      // the same order a day later is another one, which RM must not find under the old name
      const clientReference = `${reference}-${now.toString(36)}`
      begin.run(reference, clientReference, now)
      return { clientReference, unsettledUntil: 0 }
    },

    complete(reference: string, placed: Placed): void {
      complete.run(JSON.stringify(placed), reference)
    },

    /** Says that RM may still be at work on an order for so long, in milliseconds. */
    unsettle(reference: string, forMs: number): void {
      unsettle.run(Date.now() + forMs, reference)
    },

    /** Takes back an order that RM has refused. */
    forget(reference: string): void {
      forget.run(reference)
    },

    name: 'orders',
    /** @throws {Error} when the file cannot be read any more */
    async check(): Promise<void> {
      database.exec('SELECT 1 FROM CustomerOrder LIMIT 1')
    },
    close: () => database.close(),
  }
}

export type OrderRecord<Placed> = ReturnType<typeof openOrderRecord<Placed>>

function open(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { timeout: 1000 })
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS CustomerOrder (
        reference TEXT PRIMARY KEY,
        clientReference TEXT NOT NULL,
        recordedAt INTEGER NOT NULL,
        unsettledUntil INTEGER NOT NULL DEFAULT 0,
        placed TEXT
      ) STRICT;
    `)
    return database
  } catch (error) {
    throw new Error(`ORDERS_FILE cannot be used: ${(error as Error).message}`)
  }
}
