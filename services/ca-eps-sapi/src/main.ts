import { contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { openDatabase } from '@ca/stored-procedures'
import { createTelemetry } from '@ca/telemetry'
import { createTokenSource, createUpstream } from '@ca/upstream'
import { type Config, readConfig } from './config.ts'
import { createOperations } from './operations.ts'
import * as procedures from './procedures.ts'
import { createResultStatus } from './result-status.ts'

export async function createEpsSapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-eps-sapi', { level: config.LOG_LEVEL })
  const eps = await openDatabase({
    name: 'eps',
    url: config.EPS_DATABASE_URL,
    settings: config,
    telemetry,
    procedures: Object.values(procedures),
  })
  const rm = createUpstream({ name: 'rm', url: config.RM_URL, telemetry, attemptWithinMs: 5000 })
  const tokens = createTokenSource({
    upstream: rm,
    clientId: config.RM_CLIENT_ID,
    clientSecret: config.RM_CLIENT_SECRET,
  })
  const resultStatus = createResultStatus(eps, config.RM_AUTH === 'on' ? tokens : undefined)

  return createService({
    contract: contract('ca-eps-sapi'),
    operations: createOperations(resultStatus),
    settings: config,
    telemetry,
    dependencies: [eps, rm],
  })
}

if (import.meta.main) {
  await runService('ca-eps-sapi', () => createEpsSapi(readConfig(process.env)))
}
