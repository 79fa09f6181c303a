import type { RowSet } from './engine.ts'
import { type Answer, databaseName, type Procedure } from './procedure.ts'
import type { DatabaseValue, Value, ValueType, ValueTypes } from './value-types.ts'

type Row = Record<string, Value>

/**
 * Makes a procedure's answer of what the engine gave: rows with the described names, in the
 * described order, and without the columns that are null.
 * @throws {Error} naming row set and column where they are not as described, never a value
 */
export function readRowSets<Described extends Procedure>(
  { rowSets }: Described,
  given: readonly RowSet[],
): Answer<Described> {
  const described = Object.entries(rowSets)
  if (given.length !== described.length) {
    throw new Error(`gave ${given.length} row sets, not ${described.length}`)
  }
  const answer = given.map((rowSet, index) => {
    const [name, types] = described[index] as (typeof described)[number]
    return [name, readRows(name, types, rowSet)]
  })
  return Object.fromEntries(answer) as Answer<Described>
}

/**
 * Holds the columns of a row set to its description. Their order does not count.
 * @throws {Error} where they are others
 */
export function checkColumns(rowSet: string, types: ValueTypes, columns: readonly string[]): void {
  const described = Object.keys(types).map(databaseName)
  const areSame =
    columns.length === described.length && described.every((column) => columns.includes(column))
  if (areSame) return
  const given = columns.join(', ') || 'none'
  throw new Error(
    `row set ${rowSet}: its columns are ${given}; described are ${described.join(', ')}`,
  )
}

function readRows(rowSet: string, types: ValueTypes, { columns, rows }: RowSet): Row[] {
  checkColumns(rowSet, types, columns)
  const readers = Object.entries(types).map(([key, type]) => {
    const column = databaseName(key)
    return { key, column, type, index: columns.indexOf(column) }
  })
  return rows.map((values) => {
    const row: Row = {}
    for (const { key, column, type, index } of readers) {
      const value = readValue(type, values[index] ?? null)
      if (value === undefined) {
        throw new Error(`row set ${rowSet}: column ${column} holds what is not ${type.name}`)
      }
      if (value !== null) row[key] = value
      else if (!type.isOptional) throw new Error(`row set ${rowSet}: column ${column} is null`)
    }
    return row
  })
}

function readValue(type: ValueType, value: DatabaseValue): Value | null | undefined {
  return value === null ? null : type.read(value)
}
