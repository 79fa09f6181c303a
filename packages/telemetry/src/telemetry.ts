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
    mixin: () => currentTransaction() ?? noTransaction,
    // what is logged is made for its line: it need not be copied to be added to
    mixinMergeStrategy: (line: Line, { id }: { id?: string }) => {
      if (id !== undefined) line.transactionId ??= id
      return line
    },
  }
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  if (destination) {
    const write = (line: string) => destination.write(harmless(line))
    return { log: pino(options, { write }), metrics, flush: async () => {} }
  }
  const writer = createLogWriter(process.stdout, harmless)
  return { log: pino(options, writer), metrics, flush: (withinMs) => writer.flush(withinMs) }
}

type Line = { transactionId?: string }

const noTransaction: { id?: string } = {}

/**
 * Lines without what some readers obey although JSON lets it stand: the controls beyond ASCII's,
 * which terminals know, and the separators that are line ends to many. They can only be inside of
 * its strings, where an escape says the same.
 */
function harmless(lines: string): string {
  return lines.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
