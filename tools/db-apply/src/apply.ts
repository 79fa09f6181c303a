import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { WrongUse } from './command-line.ts'
import { ourDatabases, readDefinition } from './definition.ts'
import { applyDefinition, dropTables, outdatedTables } from './files.ts'
import type { Report } from './report.ts'
import { applyRows, holdToEmpty, lookAtRows } from './rows.ts'
import { readSampleData } from './sample-data.ts'
import type { ServiceLogin } from './service-login.ts'
import { applyToSqlite } from './sqlite/apply.ts'
import type { OpenTarget } from './target.ts'

type Apply = {
  /** The database's name and its folder's: `eps`. */
  name: string
  url: URL
  withSampleData: boolean
  /** The login that a service gets, where one is wanted. */
  login: ServiceLogin | undefined
  report: Report
  /** Where databases are defined, in `<name>/<engine>/`. Default: `databases` of this repository. */
  databases?: string
}

type ServerEngine = {
  readonly engine: string
  readonly folder: string
  /** The line between two batches. */
  readonly separator: string
  readonly load: () => Promise<OpenTarget>
}

/** A driver is loaded only when a URL asks for it. */
const servers = new Map<string, ServerEngine>([
  [
    'mssql:',
    {
      engine: 'SQL Server',
      folder: 'mssql',
      separator: 'GO',
      load: async () => (await import('./mssql/target.ts')).openTarget,
    },
  ],
  [
    'oracle:',
    {
      engine: 'Oracle',
      folder: 'oracle',
      separator: '/',
      load: async () => (await import('./oracle/target.ts')).openTarget,
    },
  ],
])

/**
 * Makes a database, or brings it up to date with what this repository defines. What is so already
 * is not touched. Rows that are not from here keep it from changing anything.
 * @throws {WrongUse} where the URL cannot be one of this database
 * @throws {Error} saying in one line what is wrong
 */
export async function applyDatabase(options: Apply): Promise<void> {
  const { name, url, login, report, databases = ourDatabases } = options
  const definitions = join(databases, name)
  if (url.protocol === 'sqlite:') {
    applyToSqlite({ ...options, folder: join(definitions, 'sqlite') })
    if (login) report.note('No login was made: SQLite has none.')
    return
  }
  const server = servers.get(url.protocol)
  if (!server) throw new WrongUse('The URL has to begin with sqlite:, mssql: or oracle:')
  const folder = join(definitions, server.folder)
  if (!existsSync(folder)) throw new WrongUse(`${name} is not defined for ${server.engine}`)

  const files = readDefinition(folder, server.separator)
  const sample = readSampleData(join(definitions, 'sqlite'))
  const openTarget = await server.load()
  const target = await openTarget(name, url)
  try {
    report.working(`asking for ${target.title}`)
    report.done(target.title, await target.make())
    report.working('waiting for another db:apply to end')
    await target.lock()
    const ledger = await target.ledger()
    // what stands in the way is found before anything is changed
    report.working('reading the rows that there are')
    const outdated = await outdatedTables(target, files, ledger)
    const isLooking = options.withSampleData || outdated.length > 0
    let found = isLooking ? await lookAtRows(target, sample, ledger) : new Map()
    if (outdated.length > 0) {
      if (!options.withSampleData) holdToEmpty(outdated, found)
      await dropTables(target, files)
      found = new Map()
    }
    await applyDefinition(target, files, ledger, report)
    if (options.withSampleData) await applyRows(target, sample, found, report)
    await admit()
  } finally {
    await target.close()
  }

  async function admit(): Promise<void> {
    if (login) {
      report.working(`login ${login.user}`)
      report.done(`login ${login.user}`, await target.admit(login))
    } else {
      report.note('No login was made: SERVICE_LOGIN and SERVICE_PASSWORD name none.')
    }
  }
}
