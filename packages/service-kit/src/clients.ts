import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const secretSchema = z.strictObject({
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

const clientSchema = z.strictObject({
  clientId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  name: z.string(),
  /** The operationIds that the client may call; `*` stands for all. */
  operations: z.array(z.string()),
  /** Two while a secret is being exchanged for a new one. */
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
  /** The ids of the clients that no secret of theirs lets in any more after that moment. */
  endingBy(moment: Date): string[]
}

/**
 * Reads a service's registry.
 * @param file path of a JSON file as {@link writeClients} makes it
 * @throws {Error} in one line, when it is missing or is no registry
 */
export function readClients(file: string): ClientRegistry {
  return createRegistry(parse(file).clients)
}

function createRegistry(clients: Client[]): ClientRegistry {
  const byId = new Map(clients.map((client) => [client.clientId, client]))
  return {
    find(clientId, clientSecret) {
      const client = byId.get(clientId)
      const given = digestOf(clientSecret)
      // an unknown client takes as long as a known one with a wrong secret
      const secrets = client?.secrets ?? [nobodysSecret]
      let known = false
      for (const { digest, expiresAt } of secrets) {
        const same = timingSafeEqual(given, Buffer.from(digest.slice('sha256:'.length), 'hex'))
        if (same && Date.parse(expiresAt) > Date.now()) known = true
      }
      return known ? client : undefined
    },

    endingBy: (moment) =>
      clients
        .filter(({ secrets }) => secrets.every(({ expiresAt }) => Date.parse(expiresAt) <= +moment))
        .map(({ clientId }) => clientId),
  }
}

/** Whether the client may call the operation. */
export function isEntitled(client: Client, operationId: string): boolean {
  return client.operations.includes('*') || client.operations.includes(operationId)
}

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
    digest: `sha256:${digestOf(secret).toString('hex')}`,
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

/** Writes a registry whole or not at all. */
export function writeClients(file: string, clients: Client[]): void {
  const unfinished = `${file}.${process.pid}.tmp`
  const text = JSON.stringify(registrySchema.parse({ clients }), undefined, 2)
  writeFileSync(unfinished, `${text}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
}

const nobodysSecret = { digest: `sha256:${'0'.repeat(64)}`, expiresAt: '1970-01-01T00:00:00Z' }

function haveIdsOfTheirOwn(clients: Client[]): boolean {
  return new Set(clients.map(({ clientId }) => clientId)).size === clients.length
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function parse(file: string): z.infer<typeof registrySchema> {
  try {
    return registrySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file} is no registry of clients: ${whyNot(error)}`)
  }
}

/** In one line, and without the file's text: what stands in the wrong file may be a secret. */
function whyNot(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON'
  const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message
  return why.replaceAll(/\s+/g, ' ')
}
