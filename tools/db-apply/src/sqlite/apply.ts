import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isEmpty, runScripts, sqliteFile } from '@ca/stored-procedures/definitions'
import { WrongUse } from '../command-line.ts'
import type { Report } from '../report.ts'
import { entry, othersRows } from '../rows.ts'
import { contentsOf, quoted, readTables, type SampleTable, standingOf } from '../sample-data.ts'

type Apply = {
  url: URL
  /** The definition for SQLite. */
  folder: string
  withSampleData: boolean
  report: Report
}

/** Whoever else writes the file is done by then. */
const writeWithinMs = 30_000

const ledgerTable = 'AppliedFile'
const makeLedger = `CREATE TABLE ${ledgerTable} (
  Name            TEXT NOT NULL,
  Digest          TEXT NOT NULL,
  AppliedDateTime TEXT NOT NULL,
  PRIMARY KEY (Name)
) STRICT, WITHOUT ROWID`

/**
 * Makes a database in a file, or makes it anew in its place where its definition or its sample
 * data has changed since. It is one transaction: who reads the file meanwhile sees the old state
 * or the new one.
 * @throws {Error} naming the file, where it cannot be had or holds what is not from here
 */
export function applyToSqlite({ url, folder, withSampleData, report }: Apply): void {
  const path = pathOf(url)
  if (!existsSync(dirname(path))) throw new Error(`${path}: its directory does not exist`)
  try {
    const wanted = build(folder, withSampleData)
    const connection = new DatabaseSync(path, { timeout: writeWithinMs })
    try {
      applyTo(connection, wanted)
    } finally {
      connection.close()
    }
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause })
  }

  function applyTo(connection: DatabaseSync, wanted: Definition): void {
    connection.exec('BEGIN IMMEDIATE')
    try {
      const isNew = isEmpty(connection)
      const tables = isNew ? [] : readTables(connection).filter(isNoLedger)
      const isAsDefined = !isNew && isSame(schemaOf(connection), wanted.schema)
      const rows = withSampleData || !isAsDefined ? look(connection, tables, wanted) : 'same'
      const isUnchanged = isAsDefined && rows === 'same'
      if (!isUnchanged) {
        remove(connection, tables)
        runScripts(connection, folder, scripts(withSampleData))
        record(connection, wanted)
        connection.exec('COMMIT')
      }
      const outcome = isNew ? 'made' : isUnchanged ? 'unchanged' : 'updated'
      report.done(`file ${path}`, outcome, withSampleData ? `${wanted.rows} rows` : undefined)
    } finally {
      if (connection.isTransaction) connection.exec('ROLLBACK')
    }
  }
}

type Definition = {
  readonly schema: readonly string[]
  readonly tables: readonly SampleTable[]
  readonly rows: number
}

function pathOf(url: URL): string {
  let path: string | undefined
  try {
    path = sqliteFile(url)
  } catch (error) {
    throw new WrongUse((error as Error).message)
  }
  if (!path) throw new WrongUse('sqlite: alone is in memory; a file is sqlite:/path/file.db')
  return path
}

function build(folder: string, withSampleData: boolean): Definition {
  const connection = new DatabaseSync(':memory:')
  try {
    runScripts(connection, folder, scripts(withSampleData))
    const tables = readTables(connection)
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
    return { schema: schemaOf(connection), tables, rows }
  } finally {
    connection.close()
  }
}

function scripts(withSampleData: boolean) {
  return withSampleData ? (['tables.sql', 'sample-data.sql'] as const) : (['tables.sql'] as const)
}

/** What is defined in a database, each as the statement that made it. */
function schemaOf(connection: DatabaseSync): string[] {
  return connection
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> ? ORDER BY sql')
    .all(ledgerTable)
    .map(({ sql }) => String(sql))
}

/** @throws {Error} where a table holds rows that are not from here */
function look(
  connection: DatabaseSync,
  tables: readonly SampleTable[],
  wanted: Definition,
): 'same' | 'ours' {
  const recorded = ledgerOf(connection)
  let all: 'same' | 'ours' = tables.length === wanted.tables.length ? 'same' : 'ours'
  for (const table of tables) {
    const sample = wanted.tables.find(({ name }) => name === table.name) ?? { ...table, rows: [] }
    const held = contentsOf(table)
    const standing = standingOf(
      held,
      contentsOf(sample),
      recorded.get(entry(table)) === held.digest,
    )
    if (standing === 'others') throw new Error(othersRows(table.name))
    if (standing === 'ours') all = 'ours'
  }
  return all
}

function ledgerOf(connection: DatabaseSync): Map<string, string> {
  const has = connection.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(ledgerTable)
  if (!has) return new Map()
  const entries = connection.prepare(`SELECT Name, Digest FROM ${ledgerTable}`).all()
  return new Map(entries.map(({ Name, Digest }) => [String(Name), String(Digest)]))
}

/** No table goes before one that refers to it. */
function remove(connection: DatabaseSync, tables: readonly SampleTable[]): void {
  const views = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'view'`).all()
  for (const { name } of views) connection.exec(`DROP VIEW ${quoted(String(name))}`)
  for (const { name } of tables.toReversed()) connection.exec(`DROP TABLE ${quoted(name)}`)
  connection.exec(`DROP TABLE IF EXISTS ${ledgerTable}`)
}

function record(connection: DatabaseSync, { tables }: Definition): void {
  connection.exec(makeLedger)
  const insert = connection.prepare(`INSERT INTO ${ledgerTable} VALUES (?, ?, ?)`)
  const now = new Date().toISOString()
  for (const table of tables) insert.run(entry(table), contentsOf(table).digest, now)
}

function isNoLedger({ name }: SampleTable): boolean {
  return name !== ledgerTable
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}
