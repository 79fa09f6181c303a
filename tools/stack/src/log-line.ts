/** A line of a process's log: its JSON text, and what that says. */
export type LogLine = { readonly text: string; readonly record: Record<string, unknown> }

const errorLevel = 50
/** pino's number for a line that says why a process ends. */
export const fatalLevel = 60

/**
 * Reads a line that a process wrote. One that is no JSON object, such as a line of a crash's stack,
 * becomes the message of a record of its own.
 */
export function logLine(service: string, line: string): LogLine {
  const record = parseRecord(line)
  if (record) return { text: line, record }
  const wrapped = { level: errorLevel, time: Date.now(), service, msg: line }
  return { text: JSON.stringify(wrapped), record: wrapped }
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * Cuts a stream of text into lines, however it arrives: a line in pieces or several at once. Not by
 * `readline`, which also cuts at U+2028, and that may stand in a JSON string.
 */
export async function* lines(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = ''
  for await (const piece of stream) {
    const parts = (begun + piece).split('\n')
    begun = parts.pop() ?? ''
    for (const line of parts) if (line.trim()) yield line.trimEnd()
  }
  if (begun.trim()) yield begun.trimEnd()
}
