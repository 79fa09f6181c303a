import fc, { type Arbitrary } from 'fast-check'

/** The part of JSON Schema that the contracts use. */
export type Schema = {
  type?: string
  enum?: unknown[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

/** Long lists and texts make a test slow without making it find more. */
const longEnough = 8

/** Values that fit a schema, as JSON has them. */
export function valuesOf(schema: Schema): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 - 1 })
    case 'number':
      return fc
        .integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 })
        .map((hundredths) => hundredths / (schema.minimum === undefined ? 100 : 1))
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? longEnough, (schema.minItems ?? 0) + longEnough),
      })
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, valuesOf(inner)]),
        ),
        { requiredKeys: schema.required ?? [] },
      )
    default:
      return textsOf(schema)
  }
}

function textsOf({ pattern, minLength = 0, maxLength = 1000 }: Schema): Arbitrary<string> {
  const texts = pattern
    ? fc.stringMatching(new RegExp(pattern))
    : fc.string({ minLength, maxLength: Math.min(maxLength, minLength + longEnough) })
  return texts.filter((text) => text.length >= minLength && text.length <= maxLength)
}
