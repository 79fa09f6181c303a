import type { WriteStream } from 'node:tty'

/** A line that says what is being done now. */
export type Progress = { say(what: string): void; clear(): void }

/** On a terminal one line that changes; elsewhere, a line for each thing that is done. */
export function progressOn(stream: WriteStream): Progress {
  const startedAt = performance.now()
  return {
    say(what) {
      const seconds = Math.round((performance.now() - startedAt) / 1000)
      const line = `${String(seconds).padStart(4)} s  ${what}`
      stream.write(stream.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
    },
    clear() {
      if (stream.isTTY) stream.write('\r\x1b[2K')
    },
  }
}
