import type { Contract } from '@ca/contracts'
import type { FaultCode } from '@ca/faults'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc, { type Arbitrary } from 'fast-check'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import type { Call } from './http-client.ts'
import { type Schema, valuesOf } from './schema-values.ts'

/** A call that the contract does not allow, what is wrong with it and what it must earn. */
export type InvalidCall = { call: Call; why: string; codes: FaultCode[] }

type Parameter = { name: string; in: string; required?: boolean; schema: Schema }

type ContractOperation = {
  operationId: string
  method: string
  path: string
  parameters: Parameter[]
  requestBody?: { required?: boolean; content: { 'application/json': { schema: Schema } } }
}

/** A call in parts that can still be spoilt one by one; path and query values are encoded already. */
type Draft = {
  operation: ContractOperation
  path: Record<string, string>
  query: [name: string, value: string][]
  headers: Record<string, string>
  body: unknown
}

const ajv = new Ajv({ strict: false })
addFormats.default(ajv)
const validators = new WeakMap<Schema, (value: unknown) => boolean>()

/** Makes one thing wrong in a call that was right. */
type Spoiler = (draft: Draft) => InvalidCall

/** A schema's validator; compiling one takes longer than all that it will ever check here. */
function validatorOf(schema: Schema): (value: unknown) => boolean {
  const validate = validators.get(schema) ?? ajv.compile(schema)
  validators.set(schema, validate)
  return validate
}

/** Calls that fit the contract, for any of its operations. */
export async function validCalls(contract: Contract): Promise<Arbitrary<Call>> {
  return fc.oneof(...(await operationsOf(contract)).map((each) => drafts(each).map(toCall)))
}

/**
 * Calls that do not fit the contract, each wrong in one way: a value out of form, a parameter that
 * is missing, repeated or unknown, text that is no UTF-8, a body that is none.
 */
export async function invalidCalls(contract: Contract): Promise<Arbitrary<InvalidCall>> {
  const each = (await operationsOf(contract)).map((operation) =>
    fc
      .tuple(drafts(operation), fc.oneof(...spoilersOf(operation)))
      .map(([draft, spoil]) => spoil(draft)),
  )
  return fc.oneof(...each)
}

async function operationsOf(contract: Contract): Promise<ContractOperation[]> {
  const api = new OpenAPIBackend({
    definition: structuredClone(contract.document) as unknown as Document,
    quick: true,
    validate: false,
  })
  await api.init()
  return api.router.getOperations() as unknown as ContractOperation[]
}

function drafts(operation: ContractOperation): Arbitrary<Draft> {
  const valuesIn = (place: string) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place)
    return fc.record(
      Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesOf(schema)])),
      { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
    )
  }
  const schema = operation.requestBody?.content['application/json'].schema
  return fc
    .record({
      path: valuesIn('path'),
      query: valuesIn('query'),
      header: valuesIn('header'),
      body: schema ? valuesOf(schema) : fc.constant(undefined),
    })
    .map(({ path, query, header, body }) => ({
      operation,
      path: mapValues(path, (value) => encodeURIComponent(String(value))),
      query: Object.entries(query).map(([name, value]): [string, string] => [
        encodeURIComponent(name),
        encodeURIComponent(String(value)),
      ]),
      // the service may heed a deadline of 0, which says nothing about the call's form
      headers: mapValues(header, (value, name) =>
        name === 'X-Deadline-Ms' ? '8000' : String(value),
      ),
      body,
    }))
}

