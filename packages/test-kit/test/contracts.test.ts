import { Readable } from 'node:stream'
import { type Contract, contract, contractNames, type Operations, reply } from '@ca/contracts'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  invalidCalls,
  type Served,
  sampleContract,
  sampleOperations,
  serveOperations,
  validCalls,
} from '../src/index.ts'

const contracts: Contract[] = [...contractNames.map(contract), sampleContract]

describe.each(contracts)('any call to $name', (called: Contract) => {
  const reached: string[] = []
  let service: Served

  beforeAll(async () => {
    const operations = called === sampleContract ? sampleOperations : examplesOf(called)
    service = await serveOperations(called, noting(reached, operations))
  })
  afterAll(() => service.stop())

  test('that fits the contract reaches its operation and is answered by it', async () => {
    await fc.assert(
      fc.asyncProperty(await validCalls(called), async (call) => {
        reached.length = 0
        const { status } = await service.call(call)
        expect([status, reached.length]).toEqual([call.method === 'POST' ? 201 : 200, 1])
      }),
      { numRuns: 300 },
    )
  })

  test('that does not fit it is refused before its operation, and never with 500', async () => {
    await fc.assert(
      fc.asyncProperty(await invalidCalls(called), async ({ call, codes }) => {
        reached.length = 0
        const { body } = await service.call(call)
        expect(codes).toContain((body as { errorCode: string }).errorCode)
        expect(reached).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

type Described = { operationId: string; responses: Record<string, { $ref: string }> }
type Example = { content: { 'application/json'?: { example: unknown } } }
type AnyOperations = Record<string, (request: never) => unknown>

/** Operations that answer with their contract's examples. */
function examplesOf({ document }: Contract): AnyOperations {
  const { paths, components } = document as {
    paths: Record<string, Record<string, Described>>
    components: { responses: Record<string, Example> }
  }
  const described = Object.values(paths).flatMap((methods) => Object.values(methods))
  return Object.fromEntries(
    described.map(({ operationId, responses }) => {
      const [[status, { $ref }] = ['', { $ref: '' }]] = Object.entries(responses)
      const { content } = components.responses[$ref.split('/').at(-1) ?? ''] as Example
      const json = content['application/json']
      const [type = ''] = Object.keys(content)
      return [
        operationId,
        () =>
          json
            ? reply(Number(status), json.example)
            : reply(Number(status), Readable.from(['bytes']), { 'Content-Type': type }),
      ]
    }),
  )
}

/** The same operations, which note that they were reached. */
function noting(reached: string[], operations: AnyOperations): Operations<never> {
  return Object.fromEntries(
    Object.entries(operations).map(([operationId, operation]) => [
      operationId,
      (request: never) => {
        reached.push(operationId)
        return operation(request)
      },
    ]),
  ) as Operations<never>
}
