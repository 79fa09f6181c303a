import { setFlagsFromString } from 'node:v8'
import { createTelemetry, type Telemetry } from '@ca/telemetry'
import type { Service } from './service.ts'

/**
 * V8 moves what a line of code makes to the old part of the heap from the start, once most of what it
 * made there lived long. While a service is cold that is so of much that belongs to a request; and
 * what is old keeps alive all that it points at until the next full collection, from then on for
 * every request (docs/decisions/0027).
 */
const noPretenuring = '--no-allocation-site-pretenuring'

/** How long a process that ends waits for whoever reads its log. */
const lastLinesWithinMs = 1000

/**
 * Runs a service as this process: starts it, tells a supervisor when it is ready, and stops it on
 * SIGTERM, SIGINT or the supervisor's death. What cannot start says why in one line and exits
 * with 1.
 * @param name the service's name, for the line that says why
 * @param create makes the service from its settings
 */
export async function runService(name: string, create: () => Promise<Service>): Promise<void> {
  setFlagsFromString(noPretenuring)
  let service: Service | undefined
  let isStopping = false

  process.on('uncaughtException', (error) => {
    const telemetry = service?.telemetry ?? createTelemetry(name)
    telemetry.log.fatal({ err: error }, `${name} ends: ${messageOf(error)}`)
    return end(telemetry, 1)
  })
  async function stop(): Promise<void> {
    if (isStopping) return
    isStopping = true
    await service?.stop()
    await end(service?.telemetry, 0)
  }
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, stop)
  // the channel to a supervisor must not be what keeps this process alive
  process.channel?.unref()

  try {
    service = await create()
    await service.start()
  } catch (error) {
    const telemetry = createTelemetry(name)
    telemetry.log.fatal(slipOf(error), `${name}: ${messageOf(error)}`)
    await tellSupervisor({ event: 'failed', message: messageOf(error) })
    return end(telemetry, 1)
  }
  if (!(await tellSupervisor({ event: 'ready' }))) await stop()
}

/** @returns false where there was a supervisor and it is gone */
function tellSupervisor(message: object): Promise<boolean> {
  return new Promise((resolve) => {
    if (!process.send) resolve(true)
    else if (process.connected) process.send(message, (error: unknown) => resolve(!error))
    else resolve(false)
  })
}

async function end(telemetry: Telemetry | undefined, exitCode: number): Promise<void> {
  await telemetry?.flush(lastLinesWithinMs)
  process.exit(exitCode)
}

/** What is wrong around a service is an Error with a clear message; any other kind is a slip in it. */
function slipOf(error: unknown): object {
  return error instanceof Error && error.name !== 'Error' ? { err: error } : {}
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
