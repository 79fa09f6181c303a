import { type BenchClient, headersOf, makeClient } from './clients.ts'
import type { Contender, Standing } from './contender.ts'
import { startService } from './service.ts'
import type { Site } from './site.ts'
import { epsSapi } from './system-apis.ts'

/** ca-results-xapi as it is, every policy on; the stub answers as its system APIs. */
export const resultsXapi: Contender = {
  name: 'ca-results-xapi',
  start: (site) => startXapi(site, makeClient(site.folder, 'ca-results-xapi')),
}

/** The whole way: ca-results-xapi, ca-eps-sapi and a database in a file, on one core. */
export const resultsToDatabase: Contender = {
  name: 'ca-results-xapi, ca-eps-sapi, SQLite',
  async start(site) {
    const inside = makeClient(site.folder, 'ca-results-xapi')
    const eps = await epsSapi.start(site, inside)
    const xapi = await startXapi(site, inside, `http://127.0.0.1:${eps.port}`)
    return {
      ...xapi,
      processes: [...xapi.processes, eps.process],
      services: { ...xapi.services, 'ca-eps-sapi': eps },
    }
  },
}

/**
 * @param inside its own credentials at the system APIs
 * @param epsUrl where ca-eps-sapi is, if it is not the stub
 */
async function startXapi(
  site: Site,
  inside: BenchClient,
  epsUrl = site.upstreamUrl,
): Promise<Standing> {
  const { folder, upstreamUrl, tls } = site
  const consumer = makeClient(folder, 'bench-consumer')
  const xapi = await startService(
    'ca-results-xapi',
    {
      CLIENTS_FILE: consumer.file,
      TLS: tls ? 'on' : 'off',
      ...(tls && { TLS_CERT_FILE: tls.certificateFile, TLS_KEY_FILE: tls.keyFile }),
      INTERCHANGE_SAPI_URL: upstreamUrl,
      EPS_SAPI_URL: epsUrl,
      RM_SAPI_URL: upstreamUrl,
      LIBS_SAPI_URL: upstreamUrl,
      SAPI_CLIENT_ID: inside.clientId,
      SAPI_CLIENT_SECRET: inside.clientSecret,
    },
    site,
  )
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${xapi.port}`,
    headers: headersOf(consumer),
    processes: [xapi.process],
    services: { 'ca-results-xapi': xapi },
  }
}
