/** Where a database is and who asks. */
export type Address = {
  readonly server: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Whether the connection is encrypted. */
  readonly encrypt: boolean
  /** Whether a certificate is taken that no known authority has signed. */
  readonly trustServerCertificate: boolean
}

const plainPort = 1433

/**
 * Reads `mssql://user:password@host:1433/database?encrypt=true&trustServerCertificate=false`. User,
 * password and database may be percent-encoded. Port and options may be left out; these are their
 * defaults.
 * @throws {Error} that says how it has to be, where it is anything else
 */
export function parseAddress(url: URL): Address {
  const options = readOptions(url.searchParams)
  const address = {
    server: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? plainPort : Number(url.port),
    user: decode(url.username),
    password: decode(url.password),
    database: decode(/^\/([^/]+)$/.exec(url.pathname)?.[1] ?? ''),
  }
  if (!options || url.hash || Object.values(address).some((part) => !part)) {
    throw new Error(
      'its URL has to be mssql://user:password@host:1433/database' +
        '?encrypt=true|false&trustServerCertificate=true|false',
    )
  }
  return { ...address, ...options }
}

/** @returns nothing where an option is unknown, is no boolean, or stands there twice */
function readOptions(given: URLSearchParams) {
  const options = { encrypt: true, trustServerCertificate: false }
  for (const [name, value] of given) {
    const isKnown = Object.hasOwn(options, name) && given.getAll(name).length === 1
    if (!isKnown || !/^(true|false)$/.test(value)) return undefined
    options[name as keyof typeof options] = value === 'true'
  }
  return options
}

/** @returns nothing for what is no percent-encoding */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
