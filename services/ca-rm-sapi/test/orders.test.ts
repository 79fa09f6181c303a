import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contract } from '@ca/contracts'
import { type Served, serve } from '@ca/test-kit'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createRmSapi } from '../src/main.ts'
import { type Mishap, type Rm, startRm } from './rm.ts'

const directive = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  componentId: '03',
  serviceType: 'ATS',
}

let folder: string
let rm: Rm
let service: Served

async function startService(answerWithinMs = 8000): Promise<void> {
  service = await serve(
    contract('ca-rm-sapi'),
    (settings) =>
      createRmSapi({
        ...settings,
        ORDERS_FILE: join(folder, 'orders.db'),
        RM_URL: rm.url,
        RM_CLIENT_ID: 'rm-sapi',
        RM_CLIENT_SECRET: 'a secret',
      }),
    { answerWithinMs },
  )
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orders-'))
  rm = await startRm()
  await startService()
})

afterEach(async () => {
  await service.stop()
  await rm.stop()
  rmSync(folder, { recursive: true })
})

type Ordering = { transaction?: string; consumer?: string; body?: unknown }

async function order({ transaction = 'order-1', consumer = 'ats', body }: Ordering = {}) {
  const {
    status,
    headers,
    body: answer,
  } = await service.call({
    method: 'POST',
    path: '/v1/candidates/scripts',
    headers: {
      'content-type': 'application/json',
      'x-transaction-id': transaction,
      'x-consumer-id': consumer,
    },
    body: JSON.stringify(body ?? { customerDirectives: [directive] }),
  })
  return {
    status,
    isReplay: headers['idempotent-replay'] === 'true',
    retryAfter: headers['retry-after'],
    body: answer,
  }
}

/** Repeats an order until it is no longer the answer to the first that it is given. */
async function orderAnew() {
  for (;;) {
    const answer = await order()
    if (answer.status !== 504 || answer.retryAfter) return answer
  }
}

describe('an order', () => {
  test('is placed at RM and answered with its directives', async () => {
    const { status, isReplay, body } = await order()
    expect([status, isReplay]).toEqual([201, false])
    expect(body).toEqual({
      customerDirectives: [
        { directiveId: 'D-1-0', status: 'AVAILABLE', docStorePageIds: ['SC-1-0'], ...directive },
      ],
    })
    expect(rm.orders).toHaveLength(1)
  })

  test('repeated is the first answer again, whatever the order of its members', async () => {
    const first = await order()
    const members = Object.entries(directive).reverse()
    const again = await order({ body: { customerDirectives: [Object.fromEntries(members)] } })
    expect(again).toEqual({ ...first, isReplay: true })
    expect(rm.orders).toHaveLength(1)
  })

  test('repeated after a restart is the first answer again', async () => {
    const first = await order()
    await service.stop()
    await startService()
    expect(await order()).toEqual({ ...first, isReplay: true })
    expect(rm.orders).toHaveLength(1)
  })

  test('sent 100 times at once is one order with 100 equal answers', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => order()))
    expect(rm.orders).toHaveLength(1)
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
    expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1)
  })

  test.each([
    ['another body', { body: { customerDirectives: [{ ...directive, serviceType: 'ATSR' }] } }],
    ['the same twice', { body: { customerDirectives: [directive, directive] } }],
    ['another transaction', { transaction: 'order-2' }],
    ['another consumer', { consumer: 'somebody-else' }],
  ])('with %s is another order', async (_, other) => {
    await order()
    const { status, isReplay } = await order(other)
    expect([status, isReplay, rm.orders.length]).toEqual([201, false, 2])
  })

  test('for a candidate whom RM does not know is not found, and was never placed', async () => {
    rm.mishaps.push('does not know a candidate')
    expect((await order()).body).toMatchObject({ errorCode: '70404' })
    expect(await order()).toMatchObject({ status: 201, isReplay: false })
    expect([rm.orders.length, rm.lookUps]).toEqual([1, 0])
  })
})