function toCall({ operation, path, query, headers, body }: Draft): Call {
  const target = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
  const search = query.map(([name, value]) => `${name}=${value}`).join('&')
  return {
    method: operation.method.toUpperCase(),
    path: search ? `${target}?${search}` : target,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** Every way to spoil a call of this operation. */
function spoilersOf(operation: ContractOperation): Arbitrary<Spoiler>[] {
  return [
    ...operation.parameters.flatMap(parameterSpoilers),
    fc
      .stringMatching(/^[a-z]{1,12}$/)
      .filter((name) => !operation.parameters.some((parameter) => parameter.name === name))
      .map((name) => (draft) => ({
        why: 'an unknown query parameter',
        call: toCall({ ...draft, query: [...draft.query, [name, '1']] }),
        codes: ['60002', '60001'],
      })),
    ...bodySpoilers(operation),
  ]
}

function parameterSpoilers(parameter: Parameter): Arbitrary<Spoiler>[] {
  const { name, required } = parameter
  const outOfForm = textsOutOf(parameter.schema)
  // an empty segment is another path, and an empty header is none
  const filledOutOfForm = outOfForm.map((texts) => texts.filter((text) => text !== ''))
  switch (parameter.in) {
    case 'path':
      return [...filledOutOfForm.map(encoded), noText].map((values) => values.map(segment))
    case 'query':
      return [
        ...[...outOfForm.map(encoded), noText].map((values) =>
          values.map((value) => query('out of form', [value])),
        ),
        encoded(valuesOf(parameter.schema)).map((value) => query('twice', [value, value])),
        ...(required ? [fc.constant(query('missing', [], '60001'))] : []),
      ]
    case 'header':
      return [
        ...filledOutOfForm.map((texts) =>
          encoded(texts).map((text) => header('out of form', text)),
        ),
        ...(required ? [fc.constant(header('missing', ''))] : []),
      ]
    default:
      return []
  }

  function segment(value: string): Spoiler {
    return (draft) => ({
      why: `${name} out of form`,
      call: toCall({ ...draft, path: { ...draft.path, [name]: value } }),
      codes: ['60002'],
    })
  }

  function query(why: string, values: string[], code: FaultCode = '60002'): Spoiler {
    return (draft) => ({
      why: `${name} ${why}`,
      call: toCall({
        ...draft,
        query: [
          ...draft.query.filter(([other]) => other !== name),
          ...values.map((value): [string, string] => [name, value]),
        ],
      }),
      codes: [code],
    })
  }

  function header(why: string, value: string): Spoiler {
    return (draft) => {
      const { [name]: _, ...others } = draft.headers
      return {
        why: `${name} ${why}`,
        call: toCall({ ...draft, headers: { ...others, [name.toLowerCase()]: value } }),
        codes: [name === 'X-TRANSACTION-ID' ? '60004' : '60002'],
      }
    }
  }
}

function bodySpoilers({ requestBody }: ContractOperation): Arbitrary<Spoiler>[] {
  if (!requestBody) return []
  const { schema } = requestBody.content['application/json']
  const body = (why: string, spoil: (body: string) => string): Spoiler => {
    return (draft) => {
      const call = toCall(draft)
      return { why, call: { ...call, body: spoil(String(call.body)) }, codes: ['60002'] }
    }
  }
  return [
    ...valuesOutOf(schema).map((values) =>
      values.map((value) => body('another body', () => JSON.stringify(value))),
    ),
    fc
      .double({ min: 0.01, max: 0.99, noNaN: true })
      .map((part) =>
        body('a body cut short', (text) => text.slice(0, Math.ceil(text.length * part) - 1) || '{'),
      ),
    fc.constant(body('half a character', () => '{"a":"\\ud800"}')),
    fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data').map(
      (type): Spoiler =>
        (draft) => {
          const call = toCall(draft)
          const headers = { ...call.headers, 'content-type': type }
          return { why: 'another media type', call: { ...call, headers }, codes: ['60415'] }
        },
    ),
    ...(requestBody.required ? [fc.constant(body('no body', () => ''))] : []),
  ]
}

/** Percent sequences that are no UTF-8: cut short, no hexadecimal, half a surrogate pair. */
const noText = fc.constantFrom('%', '%zz', '%C3', '%ED%A0%80', '%ED%B0%80x', '%FF')

/** JSON that a body of this schema may not be; nothing where it may be anything. */
function valuesOutOf(schema: Schema): Arbitrary<unknown>[] {
  const fits = validatorOf(schema)
  const simple = [null, true, 0, 'text', [], {}]
  return simple.every(fits) ? [] : [fc.jsonValue().filter((value) => !fits(value))]
}

/** Texts that a lenient reader would let pass as something else, or that do harm further in. */
const tempting = [
  ...['', ' 5', '5 ', '+5', '1e3', '0x10', '1.5', '-1', '5\n', '٣', '2147483648', 'NaN', 'null'],
  ...['TRUE', '1', 'a/b', '../x', '..', "' OR 1=1 --", '<script>', '\u0000', 'é', '🙂'],
  '1'.repeat(400),
]

/** Texts that a parameter of this schema may not be; nothing where it may be any. */
function textsOutOf(schema: Schema): Arbitrary<string>[] {
  const wrong = tempting.filter((text) => !isValue(schema, text))
  if (wrong.filter((text) => text !== '').length === 0) return []
  const others = fc.string({ unit: 'grapheme' }).filter((text) => !isValue(schema, text))
  return [fc.oneof(fc.constantFrom(...wrong), others)]
}

function isValue(schema: Schema, text: string): boolean {
  const validate = validatorOf(schema)
  switch (schema.type) {
    case 'integer':
      return /^-?\d+$/.test(text) && validate(Number(text))
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) && validate(Number(text))
    case 'boolean':
      return text === 'true' || text === 'false'
    default:
      return validate(text)
  }
}

function encoded(values: Arbitrary<unknown>): Arbitrary<string> {
  return values.map((value) => encodeURIComponent(String(value)))
}

function mapValues<Value>(
  values: Record<string, unknown>,
  map: (value: unknown, name: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]))
}
