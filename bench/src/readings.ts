import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts a process's CPU time in ticks of this many to the second, on every architecture. */
const ticksPerSecond = 100

/**
 * CPU time that processes have had, user and system, all their threads together, in microseconds.
 * @param pids their ids; one that has ended counts as nothing
 */
export function cpuMicros(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (scheduledMicros(pid) || countedMicros(pid)), 0)
}

/** To the nanosecond, where the kernel keeps that: a short round is only some ticks long. */
function scheduledMicros(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => {
    const [nanoseconds] = textOf(`/proc/${pid}/task/${thread}/schedstat`).split(' ')
    return sum + Number(nanoseconds) / 1000
  }, 0)
}

function countedMicros(pid: number): number {
  // the second field is the program's name in brackets, and may hold anything
  const fields = textOf(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? []
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  return (ticks * 1e6) / ticksPerSecond
}

/** Resident memory of processes in bytes: now, and at its highest so far. */
export function memoryOf(pids: readonly number[]): { now: number; highest: number } {
  const statuses = pids.map((pid) => textOf(`/proc/${pid}/status`))
  const sum = (field: string) =>
    statuses.reduce((total, text) => {
      const kilobytes = text.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1]
      return total + Number(kilobytes ?? 0) * 1024
    }, 0)
  return { now: sum('VmRSS'), highest: sum('VmHWM') }
}

/** A process and those that it started, which is how nginx works. */
export function withChildren(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    textOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean),
  )
  return [pid, ...children.flatMap((child) => withChildren(Number(child)))]
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