const mishaps: [mishap: Mishap, errorCode: string | undefined][] = [
  ['breaks before it has read the order', '70503'],
  ['breaks before it takes the order', '70503'],
  ['takes the order and breaks', '70503'],
  ['takes the order and breaks in the middle of its answer', '70503'],
  ['takes the order and answers something else', '60006'],
  ['has an error', '60006'],
  ['refuses the token', undefined],
]

describe.each(mishaps)('when RM %s', (mishap, errorCode) => {
  test('an order is neither doubled nor lost: repeated, it is placed once', async () => {
    rm.mishaps.push(mishap)
    const first = await order()
    if (errorCode) expect(first.body).toMatchObject({ errorCode })
    else expect(first.status).toBe(201)

    const again = await order()
    expect(again.status).toBe(201)
    expect(rm.orders).toHaveLength(1)
    expect(again.body).toMatchObject({ customerDirectives: [{ directiveId: 'D-1-0' }] })
  })
})

test('an order that RM takes and never answers is 70504 in time, and found when it is repeated', async () => {
  await service.stop()
  await startService(400)
  rm.mishaps.push('takes the order and never answers')
  expect((await order()).body).toMatchObject({ errorCode: '70504' })
  expect(await orderAnew()).toMatchObject({ status: 201, isReplay: true })
  expect(rm.orders).toHaveLength(1)
})

test('an order that RM is slow to take is not ordered again while it may be', async () => {
  await service.stop()
  await startService(400)
  rm.mishaps.push('takes the order when it is told to')
  expect((await order()).body).toMatchObject({ errorCode: '70504' })

  expect(await orderAnew()).toMatchObject({ status: 504, retryAfter: '30' })
  rm.takeOrder()
  expect(await order()).toMatchObject({ status: 201, isReplay: true })
  expect(rm.orders).toHaveLength(1)
})

test('an order for which there was no token in time never left, and is not held back', async () => {
  await service.stop()
  await startService(400)
  const token = Promise.withResolvers<void>()
  rm.onToken = () => token.promise
  expect((await order()).body).toMatchObject({ errorCode: '70504' })

  token.resolve()
  expect((await orderAnew()).status).toBe(201)
  expect(rm.orders).toHaveLength(1)
})

test('an order is recorded before RM is asked: a process that dies in between finds it again', async () => {
  // the process "dies" when RM has the order and our record does not know it
  const answer = Promise.withResolvers<void>()
  const taken = new Promise<void>((resolve) => {
    rm.onOrder = () => {
      resolve()
      return answer.promise
    }
  })
  const lost = order()
  await taken
  const dead = service
  await startService()
  rm.onOrder = async () => {}

  expect(await order()).toMatchObject({ status: 201, isReplay: true })
  expect([rm.orders.length, rm.lookUps]).toEqual([1, 1])
  answer.resolve()
  await lost
  await dead.stop()
})

test('without RM an order is 70503, and placed once RM is there again', async () => {
  const { url } = rm
  await rm.stop()
  expect((await order()).body).toMatchObject({ errorCode: '70503' })
  rm = await startRm(Number(new URL(url).port))
  expect((await order()).status).toBe(201)
  expect(rm.orders).toHaveLength(1)
})

test.each([
  ['no directive', { customerDirectives: [] }],
  ['101 directives', { customerDirectives: Array(101).fill(directive) }],
  [
    'a directive without its centre',
    { customerDirectives: [{ ...directive, centreId: undefined }] },
  ],
  ['another service', { customerDirectives: [{ ...directive, serviceType: '1S' }] }],
  ['a session that is text', { customerDirectives: [{ ...directive, sessionId: '14244' }] }],
  ['a member that nobody knows', { customerDirectives: [{ ...directive, copies: 2 }] }],
])('an order with %s is refused and never reaches RM', async (_, body) => {
  expect((await order({ body })).body).toMatchObject({ errorCode: '60002' })
  expect(rm.orders).toHaveLength(0)
})
