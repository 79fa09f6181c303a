import { type Client, newSecret, secretEntry } from '@ca/service-kit/clients'

/** Clients after a change, and what there is to tell of it. */
export type Change = {
  readonly clients: readonly Client[]
  /** The client that was changed, as it is now. */
  readonly client: Client
  /** A secret that was made. */
  readonly clientSecret?: string
}

/**
 * Adds a client. One that was revoked is let in again, as a new one.
 * @throws {Error} in one line, when there is one of that id
 */
export function create(
  clients: readonly Client[],
  { clientId, name, operations }: Omit<Client, 'secrets'>,
): Change {
  const known = clients.find((client) => client.clientId === clientId)
  if (known && !isRevoked(known)) {
    throw new Error(`There is a ${clientId} already; rotate gives it another secret`)
  }
  const clientSecret = newSecret()
  const client = { clientId, name, operations, secrets: [secretEntry(clientSecret)] }
  return { clients: known ? replace(clients, client) : [...clients, client], client, clientSecret }
}

/**
 * Gives a client another secret beside the one that it has. What has ended is forgotten.
 * @throws {Error} in one line, when it has two that live, is revoked or is not there
 */
export function rotate(clients: readonly Client[], clientId: string): Change {
  const known = knownClient(clients, clientId)
  if (isRevoked(known)) throw new Error(`${clientId} is revoked; create lets it in again`)
  const live = liveSecrets(known)
  if (live.length > 1) {
    throw new Error(
      `${clientId} has two secrets already; once it uses the newer one, rotate ${clientId} --finish`,
    )
  }
  const clientSecret = newSecret()
  const client = { ...known, secrets: [...live, secretEntry(clientSecret)] }
  return { clients: replace(clients, client), client, clientSecret }
}

/**
 * Ends the older of a client's two secrets.
 * @throws {Error} in one line, when it has not two that live
 */
export function finish(clients: readonly Client[], clientId: string): Change {
  const known = knownClient(clients, clientId)
  const live = liveSecrets(known)
  if (live.length < 2) {
    throw new Error(`${clientId} has no older secret to end; rotate ${clientId} begins an exchange`)
  }
  const client = { ...known, secrets: live.slice(-1) }
  return { clients: replace(clients, client), client }
}

/** Takes all of a client's secrets from it. It stays in the registry, so that its id is known. */
export function revoke(clients: readonly Client[], clientId: string): Change {
  const client = { ...knownClient(clients, clientId), secrets: [] }
  return { clients: replace(clients, client), client }
}

/** Lets a client call these operations, and no others. */
export function entitle(
  clients: readonly Client[],
  clientId: string,
  operations: readonly string[],
): Change {
  const client = { ...knownClient(clients, clientId), operations: [...operations] }
  return { clients: replace(clients, client), client }
}

/** Whether all of a client's secrets were taken from it. */
export function isRevoked({ secrets }: Client): boolean {
  return secrets.length === 0
}

function knownClient(clients: readonly Client[], clientId: string): Client {
  const client = clients.find((client) => client.clientId === clientId)
  if (client) return client
  const others = clients.map((client) => client.clientId).join(', ')
  throw new Error(
    `There is no client ${clientId}; ${others ? `there are ${others}` : 'none at all'}`,
  )
}

/** Those that still let in, the newest last. */
function liveSecrets({ secrets }: Client): Client['secrets'] {
  return secrets
    .filter(({ expiresAt }) => Date.parse(expiresAt) > Date.now())
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
}

function replace(clients: readonly Client[], client: Client): Client[] {
  return clients.map((other) => (other.clientId === client.clientId ? client : other))
}
