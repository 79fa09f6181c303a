import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '@ca/service-kit/node-flags'
import { freePort } from './free-port.ts'
import { type ManagedProcess, startProcess } from './managed-process.ts'
import type { Site } from './site.ts'

// as `npm start` starts its processes: see tools/stack/src/managed-process.ts
const compiled = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url))

/** A service of ours that runs. */
export type RunningService = {
  readonly process: ManagedProcess
  readonly port: number
  readonly managementUrl: string
  /** Where Node's inspector listens, if the site wants that. */
  readonly inspectorPort: number | undefined
}

/**
 * Starts a service as `npm start` does, its log going to a file.
 * @param settings those that are its own, ports apart
 */
export async function startService(
  name: string,
  settings: Readonly<Record<string, string>>,
  { folder, cores, isInspected }: Site,
): Promise<RunningService> {
  const port = await freePort()
  const managementPort = await freePort()
  const inspectorPort = isInspected ? await freePort() : undefined
  const inspect = inspectorPort ? [`--inspect=127.0.0.1:${inspectorPort}`] : []
  const entry = fileURLToPath(new URL(`../../services/${name}/src/main.ts`, import.meta.url))
  const started = await startProcess({
    name,
    command: [...cores.contender, process.execPath, ...nodeFlags, ...inspect, entry],
    environment: {
      NODE_COMPILE_CACHE: compiled,
      PORT: `${port}`,
      MANAGEMENT_PORT: `${managementPort}`,
      ...settings,
    },
    logFile: join(folder, `${name}-${port}.log`),
    readyBy: 'message',
  })
  const managementUrl = `http://127.0.0.1:${managementPort}`
  return { process: started, port, managementUrl, inspectorPort }
}
