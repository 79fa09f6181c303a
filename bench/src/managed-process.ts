import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { withChildren } from './readings.ts'

/** A process that the benchmark started. */
export type ManagedProcess = {
  /** Milliseconds from its being spawned to its being ready. */
  readonly readyAfterMs: number
  /** It and what it started. */
  pids(): number[]
  /** Empties the file of its log, which would fill the disk. */
  forgetLog(): void
  stop(): Promise<void>
}

type ProcessPlan = {
  readonly name: string
  /** The program and its arguments. */
  readonly command: readonly string[]
  /** Its whole environment. */
  readonly environment?: Readonly<Record<string, string>>
  /** Where its output goes. */
  readonly logFile: string
  /** A process of ours says over IPC that it is ready; another one is, when this port is open. */
  readonly readyBy: 'message' | number
}

const readyWithinMs = 20_000
const endsWithinMs = 15_000
const running = new Set<ChildProcess>()

// nothing that we started may outlive us
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts a process and waits until it is ready.
 * @throws {Error} with a line of its log, when it ends before that or takes too long
 */
export async function startProcess(plan: ProcessPlan): Promise<ManagedProcess> {
  const { name, command, environment = {}, logFile, readyBy } = plan
  const [program = '', ...args] = command
  const log = openSync(logFile, 'a')
  const startedAt = performance.now()
  const child = spawn(program, args, {
    env: environment,
    stdio: ['ignore', log, log, ...(readyBy === 'message' ? ['ipc' as const] : [])],
  })
  closeSync(log)
  running.add(child)
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  }).then(() => {
    running.delete(child)
  })

  const over = new AbortController()
  const isReady = await Promise.race([
    readyBy === 'message' ? saysReady(child) : opens(readyBy, over.signal),
    ended.then(() => false),
    pause(readyWithinMs, false, { signal: over.signal }).catch(() => false),
  ])
  const readyAfterMs = performance.now() - startedAt
  over.abort()
  if (!isReady) {
    child.kill('SIGKILL')
    throw new Error(`${name} does not start: ${complaintIn(readFileSync(logFile, 'utf8'))}`)
  }

  return {
    readyAfterMs,
    pids: () => withChildren(child.pid as number),
    forgetLog: () => truncateSync(logFile),
    async stop() {
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), endsWithinMs)
      await ended
      clearTimeout(kill)
    },
  }
}

function saysReady(child: ChildProcess): Promise<true> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if ((message as { event?: string }).event === 'ready') resolve(true)
    })
  })
}

/** Asks again and again: such a program tells nobody. */
async function opens(port: number, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (await takesConnections(port)) return true
    await pause(10)
  }
  return false
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The last line of a log that speaks of an error, or else its last line. */
function complaintIn(log: string): string {
  const lines = log.trim().split('\n')
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? ''
}
