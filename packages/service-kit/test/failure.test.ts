import { reply } from '@ca/contracts'
import { DependencyFailure, fault } from '@ca/faults'
import { CallerLeft } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

const driver = Object.assign(new Error('ORA-00942: table SECRET.RESULTS at db7.internal'), {
  code: 'ORA-00942',
})

const service = await startSample()

/** Calls an operation that fails with this. */
async function failingWith(error: unknown) {
  service.does({
    getOrder: () => {
      throw error
    },
  })
  const { connection, line } = await service.request('GET /v1/orders/7')
  const answer = await connection.answer()
  connection.destroy()
  return { answer, line: await line }
}

describe('an operation that fails', () => {
  test.each([
    ['for a reason that nobody foresaw', driver, '500 60006'],
    ['with something that is no error', 'ORA-00942 at db7.internal', '500 60006'],
    ['with nothing at all', undefined, '500 60006'],
    ['with a fault of its own', fault('60006', { cause: driver }), '500 60006'],
    [
      'because a system is down',
      new DependencyFailure('eps', 'unreachable', 'no connection', { cause: driver }),
      '503 70503',
    ],
    [
      'because a system is slow',
      new DependencyFailure('eps', 'timed out', 'no answer', { cause: driver }),
      '504 70504',
    ],
    [
      'because a system says no',
      new DependencyFailure('eps', 'refused', 'status 400', { cause: driver }),
      '500 60006',
    ],
    [
      'because a system answers nonsense',
      new DependencyFailure('eps', 'failed', 'no JSON', { cause: driver }),
      '500 60006',
    ],
    [
      "with a system's own fault",
      new DependencyFailure('eps', 'refused', 'status 503', {
        cause: driver,
        tells: fault('70503'),
      }),
      '503 70503',
    ],
  ])('%s tells its caller nothing of the inside', async (_, error, expected) => {
    const { answer } = await failingWith(error)
    expect(told(answer)).toBe(expected)
    expect(Object.keys(answer.body as object)).toEqual([
      'errorCode',
      'errorMessage',
      'transactionId',
    ])
    expect(answer.text).not.toMatch(/ORA|internal|SECRET|eps/)
  })

  test('has the whole chain of causes in the log', async () => {
    const error = new DependencyFailure('eps', 'unreachable', 'no connection', { cause: driver })
    const { line } = await failingWith(error)
    expect(line).toMatchObject({
      level: 50,
      errorCode: '70503',
      err: {
        type: 'DependencyFailure',
        message: 'eps unreachable: no connection',
        cause: { type: 'Error', code: 'ORA-00942', message: driver.message },
      },
    })
  })

  test('has the cause of a fault in the log, and not the text that the caller has', async () => {
    const { line } = await failingWith(fault('60006', { cause: driver }))
    expect(line).toMatchObject({ level: 50, err: { code: 'ORA-00942' } })
  })

  test('with what the caller can mend is no error of ours', async () => {
    const tells = fault('70404', { cause: driver })
    const { answer, line } = await failingWith(
      new DependencyFailure('rm', 'refused', 'status 422', { tells, cause: driver }),
    )
    expect(told(answer)).toBe('404 70404')
    expect(line).toMatchObject({ level: 30, errorCode: '70404' })
    expect(line).not.toHaveProperty('err')
  })

  test('because it takes its caller for gone leaves that without an answer', async () => {
    service.does({
      getOrder: () => {
        throw new CallerLeft()
      },
    })
    const { connection, line } = await service.request('GET /v1/orders/7')
    await connection.closed
    expect(await line).toMatchObject({ status: 0, msg: 'GET getOrder caller left' })
  })

  test("may say when to come back, by a fault's headers", async () => {
    const { answer } = await failingWith(fault('70503', { headers: { 'Retry-After': '7' } }))
    expect(answer.headers['retry-after']).toBe('7')
  })
})

describe('an operation whose answer cannot be sent', () => {
  const circle: Record<string, unknown> = {}
  circle.circle = circle
  test.each([
    ['because it is no JSON', circle],
    ['because it has a number that JSON does not have', { orderId: 7n }],
    ['because it is nothing', undefined],
  ])('%s is a technical error', async (_, answer) => {
    service.does({ getOrder: () => answer as never })
    expect(told(await service.call('/v1/orders/7'))).toBe('500 60006')
  })

  test('because a header of it breaks HTTP is a technical error, without its headers', async () => {
    service.does({
      getOrder: ({ params }) =>
        reply(200, params, { 'Content-Encoding': 'gzip', 'X-Name': 'a\r\nSet-Cookie: b' }),
    })
    const answer = await service.call('/v1/orders/7')
    expect(told(answer)).toBe('500 60006')
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })
})

describe('every answer', () => {
  test('has the transaction, and may be neither kept nor guessed at', async () => {
    service.does({
      getOrder: ({ params }) =>
        reply(200, params, {
          'x-transaction-id': 'forged-id',
          'content-type': 'text/html',
          'X-More': '1',
        }),
    })
    for (const path of [
      '/v1/orders/7',
      '/v1/orders/latest',
      '/v1/orders/7/script',
      '/v1/nothing',
    ]) {
      const { headers } = await service.call(path)
      expect(headers).toMatchObject({
        'x-transaction-id': 'test-transaction',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      expect(headers).not.toHaveProperty('x-powered-by')
    }
    const { headers } = await service.call('/v1/orders/7')
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-more': '1' })
  })
})
