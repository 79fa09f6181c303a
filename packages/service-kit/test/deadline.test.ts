import { Readable } from 'node:stream'
import { type Reply, reply } from '@ca/contracts'
import { currentTransaction, type Transaction } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { detailsOf, startSample, told } from './fixtures/sample-service.ts'

const never = new Promise<never>(() => {})
const service = await startSample()
const hasty = await startSample({}, { answerWithinMs: 150 })

describe('an operation that does not answer in time', () => {
  test('is answered for with 70504 when its time is over', async () => {
    hasty.does({ getOrder: () => never })
    const { connection, line } = await hasty.request('GET /v1/orders/7')
    expect(told(await connection.answer())).toBe('504 70504')
    connection.destroy()
    expect(await line).toMatchObject({ errorCode: '70504', err: { type: 'TimeoutError' } })
  })

  test('is told so by its transaction, which knows its time', async () => {
    const reason = Promise.withResolvers<unknown>()
    let left: number | undefined
    hasty.does({
      getOrder: () => {
        const transaction = currentTransaction() as Transaction
        left = transaction.timeLeftMs()
        transaction.onceOver(reason.resolve)
        return never
      },
    })
    await hasty.call('/v1/orders/7')
    expect(await reason.promise).toMatchObject({ name: 'TimeoutError' })
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(100)
  })

  test('and fails because of that is answered for with 70504 too', async () => {
    hasty.does({
      getOrder: () => {
        const { signal } = currentTransaction() as Transaction
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      },
    })
    expect(told(await hasty.call('/v1/orders/7'))).toBe('504 70504')
  })

  test('leaves nothing open when it answers after all', async () => {
    const late = Promise.withResolvers<Reply<Readable>>()
    hasty.does({ getScript: () => late.promise })
    expect(told(await hasty.call('/v1/orders/7/script'))).toBe('504 70504')
    const source = new Readable({ read() {} })
    const closed = new Promise((resolve) => source.once('close', resolve))
    late.resolve(reply(200, source))
    await closed
  })
})

test('a body that comes too slowly is refused while an operation would still have half the time', async () => {
  const patient = await startSample({}, { answerWithinMs: 2000 })
  const connection = await patient.connect()
  const from = performance.now()
  connection.write(
    `${patient.head('POST /v1/orders')}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  )
  expect(told(await connection.answer())).toBe('400 60002')
  expect(performance.now() - from).toBeLessThan(1800)
  connection.destroy()
})

describe('X-Deadline-Ms', () => {
  const path = '/v1/orders?sessionId=1'

  test('shortens the time of an operation that knows it', async () => {
    service.does({ findOrders: () => never })
    const headers = { 'x-deadline-ms': '150', 'x-transaction-id': 'in-a-hurry' }
    expect(told(await service.call({ path, headers }))).toBe('504 70504')
    const line = await service.log.line(({ transactionId }) => transactionId === 'in-a-hurry')
    expect(line.durationMs).toBeGreaterThanOrEqual(99)
    expect(line.durationMs).toBeLessThan(4000)
  })

  test('never lengthens it', async () => {
    hasty.does({ findOrders: () => never })
    const headers = { 'x-deadline-ms': '2147483647' }
    expect(told(await hasty.call({ path, headers }))).toBe('504 70504')
  })

  test('is nothing to an operation that does not know it', async () => {
    const headers = { 'x-deadline-ms': 'nonsense' }
    expect(told(await service.call({ path: '/v1/orders/7', headers }))).toBe('200')
  })

  test.each(['0', '1', '50'])('of %s ms is over before the operation begins', async (left) => {
    let isReached = false
    service.does({
      findOrders: ({ query }) => {
        isReached = true
        return { asked: query }
      },
    })
    const answer = await service.call({ path, headers: { 'x-deadline-ms': left } })
    expect([told(answer), isReached]).toEqual(['504 70504', false])
  })

  test.each(['-1', '1e3', '5.5', 'soon', '2147483648', '5, 6'])(
    'of %j is refused',
    async (left) => {
      const answer = await service.call({ path, headers: { 'x-deadline-ms': left } })
      expect(told(answer)).toBe('400 60002')
      expect(detailsOf(answer)).toMatchObject([{ in: 'header', name: 'x-deadline-ms' }])
    },
  )
})

test('a body that does not arrive in time is refused', async () => {
  const connection = await hasty.connect()
  const head = hasty.head('POST /v1/orders')
  connection.write(`${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
  const answer = await connection.answer()
  connection.end()
  expect(told(answer)).toBe('400 60002')
  expect(detailsOf(answer)).toEqual([
    { in: 'body', name: 'body', issue: 'does not arrive in time' },
  ])
})
