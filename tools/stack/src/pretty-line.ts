import { styleText } from 'node:util'
import { prettyFactory } from 'pino-pretty'
import type { LogLine } from './log-line.ts'

const columnColours = ['cyan', 'magenta', 'yellow', 'blue', 'green'] as const

/**
 * Makes log lines readable for a person at a terminal: the process in a column of its own, then
 * time, level, message and fields.
 * @param names the processes that share the screen
 * @param colours whether the terminal has any
 * @returns the line or lines to write, each with its line end
 */
export function createPrettyLine(
  names: readonly string[],
  colours: boolean,
): (name: string, line: LogLine) => string {
  const width = Math.max(...names.map((name) => name.length))
  const pretty = prettyFactory({
    colorize: colours,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,service',
    singleLine: true,
  })

  function column(name: string): string {
    const colour = columnColours[names.indexOf(name) % columnColours.length] ?? 'cyan'
    const text = `${name.padEnd(width)} |`
    return colours ? styleText(colour, text, { validateStream: false }) : text
  }

  return (name, { record }) =>
    pretty(harmless(record))
      .trimEnd()
      .split('\n')
      .map((line) => `${column(name)} ${line}\n`)
      .join('')
}

/**
 * A record without characters that a terminal would obey instead of show: what a caller sent must
 * not clear the screen, move the cursor or make up a line of another service. A stack keeps its
 * line breaks, since each of its lines gets the column.
 */
function harmless(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [visible(key), harmlessValue(value, key)]),
  )
}

function harmlessValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    return key === 'stack' ? value.split('\n').map(visible).join('\n') : visible(value)
  }
  if (Array.isArray(value)) return value.map((item) => harmlessValue(item, key))
  if (typeof value === 'object' && value !== null) return harmless(value as Record<string, unknown>)
  return value
}

/** Control, format and line separating characters as signs that stand for them. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return code === 0x7f ? '␡' : '�'
  })
}
