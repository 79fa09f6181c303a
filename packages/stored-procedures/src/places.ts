import { DependencyFailure } from '@ca/faults'
import type { Pool } from './engine.ts'

/** The right to use one of a pool's connections. Who has a place gives it back. */
export type Places = {
  /**
   * Takes a place, or waits for one in turn.
   * @throws {DependencyFailure} `unreachable` when there was none in time
   * @throws the reason of `stop`, when it is aborted first
   */
  take(stop: AbortSignal): Promise<void>
  giveBack(): void
}

/**
 * As many places as a pool has connections. The driver's own queue cannot be used for this: its
 * time also counts the making of a connection.
 * @param name the database's, in failures
 */
export function createPlaces(name: string, { size, queueWithinMs }: Pool): Places {
  let free = size
  /** Those who wait, in the order in which they came. */
  const waiting = new Set<() => void>()

  return {
    async take(stop) {
      stop.throwIfAborted()
      if (free > 0) {
        free -= 1
        return
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const give = () => {
        leave()
        resolve()
      }
      const refuse = (reason: unknown) => {
        leave()
        reject(reason)
      }
      const stopped = () => refuse(stop.reason)
      const timer = setTimeout(() => {
        const what = `all ${size} connections are in use`
        refuse(new DependencyFailure(name, 'unreachable', what))
      }, queueWithinMs)
      const leave = () => {
        clearTimeout(timer)
        stop.removeEventListener('abort', stopped)
        waiting.delete(give)
      }
      waiting.add(give)
      stop.addEventListener('abort', stopped)
      await promise
    },

    giveBack() {
      const [next] = waiting
      if (next) next()
      else free += 1
    },
  }
}
