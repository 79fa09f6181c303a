import { parseArgs } from 'node:util'

/** What the tool is asked to do. */
export type Command =
  | { readonly action: 'help' }
  | {
      readonly action: 'apply'
      /** The database's name and its folder's. */
      readonly name: string
      readonly url: URL
      readonly withSampleData: boolean
    }

/** The tool was called in a way that it does not know, as its message says in one line. */
export class WrongUse extends Error {}

const options = {
  'without-sample-data': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/**
 * Reads the tool's command line.
 * @param names the databases that are defined
 * @throws {WrongUse} when it says nothing that can be done; never with the URL, for a password may
 * be in it
 */
export function parseCommand(args: readonly string[], names: readonly string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help) return { action: 'help' }
  const [name, text, ...more] = positionals
  if (name === undefined) throw new WrongUse(`Say which database: ${names.join(', ')}`)
  if (!names.includes(name)) {
    throw new WrongUse(
      isUrl(name)
        ? `The database's name comes before its URL: ${names.join(', ')}`
        : `There is no database ${name}: ${names.join(', ')}`,
    )
  }
  if (text === undefined) throw new WrongUse(`Say where ${name} is: its URL`)
  if (more.length > 0) throw new WrongUse('There is more than a name and a URL')
  const url = URL.parse(text)
  if (!url) throw new WrongUse('The URL is none; % @ : / ? # in a password are written %25 %40 …')
  return { action: 'apply', name, url, withSampleData: !values['without-sample-data'] }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    // Node adds a second sentence on how to pass an option that is none
    const [what] = (error as Error).message.split('. ')
    throw new WrongUse(`${what?.replaceAll(/\s+/g, ' ')}`)
  }
}

function isUrl(text: string): boolean {
  return /^(sqlite|mssql|oracle):/.test(text)
}

/** What `npm run db:apply -- --help` says. */
export function usage(names: readonly string[]): string {
  return `npm run db:apply -- <name> <url> [--without-sample-data]

  <name>   which database: ${names.join(', ')}
  <url>    where it is made or brought up to date, with an administrator's login:
           sqlite:/path/file.db
           mssql://user:password@host:1433/database?encrypt=true&trustServerCertificate=false
           oracle://user:password@host:1521/service?schema=NAME

  --without-sample-data   no rows, only what is defined

A database of SQL Server, or a schema of Oracle (by its name in capitals where ?schema= is left out),
is made when it is missing. What is as it is defined stays untouched, rows included; sample data is
replaced where it has changed, and never where there are rows that are not from here.

SERVICE_LOGIN and SERVICE_PASSWORD in the environment name the login that a service gets: it may run
this database's procedures and do nothing else. It is made, or its password brought up to date.

It ends with 0 when it is done, 1 when it cannot be done, 2 when it was called wrongly.
`
}
