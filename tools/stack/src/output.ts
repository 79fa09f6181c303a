import { appendFileSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { LogLine } from './log-line.ts'
import { createPrettyLine } from './pretty-line.ts'
import { makePrivateFolder } from './private-file.ts'

/** Where a landscape's lines go: to the screen, and to a file a process. */
export type Output = {
  /** Appends a line to its process's log. */
  keep(name: string, line: LogLine): void
  /** Shows a line: readable at a terminal, elsewhere the JSON as it is. */
  show(name: string, line: LogLine): void
  /** Says something of the landscape as a whole, with no JSON around it. */
  say(text: string): void
}

type OutputOptions = {
  readonly screen: Writable
  /** What the screen can do, if it is a terminal. */
  readonly terminal: { readonly colours: boolean } | undefined
  readonly names: readonly string[]
  /** Where the logs are kept; made if need be. */
  readonly logFolder: string
}

/** The log of a process in the folder. */
export function logFile(logFolder: string, name: string): string {
  return join(logFolder, `${name}.ndjson`)
}

/** @throws when the log folder cannot be written */
export function createOutput({ screen, terminal, names, logFolder }: OutputOptions): Output {
  makePrivateFolder(logFolder)
  const logs = new Map(names.map((name) => [name, openSync(logFile(logFolder, name), 'a', 0o600)]))
  const pretty = terminal && createPrettyLine(names, terminal.colours)

  return {
    keep(name, line) {
      // at once: what a crash or Ctrl-C comes after is in the file
      const log = logs.get(name)
      if (log !== undefined) appendFileSync(log, `${line.text}\n`)
    },
    show(name, line) {
      screen.write(pretty ? pretty(name, line) : `${line.text}\n`)
    },
    say(text) {
      screen.write(`${text}\n`)
    },
  }
}
