import type { Parameter } from './engine.ts'
import { databaseName, type Procedure } from './procedure.ts'
import type { Value } from './value-types.ts'

/**
 * The parameters of a call, all that are described, null where an optional one is left out.
 *
 * A value must be as it would be read back: text that is longer than described, or ends in spaces,
 * would be cut or changed by one engine or another without a word. The contract has refused such a
 * value, so it is a defect here.
 * @throws {Error} naming the parameter, never its value
 */
export function parametersOf(
  { parameters }: Procedure,
  values: Readonly<Record<string, Value | undefined>>,
): Parameter[] {
  return Object.entries(parameters).map(([key, type]) => {
    const name = databaseName(key)
    const value = values[key] ?? null
    const fits = value === null ? type.isOptional : type.read(value) === value
    if (!fits) throw new Error(`parameter ${name} is not ${type.name}`)
    return { name, type, value }
  })
}
