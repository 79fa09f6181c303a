import { accessSync, constants, readFileSync } from 'node:fs'
import os from 'node:os'
import { delimiter, join } from 'node:path'

/** The words before a command that keep it to its cores; none where that is not possible. */
type Cores = {
  /** What is measured has a core to itself. */
  readonly contender: readonly string[]
  /** The generator of the load, and what answers behind the contender. */
  readonly around: readonly string[]
}

/** What of this machine the benchmark uses. */
export type Machine = {
  /** Where a program is, if it is there. */
  readonly program: (name: string) => string | undefined
  readonly cores: Cores
  /** Whether the CPU time and the memory of a process can be read. */
  readonly hasProc: boolean
  /** In one line, for the report. */
  readonly description: string
}

/** @param env the environment, for where programs are looked for */
export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  const program = (name: string) =>
    folders.map((folder) => join(folder, name)).find((path) => isExecutable(path))
  const [cpu] = os.cpus()
  const what = [
    `${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    `${os.type()} ${os.release()}`,
    `Node ${process.versions.node}`,
  ]

  return {
    program,
    cores: coresBy(program('taskset')),
    hasProc: textOf('/proc/self/stat') !== '',
    description: what.join(', '),
  }
}

function coresBy(taskset: string | undefined): Cores {
  const allowed = textOf('/proc/self/status').match(/^Cpus_allowed_list:\s*(\S+)/m)?.[1] ?? ''
  const [first, ...others] = allowed.split(',').flatMap((range) => {
    const [from = '', to = from] = range.split('-')
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i)
  })
  if (!taskset || others.length === 0) return { contender: [], around: [] }
  return {
    contender: [taskset, '-c', `${first}`],
    around: [taskset, '-c', others.join(',')],
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
