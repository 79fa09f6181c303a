import { currentTransaction } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { ordering, startSample } from './fixtures/sample-service.ts'

const service = await startSample()
const never = new Promise<never>(() => {})

describe('a request leaves one line in the log', () => {
  test('with who asked for what and what came of it', async () => {
    const { line } = await service.request('GET /v1/orders/7')
    expect(await line).toEqual({
      level: 30,
      time: expect.any(Number),
      service: 'sample-sapi',
      transactionId: expect.stringMatching(/^request-/),
      clientId: 'test-client',
      operationId: 'getOrder',
      method: 'GET',
      status: 200,
      durationMs: expect.any(Number),
      msg: 'GET getOrder 200',
    })
    const { transactionId } = await line
    const ofIt = service.log.lines.filter((other) => other.transactionId === transactionId)
    expect(ofIt).toHaveLength(1)
  })

  test('also where it is refused, with the code that its caller was given', async () => {
    const { line } = await service.request('DELETE /v1/orders')
    expect(await line).toMatchObject({
      level: 30,
      status: 405,
      errorCode: '60405',
      msg: 'DELETE none 405',
    })
    expect(await line).not.toHaveProperty('operationId')
    expect(await line).not.toHaveProperty('err')
  })

  test('with what was called for it', async () => {
    const call = { to: 'eps', operation: 'Find', attempts: 2, durationMs: 7, outcome: 'answered' }
    service.does({
      getOrder: ({ params }) => {
        currentTransaction()?.calls.push(call)
        return params
      },
    })
    const { line } = await service.request('GET /v1/orders/7')
    expect(await line).toMatchObject({ calls: [call] })
  })

  test('of its own transaction, however many share a connection', async () => {
    const connection = await service.connect()
    const ids = ['first-id', 'second-id', 'third-id']
    connection.write(ids.map((id) => `${service.head('GET /v1/orders/7', id)}\r\n`).join(''))
    for (const _ of ids) await connection.answer()
    connection.destroy()
    const lines = ids.map((id) => service.log.line(({ transactionId }) => transactionId === id))
    expect(await Promise.all(lines)).toMatchObject(ids.map(() => ({ status: 200 })))
  })

  test('even if its bytes are no request', async () => {
    const connection = await service.connect()
    connection.write('nonsense\r\n\r\n')
    const { headers } = await connection.answer()
    const id = headers['x-transaction-id']
    const line = await service.log.line(({ transactionId }) => transactionId === id)
    expect(line).toMatchObject({
      level: 30,
      status: 400,
      errorCode: '60002',
      why: 'HPE_INVALID_METHOD',
      msg: 'unreadable request 400',
    })
  })
})

describe('a request whose caller left says so in the log', () => {
  test('before its answer, and its operation is told too', async () => {
    const entered = Promise.withResolvers<AbortSignal | undefined>()
    service.does({
      getOrder: () => {
        entered.resolve(currentTransaction()?.signal)
        return never
      },
    })
    const { connection, line } = await service.request('GET /v1/orders/7')
    const signal = await entered.promise
    connection.destroy()
    expect(await line).toMatchObject({ level: 30, status: 0, msg: 'GET getOrder caller left' })
    expect(await line).not.toHaveProperty('errorCode')
    expect(signal?.reason).toMatchObject({ name: 'CallerLeft' })
  })

  test('while its body was read', async () => {
    const connection = await service.connect()
    connection.write(
      `${service.head('POST /v1/orders', 'half-a-body')}Content-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{`,
    )
    // from here on the server waits for the rest
    await connection.answer()
    connection.destroy()
    const line = await service.log.line(({ transactionId }) => transactionId === 'half-a-body')
    expect(line).toMatchObject({ level: 30, status: 0, msg: 'POST createOrders caller left' })
  })

  test('while it waited behind another', async () => {
    const entered = Promise.withResolvers<void>()
    service.does({
      getOrder: () => {
        entered.resolve()
        return never
      },
    })
    const connection = await service.connect()
    const paths = ['/v1/orders/7', '/v1/orders/latest']
    const heads = paths.map((path, at) => service.head(`GET ${path}`, `waiting-${at}`))
    connection.write(heads.map((head) => `${head}\r\n`).join(''))
    await entered.promise
    connection.destroy()
    for (const id of ['waiting-0', 'waiting-1']) {
      const line = await service.log.line(({ transactionId }) => transactionId === id)
      expect(line.msg).toMatch(/ caller left$/)
    }
  })

  test('while what answers it goes on, which is no error', async () => {
    const entered = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    service.does({
      getOrder: async () => {
        entered.resolve()
        await released.promise
        throw new Error('nobody wants to know')
      },
    })
    const { connection, line } = await service.request('GET /v1/orders/7')
    await entered.promise
    connection.destroy()
    expect(await line).toMatchObject({ level: 30, msg: 'GET getOrder caller left' })
    released.resolve()
  })
})

describe('the log', () => {
  test('has neither secrets nor what was asked for', async () => {
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
    // the line of a request after all of these is written after theirs
    await (await service.request(`GET /v1/orders/${secret}`)).line
    const written = JSON.stringify(service.log.lines)
    expect(written).not.toContain(secret)
    expect(written).not.toContain(service.credentials.client_secret)
  })

  test('cannot be made to tell of what never happened', async () => {
    const forged = encodeURIComponent('7\n{"level":50,"msg":"forged"}')
    await service.call(`/v1/orders/${forged}`)
    await service.call(`/v1/orders?${forged}=${forged}`)
    await service.call({ path: '/v1/nothing', headers: { client_id: 'x"}\t{"level":50' } })
    await (await service.request(`GET /v1/orders/${forged}`)).line
    expect(JSON.stringify(service.log.lines)).not.toContain('forged')
    expect(service.log.lines.every(({ level }) => level === 30)).toBe(true)
  })
})
