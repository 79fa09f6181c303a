import { collectDefaultMetrics, Registry } from '@prometheus-io/client'
import { type DestinationStream, type Logger, pino } from 'pino'
import { describeError } from './describe-error.ts'
import { createLogWriter } from './log-writer.ts'
import { currentTransaction } from './transaction.ts'

/** What a service tells of itself: lines for people and programs, and numbers for Prometheus. */
export type Telemetry = {
  readonly log: Logger
  readonly metrics: Registry
  /** Waits until all lines are written, but no longer than `withinMs` milliseconds. */
  flush(withinMs: number): Promise<void>
}

type TelemetryOptions = {
  /** `fatal` … `trace`, or `silent`. Default `info`. */
  level?: string
  /** Where the JSON lines go, in place of the standard output. */
  destination?: DestinationStream
}

/**
 * Makes a service's telemetry. Every line names the service and, inside a transaction, its id.
 *
 * Lines hold what we choose to write: ids, codes, times, counts. Requests, headers, bodies and
 * other systems' answers are never logged as they are, so neither secrets nor names can be.
 * @param service the name that every line carries
 */
export function createTelemetry(
  service: string,
  { level = 'info', destination }: TelemetryOptions = {},
): Telemetry {
  const options = {
    level,
    base: { service },
    serializers: { err: describeError },
    hooks: { streamWrite: harmless },
    mixin() {
      const transaction = currentTransaction()
      return transaction ? { transactionId: transaction.id } : {}
    },
  }
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const writer = destination ? undefined : createLogWriter(process.stdout)
  return {
    log: pino(options, destination ?? writer),
    metrics,
    flush: async (withinMs) => writer?.flush(withinMs),
  }
}

/**
 * A line without what some readers obey although JSON lets it stand: the controls beyond ASCII's,
 * which terminals know, and the separators that are line ends to many. They can only be inside of
 * its strings, where an escape says the same.
 */
function harmless(line: string): string {
  return line.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
