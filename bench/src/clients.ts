import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { newSecret, secretEntry, writeClients } from '@ca/service-kit/clients'

/** A client of a service, with a registry that knows it alone. */
export type BenchClient = {
  readonly file: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Makes a client that may call everything, and its registry in the folder. */
export function makeClient(folder: string, clientId: string): BenchClient {
  const file = join(folder, `clients-${randomUUID()}.json`)
  const clientSecret = newSecret()
  const secrets = [secretEntry(clientSecret)]
  writeClients(file, [{ clientId, name: clientId, operations: ['*'], secrets }])
  return { file, clientId, clientSecret }
}

/** What the client's requests carry. */
export function headersOf({ clientId, clientSecret }: BenchClient) {
  return { client_id: clientId, client_secret: clientSecret }
}
