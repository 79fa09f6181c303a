import { DependencyFailure } from '@ca/faults'
import type { Limits } from './engine.ts'

/**
 * Does work on a database that is told when to stop, and waits no longer than the limits say,
 * whatever the driver and the server do with that.
 * @param name the database's, in the failure
 * @throws {DependencyFailure} `timed out` when the time is over
 */
export async function withinLimits<T>(
  name: string,
  { signal, withinMs }: Limits,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const overdue = new AbortController()
  const timer = setTimeout(() => {
    overdue.abort(new DependencyFailure(name, 'timed out', 'no answer in time'))
  }, withinMs)
  const stop = AbortSignal.any([signal, overdue.signal])
  try {
    return await untilAborted(stop, work(stop))
  } finally {
    clearTimeout(timer)
  }
}

/** Waits for work, but not longer than a signal lasts; throws the signal's reason then. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
