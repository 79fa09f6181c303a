import type { Report } from './report.ts'
import { contentsOf, type SampleTable, type Standing, standingOf } from './sample-data.ts'
import type { Ledger, Target } from './target.ts'

/** What a table holds, and what of that is known. */
type Held = {
  readonly standing: Standing
  readonly digest: string
  readonly isRecorded: boolean
  readonly isEmpty: boolean
}

/** What the tables of the sample data hold, by name; one that is not there yet is left out. */
export type Found = ReadonlyMap<string, Held>

/**
 * Looks at what the tables of the sample data hold.
 * @throws {Error} where a table holds rows that are not from here
 */
export async function lookAtRows(
  target: Target,
  sample: readonly SampleTable[],
  ledger: Ledger,
): Promise<Found> {
  const found = new Map<string, Held>()
  for (const table of sample) {
    const all = await target.columns(table)
    if (!all) continue
    const rows = await target.rows(table.name, all)
    const held = { name: table.name, columns: [...all.keys()], rows }
    // it may be of an older form than the sample
    const columns = new Map([...all].filter(([column]) => table.columns.includes(column)))
    const recorded = ledger.get(entry(table))?.digest
    const { digest, ...contents } = contentsOf(held, columns)
    const isRecorded = [digest, contentsOf(held, all).digest].includes(recorded ?? '')
    const standing = standingOf({ digest, ...contents }, contentsOf(table, columns), isRecorded)
    if (standing === 'others') throw new Error(othersRows(table.name))
    found.set(table.name, { standing, digest, isRecorded, isEmpty: rows.length === 0 })
  }
  return found
}

/** Copies the sample data where it is not there as it should be. */
export async function applyRows(
  target: Target,
  sample: readonly SampleTable[],
  found: Found,
  report: Report,
): Promise<void> {
  const total = sample.reduce((sum, { rows }) => sum + rows.length, 0)
  if (sample.every(({ name }) => found.get(name)?.standing === 'same')) {
    // only what is recorded may be replaced when the sample changes
    for (const table of sample) {
      const { digest = '', isRecorded } = found.get(table.name) ?? {}
      if (!isRecorded) await target.record(entry(table), { digest, objects: '' })
    }
    report.done('sample data', 'unchanged', `${total} rows`)
    return
  }
  const tables = []
  for (const table of sample) {
    const kinds = await target.columns(table)
    const missing = table.columns.find((column) => !kinds?.has(column))
    if (!kinds || missing) {
      throw new Error(
        `sample data: there is no ${missing ? `column ${missing} in ` : ''}${table.name}`,
      )
    }
    const { digest } = contentsOf(table, kinds)
    tables.push({ ...table, kinds, applied: { digest, objects: '' } })
  }
  report.working('sample data')
  await target.replaceRows(tables, (rows) => {
    report.working(`sample data: ${rows} of ${total} rows`)
  })
  const isNew = !sample.some((table) => found.get(table.name)?.isRecorded)
  report.done('sample data', isNew ? 'made' : 'updated', `${total} rows`)
}

/**
 * Tables that are to be made anew lose their rows, which only the sample data brings back.
 * @throws {Error} where one holds any
 */
export function holdToEmpty(outdated: readonly string[], found: Found): void {
  const full = [...found].find(([, { isEmpty }]) => !isEmpty)
  if (!full) return
  throw new Error(
    `${outdated.join(', ')}: defined in another way since, and ${full[0]} holds rows: ` +
      'nothing was changed; leave --without-sample-data away, or change it by hand',
  )
}

/** What keeps sample data from being copied, and what can be done about it. */
export function othersRows(table: string): string {
  return (
    `${table} holds rows that db:apply did not put there: nothing was changed; ` +
    'empty it, or add --without-sample-data'
  )
}

/** The name under which a table's rows stand in the ledger. */
export function entry({ name }: { name: string }): string {
  return `sample-data/${name}`
}
