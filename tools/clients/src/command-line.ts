import { parseArgs } from 'node:util'
import { clientIdForm } from '@ca/service-kit/clients'

/** Which registry is meant, and how to answer. */
type Place = {
  readonly service?: string
  readonly file?: string
  /** Whether the answer is for a program. */
  readonly json: boolean
}

/** What the tool is asked to do. */
export type Command =
  | { readonly action: 'help' }
  | (Place & { readonly action: 'list' })
  | (Place & {
      readonly action: 'create'
      readonly clientId: string
      readonly name: string
      readonly operations: readonly string[]
    })
  | (Place & { readonly action: 'rotate' | 'finish' | 'revoke'; readonly clientId: string })
  | (Place & {
      readonly action: 'entitle'
      readonly clientId: string
      readonly operations: readonly string[]
    })

/** The tool was called in a way that it does not know, as its message says in one line. */
export class WrongUse extends Error {}

const options = {
  service: { type: 'string' },
  file: { type: 'string' },
  json: { type: 'boolean', default: false },
  name: { type: 'string' },
  operations: { type: 'string' },
  finish: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = ReturnType<typeof parse>['values']

/** The options that only some actions have. */
const own = new Map<string, readonly (keyof Values)[]>([
  ['list', []],
  ['create', ['name', 'operations']],
  ['rotate', ['finish']],
  ['revoke', []],
  ['entitle', ['operations']],
])
const hint = 'npm run clients -- --help says what there is'

/**
 * Reads the tool's command line.
 * @throws {WrongUse} when it says nothing that can be done
 */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args)
  if (values.help) return { action: 'help' }
  const [action = '', ...rest] = positionals
  const allowed = own.get(action)
  if (!allowed) {
    const actions = [...own.keys()].join(', ')
    throw new WrongUse(
      `${action ? `There is no ${action}` : 'Say what to do'}: ${actions}; ${hint}`,
    )
  }
  for (const option of ['name', 'operations', 'finish'] as const) {
    if (values[option] && !allowed.includes(option)) {
      throw new WrongUse(`${action} has no --${option}; ${hint}`)
    }
  }
  if (!values.service && !values.file) {
    throw new WrongUse('Say whose clients: --service ca-results-xapi, or --file with a path')
  }

  const { service, file, json } = values
  const place = { service, file, json }
  if (action === 'list') {
    if (rest.length > 0) throw new WrongUse(`list takes no ${rest.join(' ')}; ${hint}`)
    return { ...place, action }
  }
  const client = { ...place, clientId: clientIdOf(action, rest) }
  switch (action) {
    case 'create':
      return {
        ...client,
        action,
        name: nameOf(values.name),
        operations: operationsOf(values.operations ?? '*'),
      }
    case 'entitle':
      if (values.operations === undefined) {
        throw new WrongUse(
          "Say what it may call: --operations getThis,getThat, or --operations '*'",
        )
      }
      return { ...client, action, operations: operationsOf(values.operations) }
    case 'revoke':
      return { ...client, action }
    default:
      return { ...client, action: values.finish ? 'finish' : 'rotate' }
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    // Node adds a second sentence on how to pass an option that is none
    const [what] = (error as Error).message.split('. ')
    throw new WrongUse(`${what?.replaceAll(/\s+/g, ' ')}; ${hint}`)
  }
}

function clientIdOf(action: string, [clientId, ...more]: readonly string[]): string {
  if (clientId === undefined) throw new WrongUse(`Say which client: ${action} <clientId>`)
  if (more.length > 0) {
    throw new WrongUse(
      `${action} takes one client, not ${more[0]} too (a star stands in quotes: '*')`,
    )
  }
  if (!clientIdForm.test(clientId)) {
    throw new WrongUse('A clientId has 1 to 64 of A-Z a-z 0-9 . _ -')
  }
  return clientId
}

function nameOf(name: string | undefined): string {
  if (!name?.trim()) throw new WrongUse('Say who it is: --name "Access to Scripts"')
  if (/\p{C}/u.test(name)) throw new WrongUse('A name has no control characters')
  return name.trim()
}

function operationsOf(text: string): string[] {
  const operations = text
    .split(',')
    .map((operation) => operation.trim())
    .filter((operation) => operation !== '')
  if (operations.length === 0) {
    throw new WrongUse('--operations names none; revoke keeps a client out altogether')
  }
  return [...new Set(operations)]
}

/** What `npm run clients -- --help` says. */
export function usage(services: readonly string[]): string {
  return `npm run clients -- create <clientId> --name "<who>" [--operations <a>,<b>|'*']
npm run clients -- list
npm run clients -- rotate <clientId>             a second secret, beside the one in use
npm run clients -- rotate <clientId> --finish    the older of two secrets ends
npm run clients -- revoke <clientId>             no secret lets it in any more
npm run clients -- entitle <clientId> --operations <a>,<b>|'*'

each with
  --service <name>   whose clients: ${services.join(', ')}
  --file <path>      the registry's file, where it is not that of the local landscape,
                     \${STATE_FOLDER:-.local}/clients/<service>.json
  --json             the answer for a program

A service takes a change up within a second, without a restart. A secret is shown once, when it is
made, and ends 12 months later. A client may call all operations unless --operations names some.
What the landscape itself needs, \`npm start\` makes anew: its own clients come back with it.

It ends with 0 when it is done, 1 when it cannot be done, 2 when it was called wrongly.
`
}
