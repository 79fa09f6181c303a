import { DependencyFailure } from '@ca/faults'
import { CallerLeft, type Telemetry } from '@ca/telemetry'
import { dependencyMetrics } from './metrics.ts'
import { RecentCalls } from './recent-calls.ts'

const restMs = 1000
/**
 * A trial that has not ended by then no longer keeps the next one back: otherwise a call that
 * hangs until its deadline would keep the breaker open long after the dependency is well again.
 */
const trialPatienceMs = 500

/** Keeps calls away from a dependency that fails them. */
type Breaker = {
  /**
   * Lets a call begin, which then says how it ended.
   * @throws {DependencyFailure} `unreachable` while the breaker is open
   */
  admit(): Admitted
}

/** Is told how a call ended. */
export type Admitted = {
  answered(): void
  failed(error: unknown): void
}

/**
 * A breaker that opens when, of at least 10 calls in 10 s, half found the dependency unreachable
 * or timed out. It rests for 1 s, then lets one call through as a trial.
 *
 * Only what belongs to the present counts: a call that was begun before the breaker opened says
 * nothing about a trial, and one from before it closed nothing about the time since. So a
 * dependency that is well again starts afresh, with no old failure held against it.
 */
export function createBreaker(dependency: string, { log, metrics }: Telemetry): Breaker {
  const gauge = dependencyMetrics(metrics).breakerOpen
  /** Hears of all calls since the last closing; undefined while the breaker is open. */
  let watch: Admitted | undefined = watchCalls()
  let rest = { until: 0 }
  gauge.set({ dependency }, 0)

  return { admit: () => watch ?? tryOut() }

  function watchCalls(): Admitted {
    const calls = new RecentCalls()
    const own: Admitted = {
      answered: () => calls.add(false),
      failed(error) {
        const isAgainst = speaksAgainst(error)
        if (!(error instanceof CallerLeft)) calls.add(isAgainst)
        // a call that the dependency answered is never the reason
        if (isAgainst && calls.areTooBad && watch === own) open()
      },
    }
    return own
  }

  function tryOut(): Admitted {
    const now = performance.now()
    if (now < rest.until) {
      throw new DependencyFailure(dependency, 'unreachable', 'the breaker is open')
    }
    // a trial that ends late changes its own rest, which by then may be nobody's any more
    const own = { until: now + trialPatienceMs }
    rest = own
    return {
      answered: close,
      failed(error) {
        if (error instanceof CallerLeft) own.until = 0
        else if (speaksAgainst(error)) own.until = performance.now() + restMs
        else close()
      },
    }
  }

  function open(): void {
    watch = undefined
    rest = { until: performance.now() + restMs }
    gauge.set({ dependency }, 1)
    log.warn({ dependency }, `${dependency}: breaker open`)
  }

  function close(): void {
    if (watch) return
    watch = watchCalls()
    gauge.set({ dependency }, 0)
    log.info({ dependency }, `${dependency}: breaker closed`)
  }
}

function speaksAgainst(error: unknown): boolean {
  return (
    error instanceof DependencyFailure && (error.way === 'unreachable' || error.way === 'timed out')
  )
}
