import { type ContractName, contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { createTelemetry } from '@ca/telemetry'
import { createSystemApi } from '@ca/upstream'
import { type Config, readConfig } from './config.ts'
import { createOperations } from './operations.ts'

export async function createResultsXapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-results-xapi', { level: config.LOG_LEVEL })
  const systemApi = <Name extends ContractName>(name: Name, url: string) =>
    createSystemApi({
      contract: contract(name),
      url,
      clientId: config.SAPI_CLIENT_ID,
      clientSecret: config.SAPI_CLIENT_SECRET,
      telemetry,
    })
  const interchange = systemApi('ca-interchange-sapi', config.INTERCHANGE_SAPI_URL)
  const eps = systemApi('ca-eps-sapi', config.EPS_SAPI_URL)
  const rm = systemApi('ca-rm-sapi', config.RM_SAPI_URL)
  const libs = systemApi('ca-libs-sapi', config.LIBS_SAPI_URL)

  return createService({
    contract: contract('ca-results-xapi'),
    operations: createOperations({
      interchange: interchange.operations,
      eps: eps.operations,
      rm: rm.operations,
      libs: libs.operations,
    }),
    settings: config,
    telemetry,
    dependencies: [interchange, eps, rm, libs],
  })
}

if (import.meta.main) {
  await runService('ca-results-xapi', () => createResultsXapi(readConfig(process.env)))
}
