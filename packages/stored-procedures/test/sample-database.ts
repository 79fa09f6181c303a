import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTelemetry, type Telemetry } from '@ca/telemetry'
import { type Database, openDatabase, type Procedure } from '../src/index.ts'

type Definition = {
  procedures: readonly Procedure[]
  /** The procedures' files, by the names of the procedures. */
  files: Record<string, string>
  tables?: string
  sampleData?: string
}

/** Folders and databases that belong to one test. Give up all of them with {@link cleanUp}. */
const folders: string[] = []
const databases: Database[] = []

export const silent = createTelemetry('test', { level: 'silent' })

/** An empty folder of the test's own. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stored-procedures-'))
  folders.push(folder)
  return folder
}

/** Writes a database's definition down and opens it, in memory where no URL is given. */
export async function openSample(
  { procedures, files, tables = '', sampleData = '' }: Definition,
  { url = 'sqlite:', telemetry = silent }: { url?: string; telemetry?: Telemetry } = {},
): Promise<Database> {
  const root = temporaryFolder()
  const folder = join(root, 'sample', 'sqlite')
  mkdirSync(join(folder, 'procedures'), { recursive: true })
  writeFileSync(join(folder, 'tables.sql'), tables)
  writeFileSync(join(folder, 'sample-data.sql'), sampleData)
  for (const [name, sql] of Object.entries(files)) {
    writeFileSync(join(folder, 'procedures', `${name}.sql`), sql)
  }
  const database = await openDatabase({
    name: 'sample',
    url,
    settings,
    telemetry,
    procedures,
    databases: root,
  })
  databases.push(database)
  return database
}

/** As a service sets them when nothing else is said. */
export const settings = {
  DATABASE_POOL_SIZE: 10,
  DATABASE_CONNECT_WITHIN_MS: 2000,
  DATABASE_QUEUE_WITHIN_MS: 1000,
  DATABASE_ANSWER_WITHIN_MS: 5000,
}

export async function cleanUp(): Promise<void> {
  for (const database of databases.splice(0)) await database.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
}
