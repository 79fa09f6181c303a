import { fatalLevel, type LogLine } from './log-line.ts'
import { type ManagedProcess, type ProcessPlan, startProcess } from './managed-process.ts'

/** Who is told what happens in a landscape. */
export type Onlooker = {
  /** A line of a process's log; `shown` is false where {@link Onlooker.trouble} says the same. */
  line(name: string, line: LogLine, shown: boolean): void
  ready(name: string, afterMs: number): void
  /** Every process is ready, or was named as one that is not. */
  allReady(names: readonly string[]): void
  /** A process died, cannot start or does not stop: what to say of it, in one line. */
  trouble(name: string, what: string): void
}

export type SupervisorOptions = {
  /** Leave the others running when a process dies. */
  readonly keepGoing?: boolean
  /** Milliseconds that a process has to become ready. */
  readonly readyWithinMs?: number
  /** Milliseconds that processes have to stop, before they are killed: longer than any answer takes. */
  readonly stopWithinMs?: number
}

/** A landscape that runs. */
export type Supervision = {
  /** Settles when every process has ended: with 0 if that was asked for, with 1 if one died. */
  readonly ended: Promise<0 | 1>
  /** Asks every process to stop, and kills what does not in time. */
  stop(): void
  /** Kills every process. */
  kill(): void
}

/**
 * Starts the processes and stays with them. They live and die together: when one dies or cannot
 * start, the others are stopped, unless it is told to keep going.
 */
export function supervise(
  plans: readonly ProcessPlan[],
  onlooker: Onlooker,
  { keepGoing = false, readyWithinMs = 30_000, stopWithinMs = 12_000 }: SupervisorOptions = {},
): Supervision {
  const startedAt = performance.now()
  const running = new Map<ManagedProcess, ProcessPlan>()
  let starting = plans.length
  let stopping = false
  let exitCode: 0 | 1 = 0
  let patience: NodeJS.Timeout | undefined

  function stop(): void {
    if (stopping) return
    stopping = true
    void stopByLayers()
    patience = setTimeout(() => {
      for (const { name } of running.values()) {
        onlooker.trouble(name, `did not stop within ${stopWithinMs / 1000} s and is killed`)
      }
      kill()
    }, stopWithinMs)
  }

  function kill(): void {
    stopping = true
    for (const managed of running.keys()) managed.signal('SIGKILL')
  }

  /** Who calls others is stopped before them: the last requests that it took still need them. */
  async function stopByLayers(): Promise<void> {
    const layers = [...new Set(plans.map(({ layer }) => layer))].sort((a, b) => a - b)
    for (const layer of layers) {
      const here = [...running].filter(([, plan]) => plan.layer === layer)
      for (const [managed] of here) managed.signal('SIGTERM')
      await Promise.all(here.map(([managed]) => managed.ended))
    }
  }

  function oneLessStarts(): void {
    starting -= 1
    if (starting > 0 || stopping || running.size === 0) return
    onlooker.allReady([...running.values()].map(({ name }) => name))
  }

  async function watch(plan: ProcessPlan): Promise<void> {
    const { name, logFile } = plan
    let state = 'starting' as 'starting' | 'overdue' | 'ready'

    const managed = startProcess(plan, (line) => {
      onlooker.line(name, line, state === 'ready' || line.record.level !== fatalLevel)
    })
    running.set(managed, plan)
    const overdue = setTimeout(() => {
      state = 'overdue'
      managed.signal('SIGKILL')
    }, readyWithinMs)
    managed.ready.then(() => {
      clearTimeout(overdue)
      state = 'ready'
      if (!stopping) onlooker.ready(name, performance.now() - startedAt)
      oneLessStarts()
    })

    const { reason, exitCode: code, signal } = await managed.ended
    clearTimeout(overdue)
    running.delete(managed)
    // once the landscape stops, an end is no news
    if (stopping) return

    const how = signal ? `killed by ${signal}` : `exit code ${code}`
    const why = {
      starting: reason ?? `ended before it was ready (${how}); its log is ${logFile}`,
      overdue: `is not ready after ${readyWithinMs / 1000} s; its log is ${logFile}`,
      ready: `died (${how}); its log is ${logFile}`,
    }
    exitCode = 1
    onlooker.trouble(name, why[state])
    if (!keepGoing) stop()
    else if (state !== 'ready') oneLessStarts()
  }

  return {
    ended: Promise.all(plans.map(watch)).then(() => {
      clearTimeout(patience)
      return exitCode
    }),
    stop,
    kill,
  }
}
