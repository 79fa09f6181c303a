import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '@ca/service-kit/node-flags'
import { fatalLevel, type LogLine, lines, logLine } from './log-line.ts'

/** What it takes to start a process of the landscape. */
export type ProcessPlan = {
  readonly name: string
  /** How many layers of the landscape stand between it and the consumers: 0 for an experience API. */
  readonly layer: number
  /** Absolute path of its main module. */
  readonly entry: string
  /** Its whole environment. */
  readonly environment: NodeJS.ProcessEnv
  /** Where its log is kept, as a person is told it. */
  readonly logFile: string
}

/** How a process ended. */
type Ending = {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Why, as the process itself said it last. */
  readonly reason?: string
}

/** A process that runs, or has run. */
export type ManagedProcess = {
  readonly name: string
  /** Settles when it says that it is ready; never, if it ends before that. */
  readonly ready: Promise<void>
  /** Settles when it has ended and its last line has been read. */
  readonly ended: Promise<Ending>
  signal(signal: NodeJS.Signals): void
}

/**
 * Where Node keeps what it made of the sources, so that it strips and compiles each version of a
 * file once.
 */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url))

/**
 * Starts a process that speaks the landscape's protocol: JSON lines on its output, and on the IPC
 * channel `{ event: 'ready' }`, or `{ event: 'failed', message }` when it cannot start.
 *
 * It stays in this process's group and has the channel, so it ends with its supervisor even where
 * that is killed and can tell it nothing.
 */
export function startProcess(
  { name, entry, environment }: Omit<ProcessPlan, 'logFile' | 'layer'>,
  onLine: (line: LogLine) => void,
): ManagedProcess {
  // by its types, spawn may give no pipes where there is a channel too
  const child = spawn(process.execPath, [...nodeFlags, entry], {
    env: { NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as ChildProcessByStdio<null, Readable, Readable>
  const ready = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<Pick<Ending, 'exitCode' | 'signal'>>()
  let reason: string | undefined

  child.on('message', (message) => {
    const { event, message: failure } = message as { event?: string; message?: string }
    if (event === 'ready') ready.resolve()
    if (event === 'failed') reason = failure
  })
  child.on('error', (error) => {
    // it could not be spawned, or the channel broke: then 'close' follows
    reason ??= error.message
    if (child.pid === undefined) closed.resolve({ exitCode: null, signal: null })
  })
  // not 'exit': what it wrote last and sent last may come after that
  child.once('close', (exitCode, signal) => closed.resolve({ exitCode, signal }))

  async function read(stream: Readable): Promise<void> {
    for await (const text of lines(stream.setEncoding('utf8'))) {
      const line = logLine(name, text)
      const { level, msg } = line.record
      if (level === fatalLevel && typeof msg === 'string') reason ??= msg
      onLine(line)
    }
  }
  const allRead = Promise.all([read(child.stdout), read(child.stderr)])

  return {
    name,
    ready: ready.promise,
    ended: Promise.all([closed.promise, allRead]).then(([ending]) => ({ ...ending, reason })),
    signal: (signal) => child.kill(signal),
  }
}
