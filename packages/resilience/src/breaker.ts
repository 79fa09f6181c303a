import { DependencyFailure } from '@ca/faults'
import { CallerLeft, type Telemetry } from '@ca/telemetry'
import { dependencyMetrics } from './metrics.ts'

const leastCalls = 10
const windowMs = 10_000
const restMs = 1000
/**
 * A trial that has not ended by then no longer keeps the next one back: otherwise a call that
 * hangs until its deadline would keep the breaker open long after the dependency is well again.
 */
const trialPatienceMs = 500

/** Keeps calls away from a dependency that fails them. */
type Breaker = {
  /**
   * Runs a call, unless the breaker is open.
   * @throws {DependencyFailure} `unreachable` while it is open
   */
  run<T>(call: () => Promise<T>): Promise<T>
}

/** A call that ended while the breaker was closed. */
type Ended = { at: number; failed: boolean }

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
  /** What the calls since the last closing came to; undefined while the breaker is open. */
  let ended: Ended[] | undefined = []
  let rest = { until: 0 }
  gauge.set({ dependency }, 0)

  return {
    async run(call) {
      return ended ? observe(call, ended) : tryOut(call)
    },
  }

  async function observe<T>(call: () => Promise<T>, begunIn: Ended[]): Promise<T> {
    try {
      const answer = await call()
      if (ended === begunIn) note(begunIn, false)
      return answer
    } catch (error) {
      const counts = ended === begunIn && !(error instanceof CallerLeft)
      if (counts && note(begunIn, speaksAgainst(error))) open()
      throw error
    }
  }

  async function tryOut<T>(call: () => Promise<T>): Promise<T> {
    const now = performance.now()
    if (now < rest.until) {
      throw new DependencyFailure(dependency, 'unreachable', 'the breaker is open')
    }
    // a trial that ends late changes its own rest, which by then may be nobody's any more
    const own = { until: now + trialPatienceMs }
    rest = own
    try {
      const answer = await call()
      close()
      return answer
    } catch (error) {
      if (error instanceof CallerLeft) own.until = 0
      else if (speaksAgainst(error)) own.until = performance.now() + restMs
      else close()
      throw error
    }
  }

  function open(): void {
    ended = undefined
    rest = { until: performance.now() + restMs }
    gauge.set({ dependency }, 1)
    log.warn({ dependency }, `${dependency}: breaker open`)
  }

  function close(): void {
    if (ended) return
    ended = []
    gauge.set({ dependency }, 0)
    log.info({ dependency }, `${dependency}: breaker closed`)
  }
}

/** @returns whether the calls of the last 10 s are reason enough to make no more */
function note(ended: Ended[], failed: boolean): boolean {
  const now = performance.now()
  ended.push({ at: now, failed })
  ended.splice(
    0,
    ended.findIndex(({ at }) => at > now - windowMs),
  )
  // a call that the dependency answered is never the reason
  if (!failed || ended.length < leastCalls) return false
  return ended.filter((call) => call.failed).length * 2 >= ended.length
}

function speaksAgainst(error: unknown): boolean {
  return (
    error instanceof DependencyFailure && (error.way === 'unreachable' || error.way === 'timed out')
  )
}
