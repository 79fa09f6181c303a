import { DependencyFailure } from '@ca/faults'
import { untilAborted } from '@ca/telemetry'
import type { Execute } from './engine.ts'

/** How long an attempt may take, and who may end it before that. */
export type Limits = Parameters<Execute>[1]

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
