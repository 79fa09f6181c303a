import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { applyDatabase } from '../../tools/db-apply/src/apply.ts'
import type { Outcome } from '../../tools/db-apply/src/report.ts'
import { mssqlPlace } from './mssql.ts'
import { oraclePlace } from './oracle.ts'
import type { Place } from './place.ts'

/** A kind of server that a database can be on. */
export type Server = {
  /** As tests name it. */
  readonly engine: 'SQL Server' | 'Oracle'
  /** Of a database's definition. */
  readonly folder: 'mssql' | 'oracle'
  /** The environment variable that names one, by an administrator's URL. */
  readonly variable: 'TEST_MSSQL_URL' | 'TEST_ORACLE_URL'
  readonly place: (name: string, admin: URL) => Place
}

export const servers: readonly Server[] = [
  { engine: 'SQL Server', folder: 'mssql', variable: 'TEST_MSSQL_URL', place: mssqlPlace },
  { engine: 'Oracle', folder: 'oracle', variable: 'TEST_ORACLE_URL', place: oraclePlace },
]

/** Where databases are defined. */
const ourDatabases = fileURLToPath(new URL('..', import.meta.url))

/** The server of this kind that tests may use. */
export function serverUrl({ variable }: Server): URL | undefined {
  const text = process.env[variable]
  if (!text) return undefined
  const url = URL.parse(text)
  if (!url) throw new Error(`${variable} is no URL`)
  return url
}

/** The servers that a database is defined for. */
export function serversOf(name: string, databases = ourDatabases): Server[] {
  return servers.filter(({ folder }) => existsSync(join(databases, name, folder)))
}

/** What was done to the parts of a database. */
type Outcomes = Record<string, Outcome>

/**
 * Makes a database of a test's own or brings it up to date, sample data and all.
 * @returns what was done
 */
export async function applyTo(
  { url, callersUrl }: Place,
  name: string,
  databases = ourDatabases,
): Promise<Outcomes> {
  const outcomes: Outcomes = {}
  await applyDatabase({
    name,
    url,
    withSampleData: true,
    login: {
      user: decodeURIComponent(callersUrl.username),
      password: decodeURIComponent(callersUrl.password),
    },
    report: {
      done(what, outcome) {
        // its place is not the same from run to run
        outcomes[what.replace(/ .*/, '')] = outcome
      },
      note: () => {},
      working: () => {},
    },
    databases,
  })
  return outcomes
}
