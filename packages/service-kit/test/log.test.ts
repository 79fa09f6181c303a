import { currentTransaction } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { ordering, startSample } from './fixtures/sample-service.ts'

describe('a request leaves one line in the log', () => {
  test('with who asked for what and what came of it', async () => {
    const service = await startSample()
    await service.call({ path: '/v1/orders/7', headers: { 'x-transaction-id': 'ats-1-7' } })
    const line = await service.log.line(({ transactionId }) => transactionId === 'ats-1-7')
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      service: 'sample-sapi',
      transactionId: 'ats-1-7',
      clientId: 'test-client',
      operationId: 'getOrder',
      method: 'GET',
      status: 200,
      durationMs: expect.any(Number),
      msg: 'GET getOrder 200',
    })
  })

  test('also where it is refused, with the code that its caller was given', async () => {
    const service = await startSample()
    await service.call({ method: 'DELETE', path: '/v1/orders' })
    const line = await service.log.line(({ status }) => status === 405)
    expect(line).toMatchObject({ level: 30, errorCode: '60405', msg: 'DELETE none 405' })
    expect(line).not.toHaveProperty('operationId')
    expect(line).not.toHaveProperty('err')
  })

  test('with what was called for it', async () => {
    const call = { to: 'eps', operation: 'Find', attempts: 2, durationMs: 7, outcome: 'answered' }
    const service = await startSample({
      getOrder: ({ params }) => {
        currentTransaction()?.calls.push(call)
        return params
      },
    })
    await service.call('/v1/orders/7')
    const line = await service.log.line(({ operationId }) => operationId === 'getOrder')
    expect(line.calls).toEqual([call])
  })

  test('of its own transaction, however many share a connection', async () => {
    const service = await startSample()
    const connection = await service.connect()
    const ids = ['first-id', 'second-id', 'third-id']
    connection.write(
      ids
        .map((id) => service.head('GET /v1/orders/7 HTTP/1.1').replace('test-transaction', id))
        .map((head) => `${head}\r\n`)
        .join(''),
    )
    for (const _ of ids) await connection.answer()
    connection.destroy()
    await Promise.all(
      ids.map((id) => service.log.line(({ transactionId }) => transactionId === id)),
    )
    const transactions = service.log.lines.filter(({ status }) => status === 200)
    expect(transactions.map(({ transactionId }) => transactionId).sort()).toEqual(ids.sort())
  })

  test('even if its bytes are no request', async () => {
    const service = await startSample()
    const connection = await service.connect()
    connection.write('nonsense\r\n\r\n')
    const { headers } = await connection.answer()
    const line = await service.log.line(({ status }) => status === 400)
    expect(line).toMatchObject({
      level: 30,
      transactionId: headers['x-transaction-id'],
      errorCode: '60002',
      why: 'HPE_INVALID_METHOD',
      msg: 'unreadable request 400',
    })
  })

  test('that says so where the caller left before its answer', async () => {
    const entered = Promise.withResolvers<AbortSignal | undefined>()
    const service = await startSample({
      getOrder: () => {
        entered.resolve(currentTransaction()?.signal)
        return new Promise(() => {})
      },
    })
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/7 HTTP/1.1')}\r\n`)
    const signal = await entered.promise
    connection.destroy()
    const line = await service.log.line(({ operationId }) => operationId === 'getOrder')
    expect(line).toMatchObject({ level: 30, status: 0, msg: 'GET getOrder caller left' })
    expect(line).not.toHaveProperty('errorCode')
    expect(signal?.reason).toMatchObject({ name: 'CallerLeft' })
  })

  test('that says so where the caller left while its body was read', async () => {
    const service = await startSample()
    const connection = await service.connect()
    const head = service.head('POST /v1/orders HTTP/1.1')
    connection.write(
      `${head}Content-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{`,
    )
    // from here on the server waits for the rest
    await connection.answer()
    connection.destroy()
    const line = await service.log.line(({ operationId }) => operationId === 'createOrders')
    expect(line).toMatchObject({ level: 30, status: 0, msg: 'POST createOrders caller left' })
  })

  test('also where it waits behind another when its caller leaves', async () => {
    const entered = Promise.withResolvers<void>()
    const service = await startSample({
      getOrder: () => {
        entered.resolve()
        return new Promise(() => {})
      },
    })
    const connection = await service.connect()
    const head = service.head('GET /v1/orders/7 HTTP/1.1')
    connection.write(`${head}\r\n${head.replace('orders/7', 'orders/latest')}\r\n`)
    await entered.promise
    connection.destroy()
    for (const operation of ['getOrder', 'getLatestOrder']) {
      const line = await service.log.line(({ operationId }) => operationId === operation)
      expect(line.msg).toBe(`GET ${operation} caller left`)
    }
  })
})

describe('the log', () => {
  test('has neither secrets nor what was asked for', async () => {
    const service = await startSample()
    const secret = 'do-not-log-me'
    const headers = { authorization: secret, cookie: secret, 'user-agent': secret }
    await service.call({ path: `/v1/orders/${secret}`, headers })
    await service.call({ path: `/v1/orders?sessionId=${secret}`, headers })
    await service.call({ path: `/v1/${secret}`, headers })
    await service.call({ path: `/v1/orders/7`, headers: { client_secret: secret } })
    await service.call({ path: `/v1/orders/7`, headers: { client_id: secret } })
    await service.call({ path: `/v1/orders/7`, headers: { 'x-transaction-id': `${secret}!` } })
    await service.call(ordering({ [secret]: secret }, headers))
    await service.call(ordering(`{"${secret}`, headers))
    await service.log.line(() => service.log.lines.filter(({ status }) => status).length === 8)
    const written = JSON.stringify(service.log.lines)
    expect(written).not.toContain(secret)
    expect(written).not.toContain(service.credentials.client_secret)
  })

  test('cannot be made to tell of what never happened', async () => {
    const service = await startSample()
    const forged = encodeURIComponent('7\n{"level":50,"msg":"forged"}')
    await service.call(`/v1/orders/${forged}`)
    await service.call(`/v1/orders?${forged}=${forged}`)
    await service.call({ path: '/v1/nothing', headers: { client_id: 'x"}\t{"level":50' } })
    await service.log.line(() => service.log.lines.filter(({ status }) => status).length === 3)
    expect(JSON.stringify(service.log.lines)).not.toContain('forged')
    expect(service.log.lines.every(({ level }) => level === 30)).toBe(true)
  })
})
