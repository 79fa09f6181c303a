import { type Client, changeClients, readClientList, secretEntry } from '@ca/service-kit/clients'
import type { Credentials } from './credentials.ts'

/** A client that a service of the landscape knows from the first start. */
export type KnownClient = { readonly clientId: string; readonly name: string }

const dayMs = 24 * 60 * 60 * 1000
/** As long before a secret's end as services begin to warn of it. */
const renewalDays = 30

/**
 * Keeps a service's registry: each of `clients` may call everything there with its credentials for
 * at least another month. What else the registry holds stays, such as clients added by hand.
 * @param file the registry; made if there is none, or none that can be read
 */
export function keepRegistry(
  file: string,
  clients: readonly KnownClient[],
  credentialsOf: (clientId: string) => Credentials,
  now = new Date(),
): void {
  changeClients(file, () => {
    const registered = registeredClients(file)
    const missing = clients
      .map(({ clientId, name }) => ({
        clientId,
        name,
        operations: ['*'],
        secrets: [secretEntry(credentialsOf(clientId).clientSecret, now)],
      }))
      .filter((client) => !registered.some((known) => isStillGood(known, client, now)))
    if (missing.length === 0) return undefined

    const isReplaced = ({ clientId }: Client) => missing.some((it) => it.clientId === clientId)
    return { clients: [...registered.filter((client) => !isReplaced(client)), ...missing] }
  })
}

function isStillGood(known: Client, wanted: Client, now: Date): boolean {
  const renewAt = now.getTime() + renewalDays * dayMs
  return (
    known.clientId === wanted.clientId &&
    known.secrets.some(
      ({ digest, expiresAt }) =>
        digest === wanted.secrets[0]?.digest && Date.parse(expiresAt) > renewAt,
    )
  )
}

function registeredClients(file: string): Client[] {
  try {
    return readClientList(file)
  } catch {
    return []
  }
}
