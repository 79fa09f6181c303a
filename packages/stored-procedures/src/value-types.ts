/** A value as services see it. */
export type Value = string | number | boolean

/** A value as an engine hands it over or takes it. A moment is ISO 8601 text in UTC, with `Z`. */
export type DatabaseValue = Value | bigint | null

/**
 * What a parameter or a column holds. A type is described here once, for every engine: engines
 * pick their own type for a parameter by `kind` and `length`, and `read` makes the same value of
 * whatever each of them gives for a column.
 */
export type ValueType<Held extends Value = Value, Optional extends boolean = boolean> = {
  readonly kind: 'text' | 'integer' | 'dateTime' | 'boolean'
  /** As messages name it, such as `text(10)`. */
  readonly name: string
  /** Of text, the most UTF-16 code units that it may have. */
  readonly length?: number
  readonly isOptional: Optional
  /** The value in its one form; null where there is none, undefined where it is of another type. */
  read(value: NonNullable<DatabaseValue>): Held | null | undefined
}

export type ValueTypes = Readonly<Record<string, ValueType>>

type ValueOf<Type> = Type extends ValueType<infer Held> ? Held : never

/** Values of these types, by the same names. An optional one that has no value is absent. */
export type Values<Types extends ValueTypes> = {
  [Key in keyof Types as Types[Key]['isOptional'] extends true ? never : Key]: ValueOf<Types[Key]>
} & {
  [Key in keyof Types as Types[Key]['isOptional'] extends true ? Key : never]?: ValueOf<Types[Key]>
}

/**
 * Text. Codes and ids with leading zeros are text.
 *
 * Spaces at its end are not part of it: SQL Server and Oracle pad `CHAR` columns with them and do
 * not tell. Empty text is no value, as in Oracle. NUL and lone surrogates are refused, because no
 * two engines keep them alike.
 * @param length the most UTF-16 code units, as SQL Server counts in `nvarchar(length)`
 */
export function text(length: number): ValueType<string, false> {
  return {
    kind: 'text',
    name: `text(${length})`,
    length,
    isOptional: false,
    read(value) {
      if (typeof value !== 'string' || value.length > length) return undefined
      if (!value.isWellFormed() || value.includes('\0')) return undefined
      return value.replace(/ +$/, '') || null
    },
  }
}

/** Text that is one of these. What a database adds to them has to be added here as well. */
export function oneOf<const Word extends string>(...values: Word[]): ValueType<Word, false> {
  const { read, ...type } = text(Math.max(...values.map((value) => value.length)))
  return {
    ...type,
    name: `one of ${values.join(', ')}`,
    read(value) {
      const given = read(value)
      return given === null ? null : values.find((known) => known === given)
    },
  }
}

/** A whole number that JavaScript holds exactly: between -(2^53 - 1) and 2^53 - 1. */
export function integer(): ValueType<number, false> {
  return {
    kind: 'integer',
    name: 'integer',
    isOptional: false,
    read(value) {
      if (typeof value !== 'number' && typeof value !== 'bigint') return undefined
      const number = Number(value)
      return Number.isSafeInteger(number) ? number : undefined
    },
  }
}

const instant =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(\d+))?Z$/

/**
 * A moment as ISO 8601 text in UTC: `2026-08-13T05:00:00Z`. Milliseconds stand in it only where
 * they are not zero, `2026-08-13T05:00:00.250Z`, and what is finer than that is cut off.
 */
export function dateTime(): ValueType<string, false> {
  return {
    kind: 'dateTime',
    name: 'dateTime',
    isOptional: false,
    read(value) {
      const parts = typeof value === 'string' ? instant.exec(value) : null
      if (!parts) return undefined
      const [moment, year, month, day, fraction = ''] = parts
      if (Number(day) > 28 && Number(day) > daysIn(Number(year), Number(month))) return undefined
      const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
      return moment.slice(0, 19) + (milliseconds === '000' ? 'Z' : `.${milliseconds}Z`)
    },
  }
}

/** True or false: SQL Server's `bit`, and 1 or 0 where an engine has no such type. */
export function boolean(): ValueType<boolean, false> {
  return {
    kind: 'boolean',
    name: 'boolean',
    isOptional: false,
    read(value) {
      if (typeof value === 'string') return undefined
      const number = Number(value)
      return number === 0 || number === 1 ? number === 1 : undefined
    },
  }
}

/** The same type where there may be no value: then the parameter or the row leaves it out. */
export function optional<Held extends Value>(type: ValueType<Held, false>): ValueType<Held, true> {
  return { ...type, isOptional: true }
}

function daysIn(year: number, month: number): number {
  // the day before the first one of the next month, which JavaScript counts from 0
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
