import oracledb from 'oracledb'
import type { Parameter } from '../engine.ts'
import type { DatabaseValue, ValueType } from '../value-types.ts'
import type { ColumnMetaData } from './driver.ts'

export type Column = ColumnMetaData

/**
 * Where a parameter's value goes in the call. A moment travels as text: the driver would write its
 * date and time in the zone of this process.
 * @param place its name there, without the colon
 */
export function placeOf(kind: ValueType['kind'], place: string): string {
  if (kind !== 'dateTime') return `:${place}`
  return `TO_TIMESTAMP(:${place}, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')`
}

/** Hands a parameter over, as the type that its description stands for in Oracle. */
export function bind({ type, value }: Parameter): oracledb.BindParameter {
  switch (type.kind) {
    case 'text':
      // the national character set holds every script, whatever the database's own is
      return { type: oracledb.DB_TYPE_NVARCHAR, val: value }
    case 'integer':
      return { type: oracledb.DB_TYPE_NUMBER, val: value }
    case 'dateTime':
      return {
        type: oracledb.DB_TYPE_VARCHAR,
        val: value === null ? null : new Date(value as string).toISOString(),
      }
    case 'boolean':
      return { type: oracledb.DB_TYPE_NUMBER, val: value === null ? null : Number(value) }
  }
}

/**
 * Reads a value as the driver gives it.
 * @throws {Error} naming the column, where it is of a type that nothing is described as
 */
export function readColumn({ name, dbType, dbTypeName }: Column, value: unknown): DatabaseValue {
  if (value === null || value === undefined) return null
  if (dbType === oracledb.DB_TYPE_NUMBER) return readNumber(String(value))
  if (value instanceof Date) {
    const hasZone =
      dbType === oracledb.DB_TYPE_TIMESTAMP_TZ || dbType === oracledb.DB_TYPE_TIMESTAMP_LTZ
    return hasZone ? value.toISOString() : readLocal(name, value)
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  throw new Error(`column ${name} is ${dbTypeName}`)
}

/** No type has place for a fraction, and what is none of them must not become an integer. */
function readNumber(text: string): DatabaseValue {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number.NaN
}

/**
 * A `DATE` or `TIMESTAMP`, which has no zone, is in UTC. The driver makes of it what shows the same
 * date and time in the zone of this process.
 * @throws {Error} where that zone skips an hour, so that it may as well have been an hour earlier
 */
function readLocal(name: string, shown: Date): string {
  const [year, month, day] = [shown.getFullYear(), shown.getMonth(), shown.getDate()] as const
  const hour = shown.getHours()
  const rest = [shown.getMinutes(), shown.getSeconds(), shown.getMilliseconds()] as const
  if (new Date(year, month, day, hour - 1, ...rest).getTime() === shown.getTime()) {
    throw new Error(`column ${name} cannot be told in the time zone of this process: run it in UTC`)
  }
  return new Date(Date.UTC(year, month, day, hour, ...rest)).toISOString()
}
