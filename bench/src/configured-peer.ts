import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contender } from './contender.ts'
import { freePort } from './free-port.ts'
import { startProcess } from './managed-process.ts'

type Configured = {
  /** The program, which is also the contender's name. */
  readonly program: string
  /** Its configuration in `peers/`, in which `{port}`, `{upstream}` and `{folder}` are filled in. */
  readonly configuration: string
  /** @param file the configuration, filled in */
  readonly args: (file: string) => readonly string[]
}

/** A peer that is a program of the operating system's. */
export function configuredPeer({ program, configuration, args }: Configured): Contender {
  return {
    name: program,
    missing: (site) => (site.program(program) ? undefined : 'it is not installed'),
    async start(site) {
      const port = await freePort()
      const file = join(site.folder, `${port}-${configuration}`)
      const filling: Record<string, string> = {
        port: `${port}`,
        upstream: new URL(site.upstreamUrl).host,
        folder: site.folder,
      }
      const text = readFileSync(new URL(`../peers/${configuration}`, import.meta.url), 'utf8')
      writeFileSync(
        file,
        text.replaceAll(/\{(port|upstream|folder)\}/g, (_, name) => filling[name] ?? ''),
      )
      const started = await startProcess({
        name: program,
        command: [...site.cores.contender, site.program(program) ?? program, ...args(file)],
        logFile: join(site.folder, `${program}-${port}.log`),
        readyBy: port,
      })
      return { origin: `http://127.0.0.1:${port}`, headers: {}, processes: [started] }
    },
  }
}
