import { createTelemetry, type Telemetry } from '@ca/telemetry'

/** A line of a log, as it is written. */
export type LogLine = { level: number; msg: string; [field: string]: unknown }

/** A service's log, kept for a test. */
export type TestLog = {
  readonly telemetry: Telemetry
  /** All that was written so far. */
  readonly lines: readonly LogLine[]
  /** The first line that matches: one that is written already, or the next to come. */
  line(matches: (line: LogLine) => boolean): Promise<LogLine>
}

/** Makes a log that a test can read, because what a service tells of a request is behaviour too. */
export function createTestLog(service: string): TestLog {
  const lines: LogLine[] = []
  const waiting = new Set<() => void>()
  const telemetry = createTelemetry(service, {
    destination: {
      write(text) {
        lines.push(JSON.parse(text))
        for (const look of waiting) look()
      },
    },
  })

  return {
    telemetry,
    lines,
    line: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const line = lines.find(matches)
          if (!line) return
          waiting.delete(look)
          resolve(line)
        }
        waiting.add(look)
        look()
      }),
  }
}
