import { type Contract, contract, contractNames } from '@ca/contracts'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Call, type Served, serveOperations, validCalls } from '../src/index.ts'

/** Values as they stand in a target, none of which any parameter may have. */
const hostile = {
  'dots that move a path': ['.', '..', '...', '../..', '..%2f..%2fetc%2fpasswd', '..;', '..%3b'],
  'dots in disguise': ['%2e', '%2e%2E', '.%2e', '%252e%252e', '%c0%ae%c0%ae', '%u002e', '%uff0e'],
  'slashes in disguise': [
    '%2f',
    'A%2Fb',
    '%2F%2f',
    '%5c',
    '..%5C..',
    '%252f',
    '%c0%af',
    '%e0%80%af',
  ],
  'what ends a path for some': [
    '%00',
    'A%00',
    '%3f',
    '%23',
    'A;x=y',
    'A/',
    '/A',
    'A//A',
    'A.',
    'A%20',
  ],
  'lines of their own': ['%0a', 'A%0a', 'A%0D%0AX-Forged:%201', '%E2%80%A8', '%C2%85'],
  'parts of a statement': [
    "'",
    "1'--",
    "'%20OR%20'1'='1",
    '1;DROP%20TABLE%20Result--',
    '1%20UNION%20SELECT%20*',
    '1%2F**%2F',
    '%25',
    '%EF%BC%87',
    '%2B1',
  ],
  'parts of a program': [
    '$(id)',
    '%60id%60',
    '$%7B7*7%7D',
    '%7B%7B7*7%7D%7D',
    '%3Cb%3E',
    '__proto__%20',
  ],
  'digits that are none': ['%D9%A3', '%EF%BC%91', '%C2%B2', '%F0%9F%98%80'],
} as const

const deadlines = [
  '-1',
  '1e9',
  'NaN',
  'Infinity',
  '0x10',
  '5.0',
  '2147483648',
  '9'.repeat(400),
  '1, 2',
]
const consumers = [
  'a b',
  'a/b',
  '../a',
  "a'--",
  '"',
  '{"a":1}',
  'a'.repeat(65),
  'a, b',
  'ü',
  '<b>',
  '*',
]

describe.each(contractNames.map((name) => contract(name)))('of $name', (called: Contract) => {
  let service: Served
  let calls: Call[]

  beforeAll(async () => {
    // a call that passes the gate is told that nobody does what it asks for
    service = await serveOperations(called, {} as never)
    calls = await oneOfEach(called)
  })
  afterAll(() => service.stop())

  test.each(Object.entries(hostile))('no parameter of a path takes %s', async (_, values) => {
    for (const call of calls) {
      const [path = '', query] = call.path.split('?')
      for (const [at, given] of parametersIn(called, path)) {
        const told = values.map(async (value) => {
          const target = path.split('/').with(at, value.replaceAll('A', given)).join('/')
          const { body } = await service.call({
            ...call,
            path: query ? `${target}?${query}` : target,
          })
          return [target, (body as { errorCode: string }).errorCode]
        })
        for (const [target = '', errorCode] of await Promise.all(told)) {
          const isOther = target.split('/').length !== path.split('/').length
          expect([target, errorCode]).toEqual([target, isOther ? '70404' : '60002'])
        }
      }
    }
  })

  test.each(Object.entries(hostile))('no parameter of a query takes %s', async (_, values) => {
    for (const call of calls) {
      const [path = '', query = ''] = call.path.split('?')
      const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='))
      for (const [at, [name = '', given = '']] of pairs.entries()) {
        const told = values.map(async (value) => {
          const spoilt = pairs.with(at, [name, value.replaceAll('A', given)])
          const search = spoilt.map((pair) => pair.join('=')).join('&')
          const { body } = await service.call({ ...call, path: `${path}?${search}` })
          return [search, (body as { errorCode: string }).errorCode]
        })
        for (const [search, errorCode] of await Promise.all(told)) {
          expect([search, errorCode]).toEqual([search, '60002'])
        }
      }
    }
  })

  if (called.name.endsWith('-sapi')) {
    test.each([
      ['x-deadline-ms', deadlines],
      ['x-consumer-id', consumers],
    ])('no header %s is heeded out of form', async (name, values) => {
      for (const call of calls) {
        for (const value of values) {
          const { 'X-Consumer-Id': _, 'X-Deadline-Ms': __, ...headers } = call.headers ?? {}
          const { body } = await service.call({ ...call, headers: { ...headers, [name]: value } })
          const { errorCode } = body as { errorCode: string }
          expect([value, errorCode]).toEqual([value, '60002'])
        }
      }
    })
  }
})

/** A call of each operation that passes the gate, with all the parameters that it may have. */
async function oneOfEach(called: Contract): Promise<Call[]> {
  const samples = fc.sample(await validCalls(called), { numRuns: 500, seed: 7 })
  const fullest = new Map<string, Call>()
  for (const call of samples) {
    const [path = '', query = ''] = call.path.split('?')
    const template = `${call.method} ${templateOf(called, path)}`
    const known = fullest.get(template)?.path.split('?')[1] ?? ''
    if (!fullest.has(template) || query.split('&').length > known.split('&').length) {
      fullest.set(template, call)
    }
  }
  return [...fullest.values()]
}

/** The places of a path's parameters among its segments, with what stands there. */
function parametersIn(called: Contract, path: string): [at: number, given: string][] {
  const segments = path.split('/')
  return templateOf(called, path)
    .split('/')
    .flatMap((segment, at) => (segment.startsWith('{') ? [[at, segments[at] ?? '']] : []))
}

function templateOf({ document }: Contract, path: string): string {
  const segments = path.split('/')
  const template = Object.keys(document.paths as object).find((each) => {
    const places = each.split('/')
    return (
      places.length === segments.length &&
      places.every((place, at) => place.startsWith('{') || place === segments[at])
    )
  })
  if (!template) throw new Error(`${path} is no path of the contract`)
  return template
}
