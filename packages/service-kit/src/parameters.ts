import type { FaultDetail } from '@ca/faults'
import { speakable } from './query.ts'

/** A parameter as the contract describes it, references resolved. */
export type Parameter = {
  name: string
  in: string
  required?: boolean
  schema?: { type?: unknown; minimum?: number }
}

type Value = string | number | boolean

/** What was given for parameters, by their names. */
export type Values = Readonly<Record<string, Value>>

type Kind = 'string' | 'integer' | 'number' | 'boolean'

/** A parameter, under which name it is given, and what its text is read as. */
type Readable = Parameter & { key: string; kind: Kind }

/** The parameters that an operation has in one place: its path, its query or its headers. */
export class Parameters {
  readonly #place: FaultDetail['in']
  readonly #byName: Map<string, Readable>
  readonly #parameters: readonly Readable[]

  /** @throws {Error} when one is of a kind that cannot be converted, such as a list */
  constructor(place: FaultDetail['in'], all: Parameter[]) {
    this.#place = place
    this.#parameters = all
      .filter((parameter) => parameter.in === place)
      .map((parameter) => ({
        ...parameter,
        // HTTP's header names have no case
        key: place === 'header' ? parameter.name.toLowerCase() : parameter.name,
        kind: kindOf(parameter),
      }))
    this.#byName = new Map(this.#parameters.map((parameter) => [parameter.key, parameter]))
  }

  /** Whether there is one of this name that every call must bring. */
  requires(name: string): boolean {
    return this.#byName.get(name)?.required === true
  }

  /** The values in the contract's order, with undefined for what was not given. */
  inOrder(values: Values): (Value | undefined)[] {
    return this.#parameters.map(({ key }) => values[key])
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /**
   * Converts what was given, so that the schemas see numbers where they ask for numbers. The forms
   * are narrow: `1e3`, `+5`, `0x10` and `" 5"` are text, whatever a cast would make of them.
   * @param details what is wrong is added here
   */
  convert(given: Record<string, unknown>, details: FaultDetail[]): Record<string, Value> {
    const converted: Record<string, Value> = {}
    for (const parameter of this.#parameters) {
      const { key: name } = parameter
      const text = given[name]
      if (text === undefined) continue
      const value = convert(parameter, String(text))
      if (value !== undefined) converted[name] = value
      else details.push({ in: this.#place, name, issue: forms[parameter.kind] })
    }
    // other headers are nobody's business, another query parameter may be a misspelt one
    if (this.#place === 'header') return converted
    for (const name in given) {
      if (this.#byName.has(name)) continue
      details.push({ in: this.#place, name: speakable(name), issue: 'is not known' })
    }
    return converted
  }
}

const forms: Record<Kind, string> = {
  string: 'must be text',
  integer: 'must be plain decimal digits',
  number: 'must be a decimal number',
  boolean: 'must be true or false',
}

function convert({ kind, schema }: Readable, text: string): Value | undefined {
  if (kind === 'string') return text
  if (kind === 'boolean') return text === 'true' || (text === 'false' ? false : undefined)
  const mayBeNegative = schema?.minimum === undefined || schema.minimum < 0
  if (text.startsWith('-') && !mayBeNegative) return undefined
  const form = kind === 'integer' ? /^-?[0-9]+$/ : /^-?[0-9]+(\.[0-9]+)?$/
  return form.test(text) ? Number(text) : undefined
}

function kindOf({ name, schema }: Parameter): Kind {
  const type = schema?.type ?? 'string'
  if (type === 'string' || type === 'integer' || type === 'number' || type === 'boolean') {
    return type
  }
  throw new Error(
    `The contract's parameter ${name} is of type ${String(type)}, which no gate reads`,
  )
}
