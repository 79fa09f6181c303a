import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { z } from 'zod'

/** The form of a client's id. */
export const clientIdForm = /^[A-Za-z0-9._-]{1,64}$/

const secretSchema = z.strictObject({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

const clientSchema = z.strictObject({
  clientId: z.string().regex(clientIdForm),
  name: z.string(),
  /** The operationIds that the client may call; `*` stands for all. */
  operations: z.array(z.string()),
  /** Two while a secret is being exchanged for a new one; none where the client was revoked. */
  secrets: z.array(secretSchema).max(2),
})

const registrySchema = z.strictObject({
  clients: z.array(clientSchema).refine(haveIdsOfTheirOwn, 'a clientId stands there twice'),
})

/** A client of a service, as the service's registry keeps it: digests, never secrets. */
export type Client = z.infer<typeof clientSchema>

/** Who may call a service. */
export type ClientRegistry = {
  /** The client that these credentials belong to, if the secret is one of its live ones. */
  find(clientId: string, clientSecret: string): Client | undefined
  /** The ids of the clients, but those revoked, that no secret of theirs lets in after that moment. */
  endingBy(moment: Date): string[]
}

/**
 * The clients in a service's registry, in its order.
 * @param file path of a JSON file as {@link writeClients} makes it
 * @throws {Error} in one line, when it is missing or is no registry
 */
export function readClientList(file: string): Client[] {
  return parseClients(file, readClientText(file))
}

/** @throws {Error} in one line, when the file cannot be read */
export function readClientText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw noRegistry(file, error)
  }
}

/**
 * @param file where the text stands, for the line that says what is wrong with it
 * @throws {Error} in one line, when it is no registry
 */
export function parseClients(file: string, text: string): Client[] {
  try {
    return registrySchema.parse(JSON.parse(text)).clients
  } catch (error) {
    throw noRegistry(file, error)
  }
}

/** In one line, and without the file's text: what stands in the wrong file may be a secret. */
export function noRegistry(file: string, error: unknown): Error {
  return new Error(`${file} is no registry of clients: ${whyNot(error)}`)
}

/** Who may call, as these clients have it. */
export function registryOf(clients: readonly Client[]): ClientRegistry {
  const byId = new Map(
    clients.map((client) => [client.clientId, { client, secrets: client.secrets.map(liveSecret) }]),
  )
  return {
    find(clientId, clientSecret) {
      // an unknown client takes as long as a known one with a wrong secret
      const { client, secrets } = byId.get(clientId) ?? nobody
      const given = digestOf(clientSecret)
      let known = false
      for (const { digest, endsAt } of secrets) {
        if (timingSafeEqual(given, digest) && endsAt > Date.now()) known = true
      }
      return known ? client : undefined
    },

    endingBy: (moment) =>
      clients
        .filter(({ secrets }) => secrets.length > 0)
        .filter(({ secrets }) => secrets.every(({ expiresAt }) => Date.parse(expiresAt) <= +moment))
        .map(({ clientId }) => clientId),
  }
}

/** Whether the client may call the operation. */
export function isEntitled(client: Client, operationId: string): boolean {
  return client.operations.includes('*') || client.operations.includes(operationId)
}

/** What the client may call, as a text that is the same for all that may call the same. */
export function entitlementOf(client: Client): string {
  const known = entitlements.get(client)
  if (known !== undefined) return known
  const entitlement = client.operations.toSorted().join()
  entitlements.set(client, entitlement)
  return entitlement
}

const entitlements = new WeakMap<Client, string>()

/** A new client secret: 256 random bits, so that its plain digest cannot be searched for. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * How a registry keeps a secret.
 * @param now when it was made; it ends 12 months later, as the exam board's credentials do
 */
export function secretEntry(secret: string, now = new Date()): Client['secrets'][number] {
  const expiresAt = new Date(now)
  expiresAt.setUTCFullYear(now.getUTCFullYear() + 1)
  return {
    digest: `sha256:${hash('sha256', secret)}`,
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

/** Writes a registry, as {@link changeClients} does. */
export function writeClients(file: string, clients: readonly Client[]): void {
  changeClients(file, () => ({ clients }))
}

/**
 * Changes a registry whole or not at all, while nobody else changes it.
 *
 * The new registry is written beside the old one as `<file>.lock`, which only one process at a time
 * can make, and takes the old one's place by being renamed.
 * @param change reads the registry and makes of it what is to stand there; undefined leaves it
 * @returns what `change` does
 * @throws what `change` throws, and in one line when the file cannot be written, or is being
 *   changed by another process for longer than 5 s
 */
export function changeClients<Made extends { readonly clients: readonly Client[] } | undefined>(
  file: string,
  change: () => Made,
): Made {
  const next = `${file}.lock`
  const descriptor = openAlone(next, file)
  try {
    const made = change()
    if (made) {
      const text = JSON.stringify(registrySchema.parse({ clients: made.clients }), undefined, 2)
      writeFileSync(descriptor, `${text}\n`)
      fsyncSync(descriptor)
      renameSync(next, file)
    } else {
      rmSync(next)
    }
    return made
  } catch (error) {
    // still ours: nothing fails after the renaming, when a file of that name is another process's
    rmSync(next, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}

/** A change takes milliseconds; who waits longer waits for a process that was killed. */
const longestWaitMs = 5000
const pauseMs = 10

function openAlone(next: string, file: string): number {
  const givesUpAt = performance.now() + longestWaitMs
  for (;;) {
    try {
      return openSync(next, 'wx', 0o600)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST') throw new Error(`${file} cannot be written: ${message}`)
      if (performance.now() > givesUpAt) {
        throw new Error(`${file} is being changed; if by nobody, delete ${next} and try again`)
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
    }
  }
}

const nobody = { client: undefined, secrets: [{ digest: Buffer.alloc(64), endsAt: 0 }] }

function liveSecret({ digest, expiresAt }: Client['secrets'][number]) {
  return {
    digest: Buffer.from(digest.slice('sha256:'.length)),
    endsAt: Date.parse(expiresAt),
  }
}

function haveIdsOfTheirOwn(clients: readonly Client[]): boolean {
  return new Set(clients.map(({ clientId }) => clientId)).size === clients.length
}

/** A secret's digest in the form of the registry's: Node makes text sooner than bytes. */
function digestOf(secret: string): Buffer {
  return Buffer.from(hash('sha256', secret))
}

function whyNot(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON'
  const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
  return why.replaceAll(/\s+/g, ' ')
}
