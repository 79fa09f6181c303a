import type { Row, Spread } from './row.ts'

type Column = { readonly title: string; readonly text: (row: Row) => string }

const columns: readonly Column[] = [
  { title: '', text: ({ scenario }) => scenario },
  { title: 'contender', text: ({ contender }) => contender },
  { title: 'rate', text: ({ ratio, ratioSpread }) => withSpread(ratio, ratioSpread) },
  { title: 'CPU', text: ({ cpuRatio, cpuRatioSpread }) => withSpread(cpuRatio, cpuRatioSpread) },
  { title: 'requests/s', text: ({ requestsPerSecond }) => number(requestsPerSecond) },
  { title: 'µs CPU', text: ({ cpuMicros }) => number(cpuMicros) },
  { title: 'p50 ms', text: ({ p50 }) => number(p50, 1) },
  { title: 'p99 ms', text: ({ p99 }) => number(p99, 1) },
  { title: 'MB/s', text: ({ megabytesPerSecond }) => number(megabytesPerSecond, 1) },
  { title: 'ready ms', text: ({ readyMs }) => number(readyMs) },
  { title: 'memory MB', text: ({ memoryMb }) => number(memoryMb) },
  { title: 'target', text: targets },
  { title: 'note', text: ({ errors, note = '' }) => (errors ? `NOT MEASURED: ${errors}` : note) },
]

/** The rows as a table in Markdown, its columns aligned; those that say nothing are left out. */
export function tableOf(rows: readonly Row[]): string {
  const spoken = columns.filter(({ text }) => rows.some((row) => text(row) !== ''))
  const cells = [
    spoken.map(({ title }) => title),
    ...rows.map((row) => spoken.map(({ text }) => text(row).replaceAll('|', '/'))),
  ]
  const widths = spoken.map((_, i) => Math.max(1, ...cells.map((line) => line[i]?.length ?? 0)))
  const [head, ...body] = cells.map(
    (line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`,
  )
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [head, rule, ...body].join('\n')
}

function targets({ targets = [] }: Row): string {
  return targets.map(({ wanted, is, met }) => `${wanted}: ${is}${met ? '' : ' MISSED'}`).join('; ')
}

function withSpread(value: number | undefined, spread: Spread | undefined): string {
  if (value === undefined) return ''
  const text = value.toFixed(2)
  return spread && spread[0] !== spread[1]
    ? `${text} (${spread[0].toFixed(2)}–${spread[1].toFixed(2)})`
    : text
}

function number(value: number | undefined, digits = 0): string {
  return value === undefined ? '' : value.toFixed(digits)
}
