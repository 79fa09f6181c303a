import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { docStorePageIds, type ScriptKeys } from './stored-script.ts'

/** What is asked for: a script, and what for. */
type DirectiveRequest = ScriptKeys & { readonly serviceType: string }

type CustomerDirective = DirectiveRequest & {
  readonly directiveId: string
  /** Whether its scripts can be fetched, or will be there later. */
  readonly status: 'AVAILABLE' | 'ACCEPTED'
  readonly docStorePageIds: readonly string[]
}

type Order = {
  readonly clientReference: string
  readonly customerDirectives: readonly CustomerDirective[]
}

/** The orders that RM has taken. */
export type Orders = {
  /**
   * Records a new order, whatever its reference. Once this has returned it is on the disk.
   * @throws {Error} when it cannot be recorded; then nothing is
   */
  make(clientReference: string, requests: readonly DirectiveRequest[]): Order
  /** All orders of a reference, the first one first. */
  withReference(clientReference: string): Order[]
  /** The script that an order has given this id, or `undefined` where none has. */
  script(docStorePageId: string): ScriptKeys | undefined
  close(): void
}

/**
 * Opens the orders in an SQLite file, or, for `:memory:`, new ones that end with the process.
 * A folder that is missing is made.
 * @throws {Error} naming the file when it cannot be opened or holds something else
 */
export function openOrders(file: string): Orders {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
    return ordersIn(new DatabaseSync(file, { timeout: 2000 }))
  } catch (cause) {
    throw new Error(`the orders in ${file} cannot be opened: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function ordersIn(database: DatabaseSync): Orders {
  // FULL: written through to the disk before an order is answered
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS orders (
      order_number INTEGER PRIMARY KEY,
      client_reference TEXT NOT NULL,
      order_date TEXT NOT NULL,
      requests TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS orders_by_reference ON orders (client_reference);
    CREATE TABLE IF NOT EXISTS scripts (
      doc_store_page_id TEXT PRIMARY KEY,
      keys TEXT NOT NULL
    ) STRICT;
  `)
  const insertOrder = database.prepare(
    `INSERT INTO orders (client_reference, order_date, requests) VALUES (?, ?, ?)
     RETURNING order_number, client_reference, order_date, requests`,
  )
  const insertScript = database.prepare(
    'INSERT OR IGNORE INTO scripts (doc_store_page_id, keys) VALUES (?, ?)',
  )
  const selectOrders = database.prepare(
    `SELECT order_number, client_reference, order_date, requests FROM orders
     WHERE client_reference = ? ORDER BY order_number`,
  )
  const selectScript = database.prepare('SELECT keys FROM scripts WHERE doc_store_page_id = ?')

  return {
    make(clientReference, requests) {
      const today = new Date().toISOString().slice(0, 10)
      database.exec('BEGIN IMMEDIATE')
      try {
        const row = insertOrder.get(clientReference, today, JSON.stringify(requests))
        for (const { serviceType: _, ...keys } of requests) {
          for (const id of docStorePageIds(keys)) insertScript.run(id, JSON.stringify(keys))
        }
        database.exec('COMMIT')
        return asOrder(row as OrderRow)
      } finally {
        if (database.isTransaction) database.exec('ROLLBACK')
      }
    },
    withReference: (clientReference) =>
      (selectOrders.all(clientReference) as OrderRow[]).map(asOrder),
    script(docStorePageId) {
      const row = selectScript.get(docStorePageId)
      return row && JSON.parse(row.keys as string)
    },
    close: () => database.close(),
  }
}

type OrderRow = {
  order_number: number
  client_reference: string
  order_date: string
  requests: string
}

function asOrder({ order_number, client_reference, order_date, requests }: OrderRow): Order {
  const orderId = `D-${order_date.replaceAll('-', '')}-${String(order_number).padStart(6, '0')}`
  return {
    clientReference: client_reference,
    customerDirectives: (JSON.parse(requests) as DirectiveRequest[]).map((request, index) => {
      const ids = docStorePageIds(request)
      return {
        directiveId: `${orderId}-${index + 1}`,
        status: ids.length > 0 ? 'AVAILABLE' : 'ACCEPTED',
        docStorePageIds: ids,
        ...request,
      }
    }),
  }
}
