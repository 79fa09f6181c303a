import { contract } from '@ca/contracts'
import { type Served, send, serve } from '@ca/test-kit'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createRmSapi } from '../src/main.ts'
import { type Rm, startRm } from './rm.ts'

let rm: Rm
let service: Served

beforeEach(async () => {
  rm = await startRm()
  service = await serve(contract('ca-rm-sapi'), (settings) =>
    createRmSapi({
      ...settings,
      ORDERS_FILE: ':memory:',
      RM_URL: rm.url,
      RM_CLIENT_ID: 'rm-sapi',
      RM_CLIENT_SECRET: 'a secret',
    }),
  )
})

afterEach(async () => {
  await service.stop()
  await rm.stop()
})

test('a script comes as RM has it, with its length', async () => {
  const { status, text, headers } = await service.call('/v1/candidates/scripts/pdf/SC-1-0')
  expect([status, text]).toEqual([200, rm.script.toString()])
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(rm.script.length),
  })
})

test('a script that RM does not have is not found', async () => {
  const { body } = await service.call('/v1/candidates/scripts/pdf/nothing')
  expect(body).toMatchObject({ errorCode: '70404' })
})

test('a script is not acceptable to who wants JSON', async () => {
  const { body } = await service.call({
    path: '/v1/candidates/scripts/pdf/SC-1-0',
    headers: { accept: 'application/json' },
  })
  expect(body).toMatchObject({ errorCode: '60406' })
})

test.each(['a.b', '..', 'a%2Fb', 'x'.repeat(65), '%00'])('%s is no docStorePageId', async (id) => {
  const { body } = await service.call(`/v1/candidates/scripts/pdf/${id}`)
  expect(body).toMatchObject({ errorCode: '60002' })
})

test('a script that breaks off never looks whole', async () => {
  rm.script = Buffer.alloc(1_000_000, 'x')
  rm.scriptBreaksAt = 400_000
  const broken = send(service.url, {
    path: '/v1/candidates/scripts/pdf/SC-1-0',
    headers: { ...service.credentials, 'x-transaction-id': 'broken-1' },
  })
  await expect(broken).rejects.toThrow()
})

test('what RM answers in place of a script is no script', async () => {
  rm.scriptType = 'text/html'
  const { body } = await service.call('/v1/candidates/scripts/pdf/SC-1-0')
  expect(body).toMatchObject({ errorCode: '60006' })
})

test('without RM a script is 70503', async () => {
  await rm.stop()
  const { body } = await service.call('/v1/candidates/scripts/pdf/SC-1-0')
  expect(body).toMatchObject({ errorCode: '70503' })
  rm = await startRm()
})
