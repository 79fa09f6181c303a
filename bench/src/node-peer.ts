import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contender } from './contender.ts'
import { freePort } from './free-port.ts'
import { startProcess } from './managed-process.ts'

/**
 * A peer that is a module in `peers/`. Its arguments are its port, the upstream's URL and, where it
 * speaks HTTPS, the files of its certificate and key; it says over IPC when it is ready.
 */
export function nodePeer(
  name: string,
  module: string,
  {
    environment,
    ...more
  }: Pick<Contender, 'missing'> & { environment?: Record<string, string> } = {},
): Contender {
  const entry = fileURLToPath(new URL(`../peers/${module}`, import.meta.url))
  return {
    ...more,
    name,
    async start({ folder, cores, upstreamUrl, tls }) {
      const port = await freePort()
      const files = tls ? [tls.certificateFile, tls.keyFile] : []
      const args = [`${port}`, upstreamUrl, ...files]
      const started = await startProcess({
        name,
        command: [...cores.contender, process.execPath, entry, ...args],
        environment,
        logFile: join(folder, `peer-${port}.log`),
        readyBy: 'message',
      })
      const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
      return { origin, headers: {}, processes: [started] }
    },
  }
}
