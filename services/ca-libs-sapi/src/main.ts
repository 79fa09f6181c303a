import { contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { openDatabase } from '@ca/stored-procedures'
import { createTelemetry } from '@ca/telemetry'
import { type Config, readConfig } from './config.ts'
import { createOperations } from './operations.ts'
import * as procedures from './procedures.ts'
import { createQuestionPapers } from './question-papers.ts'

export async function createLibsSapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-libs-sapi', { level: config.LOG_LEVEL })
  const libs = await openDatabase({
    name: 'libs',
    url: config.LIBS_DATABASE_URL,
    settings: config,
    telemetry,
    procedures: Object.values(procedures),
  })

  return createService({
    contract: contract('ca-libs-sapi'),
    operations: createOperations(createQuestionPapers(libs)),
    settings: config,
    telemetry,
    dependencies: [libs],
  })
}

if (import.meta.main) {
  await runService('ca-libs-sapi', () => createLibsSapi(readConfig(process.env)))
}
