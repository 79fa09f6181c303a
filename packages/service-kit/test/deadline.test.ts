import { Readable } from 'node:stream'
import { reply } from '@ca/contracts'
import { currentTransaction } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

const never = new Promise<never>(() => {})

describe('an operation that does not answer in time', () => {
  test('is answered for with 70504 when its time is over', async () => {
    const service = await startSample({ getOrder: () => never }, { answerWithinMs: 200 })
    const answer = await service.call('/v1/orders/7')
    expect(told(answer)).toBe('504 70504')
    const line = await service.log.line(({ status }) => status === 504)
    expect(line).toMatchObject({ errorCode: '70504', err: { type: 'TimeoutError' } })
  })

  test('is told so by its transaction, which knows its time', async () => {
    const told = Promise.withResolvers<unknown>()
    const left = Promise.withResolvers<number | undefined>()
    const service = await startSample(
      {
        getOrder: () => {
          const transaction = currentTransaction()
          left.resolve(transaction?.timeLeftMs())
          transaction?.signal.addEventListener('abort', ({ target }) =>
            told.resolve((target as AbortSignal).reason),
          )
          return never
        },
      },
      { answerWithinMs: 200 },
    )
    await service.call('/v1/orders/7')
    expect(await told.promise).toMatchObject({ name: 'TimeoutError' })
    expect(await left.promise).toBeGreaterThan(0)
    expect(await left.promise).toBeLessThanOrEqual(150)
  })

  test('and fails with that is answered for with 70504 too', async () => {
    const service = await startSample(
      {
        getOrder: () =>
          new Promise((_, reject) => {
            const signal = currentTransaction()?.signal
            signal?.addEventListener('abort', () => reject(signal.reason))
          }),
      },
      { answerWithinMs: 100 },
    )
    expect(told(await service.call('/v1/orders/7'))).toBe('504 70504')
  })

  test('leaves nothing open when it answers after all', async () => {
    const late = Promise.withResolvers<ReturnType<typeof reply<never>>>()
    const service = await startSample({ getScript: () => late.promise }, { answerWithinMs: 100 })
    expect(told(await service.call('/v1/orders/7/script'))).toBe('504 70504')
    const source = new Readable({ read() {} })
    const closed = new Promise((resolve) => source.once('close', resolve))
    late.resolve(reply<never>(200, source))
    await closed
    expect(source.destroyed).toBe(true)
  })
})

describe('X-Deadline-Ms', () => {
  const waiting = { findOrders: () => never, getOrder: () => never }

  test('shortens the time of an operation that knows it', async () => {
    const service = await startSample(waiting)
    const headers = { 'x-deadline-ms': '150' }
    const answer = await service.call({ path: '/v1/orders?sessionId=1', headers })
    expect(told(answer)).toBe('504 70504')
    const line = await service.log.line(({ status }) => status === 504)
    expect(line.durationMs).toBeGreaterThanOrEqual(95)
    expect(line.durationMs).toBeLessThan(1000)
  })

  test('never lengthens it', async () => {
    const service = await startSample(waiting, { answerWithinMs: 150 })
    const headers = { 'x-deadline-ms': '2147483647' }
    const answer = await service.call({ path: '/v1/orders?sessionId=1', headers })
    expect(told(answer)).toBe('504 70504')
  })

  test('is nothing to an operation that does not know it', async () => {
    const service = await startSample()
    const headers = { 'x-deadline-ms': 'nonsense' }
    expect(told(await service.call({ path: '/v1/orders/7', headers }))).toBe('200')
  })

  test.each(['0', '1', '50'])('of %s ms is over before the operation begins', async (left) => {
    let isReached = false
    const service = await startSample({
      findOrders: ({ query }) => {
        isReached = true
        return { asked: query }
      },
    })
    const headers = { 'x-deadline-ms': left }
    const answer = await service.call({ path: '/v1/orders?sessionId=1', headers })
    expect([told(answer), isReached]).toEqual(['504 70504', false])
  })

  test.each(['-1', '1e3', '5.5', 'soon', '2147483648', '5, 6'])(
    'of %j is refused',
    async (left) => {
      const service = await startSample()
      const headers = { 'x-deadline-ms': left }
      const answer = await service.call({ path: '/v1/orders?sessionId=1', headers })
      expect(told(answer)).toBe('400 60002')
      expect(answer.body).toMatchObject({ details: [{ in: 'header', name: 'x-deadline-ms' }] })
    },
  )
})

test('a body that does not arrive in time is refused', async () => {
  const service = await startSample({}, { answerWithinMs: 100 })
  const connection = await service.connect()
  const head = service.head('POST /v1/orders HTTP/1.1')
  connection.write(`${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
  const answer = await connection.answer()
  connection.end()
  expect(told(answer)).toBe('400 60002')
  expect(answer.body).toMatchObject({
    details: [{ in: 'body', name: 'body', issue: 'does not arrive in time' }],
  })
})
