import { contract } from '@ca/contracts'
import { type Served, serve, validCalls } from '@ca/test-kit'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createLibsSapi } from '../src/main.ts'

let service: Served

beforeAll(async () => {
  service = await serve(contract('ca-libs-sapi'), (settings) =>
    createLibsSapi({ ...settings, LIBS_DATABASE_URL: 'sqlite:' }),
  )
})
afterAll(() => service.stop())

type List = { items: Record<string, unknown>[]; page: { total: number } }

async function list(path: string): Promise<List> {
  const { status, body } = await service.call(path)
  expect(status).toBe(200)
  return body as List
}

const ofCi = '/v1/businessStreams/02/qpIdentifiers?sessionId=19722&assessmentCode=9239'

test('a question paper repeats the key that it was asked by', async () => {
  const { items } = await list(`${ofCi}&assessmentVersion=4&componentId=03`)
  expect(items.length).toBeGreaterThan(0)
  for (const item of items) {
    expect(item).toMatchObject({
      businessStreamId: '02',
      sessionId: 19722,
      assessmentCode: '9239',
      assessmentVersion: '4',
      componentId: '03',
      duration: expect.any(Number),
    })
  }
})

test('without version and component there are more', async () => {
  const one = await list(`${ofCi}&assessmentVersion=4&componentId=03`)
  const all = await list(ofCi)
  expect(all.page.total).toBeGreaterThan(one.page.total)
  expect(all.items).toEqual(expect.arrayContaining(one.items))
})

test('each business stream has its own', async () => {
  expect((await list(ofCi.replace('/02/', '/01/'))).items).toEqual([])
})

test.each([
  ['60002', ofCi.replace('/02/', '/03/')],
  ['60002', ofCi.replace('/02/', '/2/')],
  ['60001', '/v1/businessStreams/02/qpIdentifiers?assessmentCode=9239'],
  ['60001', '/v1/businessStreams/02/qpIdentifiers?sessionId=19722'],
  ['60002', `${ofCi}&assessmentVersion=4444`],
  ['60002', `${ofCi}&componentID=03`],
])('is told %s for %s', async (errorCode, path) => {
  expect((await service.call(path)).body).toMatchObject({ errorCode })
})

test('any call that fits the contract is answered', async () => {
  await fc.assert(
    fc.asyncProperty(await validCalls(contract('ca-libs-sapi')), async (call) => {
      expect((await service.call(call)).status).toBe(200)
    }),
  )
})
