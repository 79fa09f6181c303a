import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '@ca/service-kit/clients'
import { writePrivately } from './private-file.ts'

/** What a client shows of itself when it calls. */
export type Credentials = { readonly clientId: string; readonly clientSecret: string }

/**
 * Keeps the secrets of the landscape's clients in the folder, so that they are the same at every
 * start. It is the one place where they stand as they are: registries hold digests.
 * @returns gives a client's credentials, made when they are asked for the first time
 */
export function keepCredentials(folder: string): (clientId: string) => Credentials {
  const file = join(folder, 'credentials.json')
  const secrets = readSecrets(file)

  return (clientId) => {
    const known = secrets.get(clientId)
    if (known) return { clientId, clientSecret: known }
    const clientSecret = newSecret()
    secrets.set(clientId, clientSecret)
    writePrivately(file, `${JSON.stringify(Object.fromEntries(secrets), undefined, 2)}\n`)
    return { clientId, clientSecret }
  }
}

function readSecrets(file: string): Map<string, string> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
    return new Map(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    // the first start, or a damaged file: demonstration secrets may be made anew
    return new Map()
  }
}
