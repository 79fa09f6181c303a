import { contract } from '@ca/contracts'
import { createService, runService, type Service } from '@ca/service-kit'
import { createTelemetry } from '@ca/telemetry'
import { createTokenSource, createUpstream } from '@ca/upstream'
import { type Config, readConfig } from './config.ts'
import { createOperations } from './operations.ts'
import { openOrderRecord } from './order-record.ts'
import { createOrders } from './orders.ts'
import { createRm, type PlacedOrder } from './rm.ts'
import { createScripts } from './scripts.ts'

export async function createRmSapi(config: Config): Promise<Service> {
  const telemetry = createTelemetry('ca-rm-sapi', { level: config.LOG_LEVEL })
  const upstream = createUpstream({
    name: 'rm',
    url: config.RM_URL,
    telemetry,
    attemptWithinMs: 5000,
  })
  const tokens = createTokenSource({
    upstream,
    clientId: config.RM_CLIENT_ID,
    clientSecret: config.RM_CLIENT_SECRET,
  })
  const rm = createRm(upstream, tokens)
  const record = openOrderRecord<PlacedOrder>(config.ORDERS_FILE)
  const orders = createOrders(record, rm, config.ANSWER_WITHIN_MS)

  return createService({
    contract: contract('ca-rm-sapi'),
    operations: createOperations(orders, createScripts(rm)),
    settings: config,
    telemetry,
    dependencies: [upstream, record],
  })
}

if (import.meta.main) {
  await runService('ca-rm-sapi', () => createRmSapi(readConfig(process.env)))
}
