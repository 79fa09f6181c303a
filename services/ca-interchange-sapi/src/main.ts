import { contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { openDatabase } from '@ca/stored-procedures'
import { createTelemetry } from '@ca/telemetry'
import { type Config, readConfig } from './config.ts'
import { createEnquireServices } from './enquire-services.ts'
import { createOperations } from './operations.ts'
import { ciDirectProcedures, interchangeProcedures } from './procedures.ts'

export async function createInterchangeSapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-interchange-sapi', { level: config.LOG_LEVEL })
  const interchange = await openDatabase({
    name: 'interchange',
    url: config.INTERCHANGE_DATABASE_URL,
    settings: config,
    telemetry,
    procedures: Object.values(interchangeProcedures),
  })
  const ciDirect = await openDatabase({
    name: 'ci-direct',
    url: config.CI_DIRECT_DATABASE_URL,
    settings: config,
    telemetry,
    procedures: Object.values(ciDirectProcedures),
  })

  return createService({
    contract: contract('ca-interchange-sapi'),
    operations: createOperations(createEnquireServices(interchange, ciDirect)),
    settings: config,
    telemetry,
    dependencies: [interchange, ciDirect],
  })
}

if (import.meta.main) {
  await runService('ca-interchange-sapi', () => createInterchangeSapi(readConfig(process.env)))
}
