import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DevelopmentCa, keepDevelopmentCa } from '../../tools/stack/src/development-ca.ts'
import { freePort } from './free-port.ts'
import type { Machine } from './machine.ts'
import { startProcess } from './managed-process.ts'

/** Where contenders are started. */
export type Site = Pick<Machine, 'cores' | 'program'> & {
  /** Where files go; thrown away afterwards. */
  readonly folder: string
  /** What answers behind every contender: `http://127.0.0.1:8082`. */
  readonly upstreamUrl: string
  /** Contenders speak HTTPS to their callers, with this certificate. */
  readonly tls?: DevelopmentCa
  /** Services are started with Node's inspector. */
  readonly isInspected?: boolean
}

/** The length of a script, in bytes. */
const pdfBytes = 5 * 1024 * 1024

/** Makes a folder and starts the stub that answers behind every contender. */
export async function openSite({ cores, program }: Machine) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // also where the benchmark is ended
  process.once('exit', remove)
  const upstream = await startStub(folder, cores.around, pdfBytes)
  const site: Site = { cores, program, folder, upstreamUrl: upstream.url }

  return {
    site,
    async close() {
      await upstream.process.stop()
      process.off('exit', remove)
      remove()
    },
  }
}

/** The same site, over HTTPS. */
export function withTls(site: Site): Site & { readonly tls: DevelopmentCa } {
  return { ...site, tls: keepDevelopmentCa(site.folder) }
}

/**
 * Starts a bare `node:http` server that answers what was made beforehand.
 * @param pinning the words before its command
 * @param pdfBytes the length of the script that it answers
 */
export async function startStub(folder: string, pinning: readonly string[], pdfBytes: number) {
  const port = await freePort()
  const entry = fileURLToPath(new URL('../peers/stub.ts', import.meta.url))
  const started = await startProcess({
    name: 'the stub',
    command: [...pinning, process.execPath, entry, `${port}`, `${pdfBytes}`],
    logFile: join(folder, `stub-${port}.log`),
    readyBy: 'message',
  })
  return { url: `http://127.0.0.1:${port}`, process: started }
}
