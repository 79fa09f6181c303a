import { readFile } from 'node:fs/promises'
import type { Telemetry } from '@ca/telemetry'
import {
  type ClientRegistry,
  noRegistry,
  parseClients,
  readClientText,
  registryOf,
} from './clients.ts'

/** A service's registry while the service runs: read again when its file changes. */
export type LiveRegistry = Pick<ClientRegistry, 'find'> & {
  /** Begins to look at the file, and to warn of credentials that end. */
  follow(): void
  close(): void
}

const dayMs = 24 * 60 * 60 * 1000
/** Credentials that end sooner than this are warned of: at the start, after a change, every day. */
const warnMs = 30 * dayMs
/** A client that is revoked is still let in for about as long as this. */
const lookMs = 500

/**
 * Opens a service's registry.
 *
 * Its text is compared, not its date: so no change can be missed, whether the file was written in
 * place, replaced, or is a link that was turned. While it is missing or is no registry, as one that
 * is half written, the last good one stays in force.
 * @throws {Error} in one line, when it is missing or is no registry
 */
export function openRegistry(file: string, { log }: Telemetry): LiveRegistry {
  /** The file's text, or why it could not be read. */
  let seen = readClientText(file)
  let registry = registryOf(parseClients(file, seen))
  let isClosed = false
  let looking: NodeJS.Timeout | undefined
  let warning: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const text = await readFile(file, 'utf8').catch((error) => noRegistry(file, error))
    if (isClosed) return
    if (String(text) !== seen) {
      seen = String(text)
      take(text)
    }
    lookLater()
  }

  function take(text: string | Error): void {
    try {
      if (text instanceof Error) throw text
      registry = registryOf(parseClients(file, text))
    } catch (error) {
      log.error(`${(error as Error).message}; who might call before may still call`)
      return
    }
    log.info('the registry of clients was read again')
    warn()
  }

  function lookLater(): void {
    looking = setTimeout(look, lookMs).unref()
  }

  function warn(): void {
    for (const clientId of registry.endingBy(new Date(Date.now() + warnMs))) {
      log.warn({ clientId }, `the credentials of ${clientId} have ended or soon will`)
    }
  }

  return {
    find: (clientId, clientSecret) => registry.find(clientId, clientSecret),
    follow() {
      warn()
      warning = setInterval(warn, dayMs).unref()
      lookLater()
    },
    close() {
      isClosed = true
      clearTimeout(looking)
      clearInterval(warning)
    },
  }
}
