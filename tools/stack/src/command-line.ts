import { parseArgs } from 'node:util'

export type Command = {
  readonly help: boolean
  readonly keepGoing: boolean
  /** The processes to start, in the order of the landscape. */
  readonly names: readonly string[]
}

/**
 * Reads the command line of `npm start`.
 * @param known the names of the landscape's processes; all are started when none is named
 * @throws {Error} in one line, when an option or a name is unknown
 */
export function parseCommand(args: readonly string[], known: readonly string[]): Command {
  const { values, positionals } = parse(args)
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(', ')}; there are ${known.join(', ')}`)
  }
  return {
    help: values.help,
    keepGoing: values['keep-going'],
    names: positionals.length === 0 ? known : known.filter((name) => positionals.includes(name)),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'keep-going': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    // Node adds a second sentence on how to pass an option that is none
    const [what] = (error as Error).message.split('. ')
    throw new Error(`${what}; npm start -- --help says what there is`)
  }
}

/** What `npm start -- --help` says. */
export function usage(known: readonly string[]): string {
  return `npm start                      the whole landscape
npm start -- <name>...         only these: ${known.join(', ')}
npm start -- --keep-going      when a process dies, name it and leave the others running

PORT_OFFSET=<n> npm start      every port moved by n, so that two landscapes run side by side
STATE_FOLDER=<path> npm start  certificates, credentials and logs there instead of in .local
LOG_LEVEL=debug npm start      any setting of the processes can be given like this

It ends with 0 when it was asked to stop (Ctrl-C, SIGTERM, SIGHUP), with 1 when a process died or
could not start, with 2 when it was called wrongly. A second Ctrl-C does not wait for anything.
`
}
