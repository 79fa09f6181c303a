import { readdirSync, readFileSync } from 'node:fs'
import { catalogue, type FaultCode } from '@ca/faults'
import { expect, test } from '@jest/globals'
import { parseYaml } from '@redocly/openapi-core'

type Components = {
  schemas: { Fault: { properties: { errorCode: { enum: string[] } } } }
  responses: Record<string, { content: { 'application/json': { examples: Examples } } }>
}
type Examples = Record<string, { value: { errorCode: string; errorMessage: string } }>
type Operation = { responses: Record<string, { $ref: string }> }

const openapi = new URL('../../../openapi/', import.meta.url)
const { schemas, responses } = read<Components>('components/faults.yaml')
const codes = Object.keys(catalogue).sort()

const examples = Object.entries(responses).flatMap(([response, { content }]) =>
  Object.entries(content['application/json'].examples).map(([name, { value }]) => ({
    response,
    name,
    ...value,
  })),
)

test('every code of the catalogue is an example of one response, and no other code is', () => {
  expect(examples.map(({ errorCode }) => errorCode).sort()).toEqual(codes)
})

test('every example is named after its code and says what the catalogue says, to the letter', () => {
  for (const { name, errorCode, errorMessage } of examples) {
    const { message } = catalogue[errorCode as FaultCode]
    expect({ name, errorMessage }).toEqual({ name: errorCode, errorMessage: message })
  }
})

test('every status of the catalogue has a response, which holds the codes of no other', () => {
  const statuses = examples.map(({ response, errorCode }) => [
    response,
    catalogue[errorCode as FaultCode].status,
  ])
  const pairs = new Set(statuses.map((pair) => pair.join(' ')))
  expect(pairs.size).toBe(new Set(Object.values(catalogue).map(({ status }) => status)).size)
  expect(pairs.size).toBe(Object.keys(responses).length)
})

test('every contract answers a fault with the status that its code travels with', () => {
  const used = contracts().flatMap(({ file, paths }) =>
    Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap((operation) => Object.entries(operation.responses))
      .filter(([, { $ref }]) => $ref?.includes('faults.yaml'))
      .map(([status, { $ref }]) => ({ file, status, response: $ref.split('/').at(-1) })),
  )
  expect(used.length).toBeGreaterThan(0)
  for (const { file, status, response } of used) {
    const example = examples.find((each) => each.response === response)
    expect({ file, response, status: catalogue[example?.errorCode as FaultCode]?.status }).toEqual({
      file,
      response,
      status: Number(status),
    })
  }
})

test('the codes that a fault’s schema knows are those of the catalogue', () => {
  expect(schemas.Fault.properties.errorCode.enum.toSorted()).toEqual(codes)
})

function contracts() {
  return readdirSync(openapi)
    .filter((file) => file.endsWith('.yaml') && file !== 'redocly.yaml')
    .map((file) => ({
      file,
      ...read<{ paths: Record<string, Record<string, Operation>> }>(file),
    }))
}

function read<T>(file: string): T {
  return parseYaml(readFileSync(new URL(file, openapi), 'utf8')) as T
}
