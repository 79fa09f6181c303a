import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { contractNames } from '@ca/contracts'
import { type Client, changeClients, readClientList } from '@ca/service-kit/clients'
import { type Change, create, entitle, finish, revoke, rotate } from './client-changes.ts'
import { type Command, parseCommand, usage, WrongUse } from './command-line.ts'
import { day, listing, operationsText, shown } from './listing.ts'
import { checkOperations, findRegistry, type RegistryFile } from './registry-file.ts'

const { argv, env, stdout, stderr } = process
const root = fileURLToPath(new URL('../../..', import.meta.url))

type ChangeCommand = Exclude<Command, { action: 'help' | 'list' }>

function run(command: Command): string {
  if (command.action === 'help') return usage(contractNames)
  const registry = findRegistry(command, env.STATE_FOLDER || join(root, '.local'))
  if (command.action === 'list') {
    const clients = readClientList(registry.file)
    return command.json ? json(clients.map(shown)) : listing(clients)
  }
  if ('operations' in command) checkOperations(command.operations, registry)
  const { client, clientSecret } = changeRegistry(registry, command)
  return command.json
    ? json({ ...shown(client), ...(clientSecret && { clientSecret }) })
    : told(command, client, clientSecret)
}

function changeRegistry({ file }: RegistryFile, command: ChangeCommand): Change {
  return changeClients(file, () => {
    // the first client of a service brings its registry with it
    const isNew = command.action === 'create' && !existsSync(file)
    return changed(isNew ? [] : readClientList(file), command)
  })
}

function changed(clients: readonly Client[], command: ChangeCommand): Change {
  switch (command.action) {
    case 'create':
      return create(clients, { ...command, operations: [...command.operations] })
    case 'rotate':
      return rotate(clients, command.clientId)
    case 'finish':
      return finish(clients, command.clientId)
    case 'revoke':
      return revoke(clients, command.clientId)
    case 'entitle':
      return entitle(clients, command.clientId, command.operations)
  }
}

/** What was done, for people. */
function told({ action }: ChangeCommand, client: Client, clientSecret: string | undefined): string {
  const { clientId, operations, secrets } = client
  if (clientSecret) {
    const until = day(secrets.at(-1)?.expiresAt ?? '')
    const older =
      action === 'rotate' && secrets.length > 1
        ? `The older secret still lets in, until: rotate ${clientId} --finish\n`
        : ''
    return `client_id      ${clientId}
client_secret  ${clientSecret}

${clientId} may call ${operationsText(operations)} with it until ${until}.
This is the one time that the secret is shown: the registry keeps a digest of it.
${older}`
  }
  switch (action) {
    case 'finish':
      return `The older secret of ${clientId} lets in no more.\n`
    case 'revoke':
      return `${clientId} is revoked: no secret lets it in any more.\n`
    default:
      return `${clientId} may call ${operationsText(operations)}.\n`
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

try {
  stdout.write(run(parseCommand(argv.slice(2))))
} catch (error) {
  stderr.write(`${styleText('red', (error as Error).message, { stream: stderr })}\n`)
  process.exitCode = error instanceof WrongUse ? 2 : 1
}
