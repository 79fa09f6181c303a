import type { ServerResponse } from 'node:http'
import type { Fault } from '@ca/faults'
import { CallerLeft, type Telemetry, type Transaction } from '@ca/telemetry'
import { Histogram } from '@prometheus-io/client'

/** A request that is over. */
export type Exchange = {
  response: ServerResponse
  transaction: Transaction
  /** From its head to the end of its answer. */
  durationMs: number
  failure?: Failure
}

/** Why a request was not answered as it hoped for. */
export type Failure = {
  error: unknown
  /** What its caller was told; nothing where it had left, or had the answer's beginning already. */
  told?: Fault
}

/** Makes what keeps record of requests: of each one line in the log and one measurement. */
export function createRequestRecord({ log, metrics }: Telemetry): (exchange: Exchange) => void {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from a request to the end of its answer; status 0 where that was not complete',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  })

  return ({ response, transaction, durationMs, failure }) => {
    const { clientId, consumerId, operationId, followed, calls } = transaction
    const { method } = response.req
    const outcome = outcomeOf(response, failure)
    const status = outcome === 'answered' ? response.statusCode : 0
    const isOurs = status >= 500 || outcome === 'broken off'
    const operation = operationId ?? 'none'

    duration.observe({ operation, status }, durationMs / 1000)
    log[isOurs ? 'error' : 'info'](
      {
        transactionId: transaction.id,
        clientId,
        consumerId: consumerId === clientId ? undefined : consumerId,
        operationId,
        method,
        status,
        errorCode: failure?.told?.code,
        durationMs: Math.round(durationMs * 10) / 10,
        followed,
        calls: calls.length > 0 ? calls : undefined,
        err: isOurs ? causeOf(failure) : undefined,
      },
      `${method} ${operation} ${status || outcome}`,
    )
  }
}

function outcomeOf(
  response: ServerResponse,
  failure: Failure | undefined,
): 'answered' | 'caller left' | 'broken off' {
  if (response.writableFinished) return 'answered'
  const isBroken = failure && !failure.told && !(failure.error instanceof CallerLeft)
  return isBroken ? 'broken off' : 'caller left'
}

/** A fault is only the catalogue's text; what happened is its cause. */
function causeOf(failure: Failure | undefined): unknown {
  const { error, told } = failure ?? {}
  return error === told ? (told?.cause ?? error) : error
}
