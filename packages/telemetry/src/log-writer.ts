import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

/** Where a log's lines go. */
export type LogWriter = {
  write(line: string): void
  /** Waits until all lines are written, but no longer than `withinMs` milliseconds. */
  flush(withinMs: number): Promise<void>
}

/** Bytes that may wait for a reader who does not read; what comes then is lost. */
const mostPending = 4 * 1024 * 1024
/** Lines wait so long for others to be written with, in milliseconds: a process that is killed loses them. */
const gatheredForMs = 10
/** So many characters of them wait no longer. */
const mostGathered = 64 * 1024

/**
 * Writes a log's lines and never waits for whoever reads them: a reader that stands still (a
 * terminal that is stopped) or is gone (a supervisor that was killed) must cost lines, not answers.
 * pino's own destinations stop the process in both cases, at the latest when they flush.
 * @param finish is given all lines of a few milliseconds at once, and says how they are written
 */
export function createLogWriter(
  stream: Writable,
  finish: (lines: string) => string = (lines) => lines,
): LogWriter {
  let lost = 0
  /** The lines of the last few milliseconds: writing each alone would cost more than making it. */
  let lines = ''
  let timer: NodeJS.Timeout | undefined
  const pass = () => {
    clearTimeout(timer)
    const text = lines
    lines = ''
    if (text !== '') stream.write(finish(text))
  }
  // where nobody will ever read it, the stream takes what is written without a word
  if (!stream.listeners('error').includes(carryOn)) stream.on('error', carryOn)

  return {
    write(line) {
      if (stream.writableLength + lines.length > mostPending) {
        lost += 1
        return
      }
      if (lost > 0) {
        const msg = `${lost} lines of this log were lost: nobody read them`
        lines += `${JSON.stringify({ level: 50, time: Date.now(), msg })}\n`
        lost = 0
      }
      if (lines === '') timer = setTimeout(pass, gatheredForMs)
      lines += line
      if (lines.length > mostGathered) pass()
    },
    async flush(withinMs) {
      pass()
      const over = new AbortController()
      const written = new Promise<void>((resolve) => stream.write('', () => resolve()))
      await Promise.race([
        written,
        pause(withinMs, undefined, { signal: over.signal }).catch(() => {}),
      ])
      over.abort()
    },
  }
}

function carryOn(): void {}
