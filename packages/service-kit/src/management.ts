import type { Registry } from '@prometheus-io/client'
import express, { type Express } from 'express'

/** Something that a service depends on, as its health tells it. */
export type HealthOfDependency = {
  readonly name: string
  /** @throws {Error} when it is down */
  check(): Promise<void>
}

type ManagementOptions = {
  service: string
  dependencies: readonly HealthOfDependency[]
  metrics: Registry
  /** Whether requests are taken: not before the start, not while stopping. */
  takesRequests(): boolean
}

const checkWithinMs = 1000

/**
 * What ops and probes ask of a service, on a port of its own: `/health/live` (the process runs),
 * `/health/ready` (it takes requests) and `/metrics`.
 *
 * Readiness names every dependency but does not follow from them: a service whose database is
 * down still answers its callers with the right fault, and one taken out of rotation could not.
 */
export function createManagement({
  service,
  dependencies,
  metrics,
  takesRequests,
}: ManagementOptions): Express {
  const app = express().disable('x-powered-by')

  app.get('/health/live', (_request, response) => {
    response.json({ service, status: 'up' })
  })

  app.get('/health/ready', async (_request, response) => {
    const states = await Promise.all(
      dependencies.map(async (dependency) => ({
        name: dependency.name,
        status: await stateOf(dependency),
      })),
    )
    const ready = takesRequests()
    response
      .status(ready ? 200 : 503)
      .json({ service, status: ready ? 'up' : 'down', dependencies: states })
  })

  app.get('/metrics', async (_request, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.metrics())
  })

  return app
}

/** `unknown` where a dependency says neither yes nor no in time. */
async function stateOf(dependency: HealthOfDependency): Promise<'up' | 'down' | 'unknown'> {
  let timer: NodeJS.Timeout | undefined
  const noAnswer = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), checkWithinMs)
  })
  return Promise.race([ask(dependency), noAnswer]).finally(() => clearTimeout(timer))
}

async function ask(dependency: HealthOfDependency): Promise<'up' | 'down'> {
  try {
    await dependency.check()
    return 'up'
  } catch {
    return 'down'
  }
}
