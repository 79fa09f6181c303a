import sql from 'mssql'
import type { Columns, Kind, SampleTable, SampleValue } from '../sample-data.ts'
import { name } from './names.ts'

/** The server takes 2100 parameters at most, and 1000 rows. */
const mostParameters = 2000
const mostRows = 1000

/** What a column of this type holds. */
export function kindOf(type: string): Kind {
  if (type === 'bit') return 'boolean'
  if (/^(big|small|tiny)?int$/.test(type)) return 'integer'
  return /^(small)?datetime/.test(type) ? 'moment' : 'text'
}

/**
 * Inserts all rows of a table.
 * @param copied is told how many are there
 */
export async function copyRows(
  transaction: sql.Transaction,
  { name: table, columns, rows, kinds }: SampleTable & { readonly kinds: Columns },
  copied: (rows: number) => void,
): Promise<void> {
  const into = `INSERT INTO dbo.${name(table)} (${columns.map(name).join(', ')}) VALUES `
  const many = Math.min(mostRows, Math.floor(mostParameters / columns.length))
  for (let at = 0; at < rows.length; at += many) {
    const request = transaction.request()
    let count = 0
    const values = rows.slice(at, at + many).map((row) => {
      const places = row.map((value, index) => {
        const parameter = `p${count++}`
        add(request, parameter, kinds.get(columns[index] ?? ''), value)
        return `@${parameter}`
      })
      return `(${places.join(', ')})`
    })
    await request.query(into + values.join(', '))
    copied(Math.min(rows.length, at + many))
  }
}

function add(
  request: sql.Request,
  parameter: string,
  kind: Kind | undefined,
  value: SampleValue,
): void {
  switch (kind) {
    case 'boolean':
      request.input(parameter, sql.Bit, value === null ? null : value === 1n)
      break
    case 'integer':
      request.input(parameter, sql.BigInt, value === null ? null : String(value))
      break
    case 'moment':
      request.input(parameter, sql.DateTime2(3), value === null ? null : new Date(String(value)))
      break
    default:
      request.input(parameter, sql.NVarChar, value)
  }
}
