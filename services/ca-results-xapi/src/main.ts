import { contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { createTelemetry } from '@ca/telemetry'
import { createSystemApi } from '@ca/upstream'
import { type Config, readConfig } from './config.ts'
import { createOperations } from './operations.ts'

export async function createResultsXapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-results-xapi', { level: config.LOG_LEVEL })
  const eps = createSystemApi({
    contract: contract('ca-eps-sapi'),
    url: config.EPS_SAPI_URL,
    clientId: config.SAPI_CLIENT_ID,
    clientSecret: config.SAPI_CLIENT_SECRET,
    telemetry,
  })

  return createService({
    contract: contract('ca-results-xapi'),
    operations: createOperations(eps.operations),
    settings: config,
    telemetry,
    dependencies: [eps],
  })
}

if (import.meta.main) {
  await runService('ca-results-xapi', () => createResultsXapi(readConfig(process.env)))
}
