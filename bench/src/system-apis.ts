import { join } from 'node:path'
import type { BenchClient } from './clients.ts'
import { makeEpsDatabase } from './eps-database.ts'
import { type RunningService, startService } from './service.ts'
import type { Site } from './site.ts'

/** A system API that can be started. */
export type SystemApi = {
  readonly name: string
  /** @param client who may call it */
  readonly start: (site: Site, client: BenchClient) => Promise<RunningService>
}

/** RM is the stub. */
const rm = ({ upstreamUrl }: Site) => ({
  RM_URL: upstreamUrl,
  RM_CLIENT_ID: 'bench',
  RM_CLIENT_SECRET: 'the stub takes any',
})

export const epsSapi = systemApi('ca-eps-sapi', (site) => ({
  EPS_DATABASE_URL: makeEpsDatabase(site.folder),
  ...rm(site),
}))

export const interchangeSapi = systemApi('ca-interchange-sapi', () => ({}))

export const rmSapi = systemApi('ca-rm-sapi', (site) => ({
  ORDERS_FILE: join(site.folder, 'orders.db'),
  ...rm(site),
}))

export const libsSapi = systemApi('ca-libs-sapi', () => ({}))

/** Databases that are not set are made in memory, with their sample data. */
function systemApi(name: string, settings: (site: Site) => Record<string, string>): SystemApi {
  return {
    name,
    start: (site, client) =>
      startService(name, { CLIENTS_FILE: client.file, ...settings(site) }, site),
  }
}
