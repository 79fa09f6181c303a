/** Where a database is and who asks. */
export type Address = {
  /** As the driver takes it: `tcp://host:1521/service`. */
  readonly connectString: string
  readonly user: string
  readonly password: string
  /** The schema that the procedures are in, in capitals as it is kept. */
  readonly schema: string
}

const plainPort = 1521
/** Longer names are those of Oracle 12.2 and later. */
const identifier = /^[A-Za-z][A-Za-z0-9_$#]{0,127}$/
/** Nothing that the driver's connect string would take for an option or another address. */
const serviceName = /^[A-Za-z0-9][A-Za-z0-9._$#-]*$/
const hostName = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$/

/**
 * Reads `oracle://user:password@host:1521/service?schema=INTERCHANGE&protocol=tcps`. User, password
 * and service may be percent-encoded. The port may be left out, and so may the options: the schema
 * is then the database's name in capitals (`ci-direct` is `CI_DIRECT`), the protocol `tcp`. Over
 * `tcps` the server's certificate has to be signed by an authority that Node.js knows
 * (NODE_EXTRA_CA_CERTS adds one) and made out to the host.
 * @param name the database's
 * @throws {Error} that says how it has to be, where it is anything else
 */
export function parseAddress(name: string, url: URL): Address {
  const options = readOptions(name, url.searchParams)
  const user = decode(url.username)
  const password = decode(url.password)
  const service = decode(/^\/([^/]+)$/.exec(url.pathname)?.[1] ?? '')
  const isWhole = user && password && hostName.test(url.hostname) && serviceName.test(service)
  if (!options || !isWhole || url.hash) {
    throw new Error(
      'its URL has to be oracle://user:password@host:1521/service?schema=NAME&protocol=tcp|tcps',
    )
  }
  const { schema, protocol } = options
  const connectString = `${protocol}://${url.hostname}:${url.port || plainPort}/${service}`
  return { connectString, user, password, schema: schema.toUpperCase() }
}

/** @returns nothing where an option is unknown, has a value out of form, or stands there twice */
function readOptions(name: string, given: URLSearchParams) {
  const options = { schema: name.toUpperCase().replaceAll('-', '_'), protocol: 'tcp' }
  for (const [option, value] of given) {
    const isKnown = Object.hasOwn(options, option) && given.getAll(option).length === 1
    if (!isKnown) return undefined
    options[option as keyof typeof options] = value
  }
  const { schema, protocol } = options
  return identifier.test(schema) && /^tcps?$/.test(protocol) ? options : undefined
}

/** @returns nothing for what is no percent-encoding */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
