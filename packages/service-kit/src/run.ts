import { createTelemetry } from '@ca/telemetry'
import type { Service } from './service.ts'

/**
 * Runs a service as this process: starts it, tells a supervisor when it is ready, and stops it on
 * SIGTERM, SIGINT or the supervisor's death. What cannot start says why in one line and exits
 * with 1.
 * @param name the service's name, for the line that says why
 * @param create makes the service from its settings
 */
export async function runService(name: string, create: () => Promise<Service>): Promise<void> {
  let service: Service | undefined
  let isStopping = false

  process.on('uncaughtException', (error) => {
    const { log } = service?.telemetry ?? createTelemetry(name)
    log.fatal({ err: error }, `${name} ends: ${messageOf(error)}`)
    process.exit(1)
  })
  for (const end of ['SIGTERM', 'SIGINT', 'disconnect']) {
    process.on(end, async () => {
      if (isStopping) return
      isStopping = true
      await service?.stop()
      process.exit(0)
    })
  }
  // the channel to a supervisor must not be what keeps this process alive
  process.channel?.unref()

  try {
    service = await create()
    await service.start()
    process.send?.({ event: 'ready' })
  } catch (error) {
    createTelemetry(name).log.fatal({ err: error }, `${name}: ${messageOf(error)}`)
    process.exitCode = 1
    if (process.send) process.send({ event: 'failed', message: messageOf(error) }, leave)
    else leave()
  }
}

function leave(): void {
  process.exit()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
