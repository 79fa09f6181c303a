import { DependencyFailure } from '@ca/faults'
import { CallerLeft, currentTransaction, openTransaction, type Telemetry } from '@ca/telemetry'
import { type Admitted, createBreaker } from './breaker.ts'
import { dependencyMetrics } from './metrics.ts'
import { type Attempt, throwIfOver, untilNextAttempt } from './retries.ts'

type Call<T> = {
  /** What is called, as logs and metrics name it: an operation or a procedure. */
  operation: string
  /** Whether making the call twice is the same as making it once. */
  isRead: boolean
  attempt: Attempt<T>
}

/** Something outside this process that we call, with the rules for when it fails. */
export type Dependency = {
  readonly name: string
  /**
   * Calls it, inside the running transaction's deadline: at most three attempts, none while its
   * breaker is open.
   * @throws {DependencyFailure} when no attempt came to an answer
   * @throws {CallerLeft} when nobody waits for the answer any more
   */
  call<T>(call: Call<T>): Promise<T>
}

type DependencyOptions = {
  /** Its name in logs and metrics, such as `ca-eps-sapi`, `rm`, `eps`. */
  name: string
  telemetry: Telemetry
  /** The longest that one attempt's answer may take to begin, in milliseconds. Default: no limit but the transaction's. */
  attemptWithinMs?: number
}

/**
 * Puts the rules for time, repetition and breaking between us and a dependency, the same for
 * databases and for HTTP systems. The caller brings only the attempt.
 */
export function createDependency({
  name,
  telemetry,
  attemptWithinMs = Number.POSITIVE_INFINITY,
}: DependencyOptions): Dependency {
  const breaker = createBreaker(name, telemetry)
  const metrics = dependencyMetrics(telemetry.metrics)

  return {
    name,

    async call({ operation, isRead, attempt }) {
      // at start-up and in health checks there is none, and nothing that would end it
      const transaction = currentTransaction() ?? openTransaction('no-transaction')
      const startedAt = performance.now()
      let admitted: Admitted | undefined
      let made = 0
      let outcome = 'answered'
      try {
        // a call that comes too late says nothing of the dependency: the breaker never sees it
        throwIfOver(name, transaction)
        admitted = breaker.admit()
        for (;;) {
          made += 1
          const withinMs = Math.min(transaction.timeLeftMs(), attemptWithinMs)
          try {
            // one that does not heed its end is left behind when the time is up
            const answer = await transaction.untilOver(attempt({ transaction, withinMs }))
            admitted.answered()
            return answer
          } catch (failure) {
            await untilNextAttempt(failure, { dependency: name, isRead, made, transaction })
          }
        }
      } catch (error) {
        admitted?.failed(error)
        if (error instanceof DependencyFailure) outcome = error.way
        else outcome = error instanceof CallerLeft ? 'caller left' : 'failed'
        throw error
      } finally {
        const durationMs = performance.now() - startedAt
        metrics.attempts.inc({ dependency: name, operation }, made)
        metrics.retries.inc({ dependency: name, operation }, Math.max(0, made - 1))
        metrics.duration.observe({ dependency: name, operation, outcome }, durationMs / 1000)
        transaction.calls.push({
          to: name,
          operation,
          attempts: made,
          durationMs: Math.round(durationMs),
          outcome,
        })
      }
    },
  }
}
