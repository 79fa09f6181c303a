import type { Contract, Operation, Operations } from '@ca/contracts'
import type { Telemetry } from '@ca/telemetry'
import { openRegistry } from './client-registry.ts'
import { createGate } from './gate.ts'
import { createListener } from './listener.ts'
import { watchLoad } from './load.ts'
import { createManagement, type HealthOfDependency } from './management.ts'
import { createPipeline } from './pipeline.ts'
import { withReference } from './reference.ts'
import type { ServiceSettings, TlsSettings } from './settings.ts'
import { answerUnreadable } from './unreadable.ts'

/** A running or startable service. */
export type Service = {
  readonly name: string
  readonly telemetry: Telemetry
  /**
   * @returns the ports that it took
   * @throws {Error} in one line, when a port cannot be had
   */
  start(): Promise<{ port: number; managementPort: number }>
  /**
   * Takes no more requests, answers those that it has within the time for an answer, and closes what
   * it depends on.
   */
  stop(): Promise<void>
}

type ServiceOptions<Ops> = {
  contract: Contract<Ops>
  operations: Operations<Ops>
  settings: ServiceSettings & Partial<TlsSettings>
  telemetry: Telemetry
  /** What it calls: named by its health, closed when it stops. */
  dependencies: readonly (HealthOfDependency & { close(): void | Promise<void> })[]
}

/**
 * Makes a service from its contract and its operations. All that every service does alike is in
 * here: who may call, what is a request, what is an answer, faults, logs, metrics, health.
 * @throws {Error} in one line, when a setting names something that cannot be read
 */
export async function createService<Ops>(options: ServiceOptions<Ops>): Promise<Service> {
  const { contract, settings, telemetry, dependencies } = options
  const clients = openRegistry(settings.CLIENTS_FILE, telemetry)
  const tls = tlsOf(settings)
  const load = watchLoad(settings.REQUESTS_AT_ONCE, telemetry)
  const pipeline = createPipeline({
    service: contract.name,
    gate: await createGate(contract, settings.BASE_PATH),
    clients,
    operations: options.operations as Record<string, Operation<unknown>>,
    answerWithinMs: settings.ANSWER_WITHIN_MS,
    load,
    telemetry,
  })
  const api = createListener({
    handle:
      settings.DOCS === 'on'
        ? withReference(pipeline, { contract, basePath: settings.BASE_PATH, telemetry })
        : pipeline,
    tls,
    endsWithHead: true,
    onUnreadable: answerUnreadable(telemetry),
  })

  let takesRequests = false
  const management = createListener({
    handle: createManagement({
      service: contract.name,
      dependencies,
      metrics: telemetry.metrics,
      takesRequests: () => takesRequests,
    }),
  })

  return {
    name: contract.name,
    telemetry,

    async start() {
      const { port: managementPort } = await management.listen({
        host: settings.MANAGEMENT_HOST,
        port: settings.MANAGEMENT_PORT,
        hostSetting: 'MANAGEMENT_HOST',
        portSetting: 'MANAGEMENT_PORT',
      })
      const { port } = await api
        .listen({
          host: settings.HOST,
          port: settings.PORT,
          hostSetting: 'HOST',
          portSetting: 'PORT',
        })
        .catch(async (error) => {
          await management.close(0)
          throw error
        })
      takesRequests = true
      clients.follow()
      telemetry.log.info(
        { pid: process.pid, port, managementPort },
        `${contract.name} takes requests on ${port}`,
      )
      return { port, managementPort }
    },

    async stop() {
      takesRequests = false
      // what is longer under way by then is a download, whose time is not bounded
      await api.close(settings.ANSWER_WITHIN_MS)
      clients.close()
      await Promise.all(dependencies.map((dependency) => dependency.close()))
      await management.close(0)
      telemetry.log.info(`${contract.name} stopped`)
    },
  }
}

function tlsOf({ TLS, TLS_CERT_FILE, TLS_KEY_FILE }: Partial<TlsSettings>) {
  if (TLS !== 'on') return undefined
  if (TLS_CERT_FILE && TLS_KEY_FILE) return { certFile: TLS_CERT_FILE, keyFile: TLS_KEY_FILE }
  throw new Error('bad settings: TLS_CERT_FILE and TLS_KEY_FILE are wanted, or TLS=off')
}
