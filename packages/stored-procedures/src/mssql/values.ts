import sql from 'mssql'
import type { Parameter, RowSet } from '../engine.ts'
import type { DatabaseValue } from '../value-types.ts'

const largestInt = 2 ** 31 - 1
const smallestInt = -(2 ** 31)

/** Hands a parameter over, as the type that its description stands for in SQL Server. */
export function addParameter(request: sql.Request, { name, type, value }: Parameter): void {
  switch (type.kind) {
    case 'text':
      request.input(name, sql.NVarChar(type.length), value)
      break
    case 'integer':
      if (isInt(value)) request.input(name, sql.Int, value)
      else request.input(name, sql.BigInt, BigInt(value as number))
      break
    case 'dateTime':
      request.input(name, sql.DateTime2(3), value === null ? null : new Date(value as string))
      break
    case 'boolean':
      request.input(name, sql.Bit, value)
      break
  }
}

function isInt(value: Parameter['value']): boolean {
  return value === null || (Number(value) >= smallestInt && Number(value) <= largestInt)
}

/** A row set of a request in which rows are arrays, and so are columns. */
type GivenRowSet = sql.IRecordSet<unknown[]>
type Column = sql.IColumnMetadata[string]

/**
 * Reads a row set as the driver gives it. Moments come as JavaScript's, which end at milliseconds;
 * a `datetime` without a zone is taken to be in UTC. A `bigint` comes as text.
 */
export function readRowSet(given: GivenRowSet): RowSet {
  const columns = given.columns as unknown as Column[]
  const readers = columns.map(readerOf)
  return {
    columns: columns.map(({ name }) => name),
    rows: given.map((row) => row.map((value, index) => readers[index]?.(value) ?? null)),
  }
}

function readerOf({ type }: Column): (value: unknown) => DatabaseValue {
  if (type === sql.BigInt) return (value) => (value === null ? null : BigInt(value as string))
  // neither of them is a moment
  if (type === sql.Date) return (value) => isoText(value)?.slice(0, 10) ?? null
  if (type === sql.Time) return (value) => isoText(value)?.slice(11, -1) ?? null
  return (value) => isoText(value) ?? (value as DatabaseValue)
}

function isoText(value: unknown): string | undefined {
  return value instanceof Date ? value.toISOString() : undefined
}
