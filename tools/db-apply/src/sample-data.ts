import { DatabaseSync } from 'node:sqlite'
import { define } from '@ca/stored-procedures/definitions'
import { digestOf } from './definition.ts'

/** A value as SQLite keeps it. A moment is ISO 8601 text in UTC, true is 1. */
export type SampleValue = string | bigint | null

/** A table of the sample data. */
export type SampleTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SampleValue[])[]
}

/** What a column holds in the database that is applied to. */
export type Kind = 'text' | 'integer' | 'moment' | 'boolean'

/** The columns of a table there, by the names that SQLite has for them. */
export type Columns = ReadonlyMap<string, Kind>

/** What a table holds: rows in a form that is one for all engines, whatever their order. */
export type Contents = { readonly digest: string; readonly rows: ReadonlySet<string> }

/** How the rows that a table holds stand to those of the sample data. */
export type Standing =
  /** They are the same. */
  | 'same'
  /** They are some of them, or all are from here, of an older time: they may be replaced. */
  | 'ours'
  /** Some are not from here. */
  | 'others'

/**
 * Builds a database's sample data.
 * @param folder of the definition for SQLite
 * @returns every table, no table before one that it refers to
 */
export function readSampleData(folder: string): SampleTable[] {
  const connection = new DatabaseSync(':memory:', { readBigInts: true })
  try {
    define(connection, folder)
    return readTables(connection)
  } finally {
    connection.close()
  }
}

/** Reads all tables of an SQLite database, no table before one that it refers to. */
export function readTables(connection: DatabaseSync): SampleTable[] {
  return tableNames(connection).map((name) => {
    const all = connection.prepare(`SELECT * FROM ${quoted(name)}`, {
      readBigInts: true,
      returnArrays: true,
    })
    return {
      name,
      columns: all.columns().map((column) => column.name),
      rows: all.all() as unknown as SampleValue[][],
    }
  })
}

/** What the sample calls a column: servers may keep names in capitals or small letters. */
export function nameIn({ columns }: SampleTable, column: string): string {
  const isIt = (known: string) => known.toLowerCase() === column.toLowerCase()
  return columns.find(isIt) ?? column
}

/** A name as SQLite takes any. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * Describes rows so that they can be compared, whichever engine has them.
 * @param columns which columns to look at, as some may not be there yet
 */
export function contentsOf(
  { columns: names, rows }: SampleTable,
  columns: Columns = new Map(names.map((name) => [name, 'text'])),
): Contents {
  const order = names.filter((name) => columns.has(name)).sort(byName)
  const places = order.map((name) => [names.indexOf(name), columns.get(name)] as const)
  const texts = rows.map((row) =>
    JSON.stringify(places.map(([place, kind]) => normal(row[place] ?? null, kind))),
  )
  const header = order.map((name) => name.toLowerCase())
  return { digest: digestOf(JSON.stringify([header, texts.sort()])), rows: new Set(texts) }
}

function byName(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1
}

/**
 * Says whose rows a table holds.
 * @param isRecorded whether they are what was copied into it the last time
 */
export function standingOf(found: Contents, sample: Contents, isRecorded: boolean): Standing {
  if (found.digest === sample.digest) return 'same'
  const isOurs = isRecorded || [...found.rows].every((row) => sample.rows.has(row))
  return isOurs ? 'ours' : 'others'
}

/** Engines pad text, have no empty one, and write moments in their own ways. */
function normal(value: SampleValue, kind: Kind | undefined): string | null {
  if (value === null) return null
  if (kind === 'moment') return new Date(String(value)).toISOString()
  return String(value).replace(/ +$/, '') || null
}

function tableNames(connection: DatabaseSync): string[] {
  const tables = connection
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'`,
    )
    .all()
    .map(({ name }) => String(name))
  const ordered = new Set<string>()
  const visit = (table: string, below: readonly string[]) => {
    if (below.includes(table)) throw new Error(`${table} refers to itself by way of others`)
    const references = connection
      .prepare('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_list(?)')
      .all(table)
    for (const { name } of references) {
      if (name !== table) visit(String(name), [...below, table])
    }
    ordered.add(table)
  }
  for (const table of tables) visit(table, [])
  return [...ordered]
}
