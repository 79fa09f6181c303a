import { setInterval } from 'node:timers'

/** What became of a part of a database. */
export type Outcome = 'made' | 'updated' | 'unchanged'

/** Tells what is done, as it is done. */
export type Report = {
  /** Something stands as it should: one line. */
  done(what: string, outcome: Outcome, detail?: string): void
  /** Something to know: one line. */
  note(line: string): void
  /** What is being worked on now; said where it lasts. */
  working(what: string): void
}

type Printer = Report & {
  /** Says what all came to. */
  close(): void
}

type Output = { write(text: string): unknown }

const lastsMs = 2000

/** A report of lines for people: what was done to `out`, what goes on meanwhile to `meanwhile`. */
export function createReport(out: Output, meanwhile: Output): Printer {
  const counts: Record<Outcome, number> = { made: 0, updated: 0, unchanged: 0 }
  let current: string | undefined
  const pulse = setInterval(() => {
    if (current) meanwhile.write(`… ${current}\n`)
  }, lastsMs)
  pulse.unref()

  return {
    done(what, outcome, detail) {
      current = undefined
      counts[outcome] += 1
      out.write(`${outcome.padEnd(10)} ${what}${detail ? `, ${detail}` : ''}\n`)
    },

    note(line) {
      out.write(`${line}\n`)
    },

    working(what) {
      current = what
    },

    close() {
      clearInterval(pulse)
      const { made, updated, unchanged } = counts
      out.write(
        made + updated === 0
          ? `Nothing had to be changed: ${unchanged} parts are as they are defined.\n`
          : `Done: ${made} made, ${updated} updated, ${unchanged} unchanged.\n`,
      )
    },
  }
}
