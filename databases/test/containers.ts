import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { StartedTestContainer } from 'testcontainers'
import { ownPassword } from './own-names.ts'
import { type Server, servers } from './servers.ts'

type Started = {
  /** The administrator's URLs, by the variables that tests know them by. */
  readonly urls: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const answersWithinMs = 800
/** An image may have to be fetched first. */
const startsWithinMs = 300_000

/**
 * Starts a container for each kind of server that the environment names none of.
 * TEST_CONTAINERS=off leaves that.
 * @param say is told in one line what is not to be had, and why
 */
export async function startMissingServers(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Started> {
  const missing = servers.filter(({ variable }) => !env[variable])
  const containers: StartedTestContainer[] = []
  const urls: Record<string, string> = {}
  if (missing.length > 0 && env.TEST_CONTAINERS !== 'off' && (await isEngineThere(env))) {
    for (const server of missing) {
      try {
        say(`Starting ${server.engine} in a container`)
        const { container, url } = await start(server)
        containers.push(container)
        urls[server.variable] = url
      } catch (error) {
        const [why] = (error as Error).message.split('\n')
        say(`There is no container of ${server.engine}: ${why}`)
      }
    }
  }
  return {
    urls,
    async stop() {
      for (const container of containers) await container.stop()
    },
  }
}

async function start({
  folder,
}: Server): Promise<{ container: StartedTestContainer; url: string }> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const password = ownPassword()
  if (folder === 'mssql') {
    const container = await new GenericContainer('mcr.microsoft.com/mssql/server:2022-latest')
      .withEnvironment({ ACCEPT_EULA: 'Y', MSSQL_SA_PASSWORD: password })
      .withExposedPorts(1433)
      .withWaitStrategy(Wait.forLogMessage('SQL Server is now ready for client connections'))
      .withStartupTimeout(startsWithinMs)
      .start()
    const place = `${container.getHost()}:${container.getMappedPort(1433)}`
    const url = `mssql://sa:${password}@${place}/master?encrypt=true&trustServerCertificate=true`
    return { container, url }
  }
  const container = await new GenericContainer('gvenzl/oracle-free:23-slim')
    .withEnvironment({ ORACLE_PASSWORD: password })
    .withExposedPorts(1521)
    .withWaitStrategy(Wait.forLogMessage('DATABASE IS READY TO USE!'))
    .withStartupTimeout(startsWithinMs)
    .start()
  const place = `${container.getHost()}:${container.getMappedPort(1521)}`
  return { container, url: `oracle://system:${password}@${place}/FREEPDB1` }
}

/** Whether a container engine answers where one is looked for, found out in less than a second. */
async function isEngineThere({ DOCKER_HOST }: NodeJS.ProcessEnv): Promise<boolean> {
  const url = URL.parse(DOCKER_HOST ?? '')
  if (url?.protocol === 'tcp:') {
    return answers({ host: url.hostname, port: Number(url.port || 2375) })
  }
  const path = DOCKER_HOST ? DOCKER_HOST.replace(/^(unix|npipe):\/\//, '') : usualPath()
  return path !== undefined && answers({ path })
}

function usualPath(): string | undefined {
  if (process.platform === 'win32') return '//./pipe/docker_engine'
  const paths = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')]
  return paths.find((path) => existsSync(path))
}

async function answers(at: { path: string } | { host: string; port: number }): Promise<boolean> {
  const socket = connect(at)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answersWithinMs) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
