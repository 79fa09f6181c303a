import { DependencyFailure, type Repeat, type WayOfFailing } from '@ca/faults'
import { createTelemetry, inTransaction, openTransaction, type Transaction } from '@ca/telemetry'
import { type Attempt, createDependency } from '../src/index.ts'

type CallOptions = { operation?: string; isRead?: boolean; within?: Transaction }

/** A dependency of its own, with telemetry that a test can read. */
export function dependencyUnderTest(options: { attemptWithinMs?: number } = {}) {
  const lines: { level: number; msg: string; transactionId?: string }[] = []
  const telemetry = createTelemetry('test-service', {
    destination: { write: (line) => lines.push(JSON.parse(line)) },
  })
  const dependency = createDependency({ name: 'eps', telemetry, ...options })

  return {
    lines,

    /** Calls it inside a transaction, and tells how that ended: it never rejects. */
    call<T>(attempt: Attempt<T>, { operation = 'read', isRead = true, within }: CallOptions = {}) {
      const transaction = within ?? openTransaction('test-transaction')
      return inTransaction(transaction, () =>
        dependency.call({ operation, isRead, attempt }).then(
          (answer) => ({ answer, error: undefined }),
          (error: Error) => ({ answer: undefined, error }),
        ),
      )
    },

    /** What Prometheus would read of a metric: its values, by their labels. */
    async metric(name: string): Promise<Record<string, number>> {
      const lines = (await telemetry.metrics.metrics()).split('\n')
      return Object.fromEntries(
        lines
          .filter((line) => line.startsWith(`${name}{`))
          .map((line) => line.slice(name.length).split(/ (?=[^ ]+$)/))
          .map(([labels, value]) => [labels, Number(value)]),
      )
    },
  }
}

/** An attempt that fails, and notes when each was made. */
export function failing(
  way: WayOfFailing,
  options: { repeat?: Repeat; retryAfterMs?: number } = {},
): Attempt<never> & { madeAt: number[] } {
  const madeAt: number[] = []
  const attempt = async () => {
    madeAt.push(performance.now())
    throw new DependencyFailure('eps', way, 'as the test wants it', options)
  }
  return Object.assign(attempt, { madeAt })
}

/** An attempt that ends when the test says so, and heeds no signal. */
export function pending<T = string>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  return { attempt: () => promise, answer: resolve, fail: reject }
}

export const answered: Attempt<string> = async () => 'answered'
