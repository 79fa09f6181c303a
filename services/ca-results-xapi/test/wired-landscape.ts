import { contract } from '@ca/contracts'
import { newSecret } from '@ca/service-kit/clients'
import { createFaultProxy, type FaultProxy, serve, serveOperations } from '@ca/test-kit'
import { createResultsXapi } from '../src/main.ts'
import { echo } from './landscape.ts'

type Options = {
  /** The longest that the Results API's answer may take, in milliseconds. */
  answerWithinMs?: number
  eps?: Partial<(typeof echo)['ca-eps-sapi']>
  rm?: Partial<(typeof echo)['ca-rm-sapi']>
  /** Where all system APIs are, in place of the stand-ins. */
  url?: string
}

/** Starts the Results API over stand-ins for two system APIs, each at the end of a faulty wire. */
export async function startOverWires({ answerWithinMs = 10_000, eps, rm, url }: Options = {}) {
  const secret = newSecret()
  const opened: { close(): Promise<void> }[] = []
  const wireTo = async (url: string): Promise<FaultProxy> => {
    const wire = await createFaultProxy(Number(new URL(url).port))
    opened.push(wire)
    return wire
  }
  const epsSapi = await serveOperations(
    contract('ca-eps-sapi'),
    { ...echo['ca-eps-sapi'], ...eps },
    { secret },
  )
  const rmSapi = await serveOperations(
    contract('ca-rm-sapi'),
    { ...echo['ca-rm-sapi'], ...rm },
    { secret },
  )
  const wires = { eps: await wireTo(epsSapi.url), rm: await wireTo(rmSapi.url) }
  const xapi = await serve(contract('ca-results-xapi'), (settings) =>
    createResultsXapi({
      ...settings,
      ANSWER_WITHIN_MS: answerWithinMs,
      TLS: 'off',
      EPS_SAPI_URL: url ?? wires.eps.url,
      RM_SAPI_URL: url ?? wires.rm.url,
      // no test asks these two
      INTERCHANGE_SAPI_URL: wires.eps.url,
      LIBS_SAPI_URL: wires.eps.url,
      SAPI_CLIENT_ID: 'test-client',
      SAPI_CLIENT_SECRET: secret,
    }),
  )

  return {
    xapi,
    wires,

    async stop() {
      await Promise.all(opened.map((wire) => wire.close()))
      await Promise.all([xapi, epsSapi, rmSapi].map((service) => service.stop()))
    },
  }
}

export type WiredLandscape = Awaited<ReturnType<typeof startOverWires>>
