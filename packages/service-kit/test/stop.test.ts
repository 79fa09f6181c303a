import { Readable } from 'node:stream'
import { reply } from '@ca/contracts'
import { connectRaw, send } from '@ca/test-kit'
import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

/** A service one of whose operations waits until it is told to answer. */
async function startWaiting() {
  const entered = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const service = await startSample({
    getOrder: async ({ params }) => {
      entered.resolve()
      await released.promise
      return params
    },
  })
  const connection = await service.connect()
  connection.write(`${service.head('GET /v1/orders/7')}\r\n`)
  await entered.promise
  return { service, connection, release: released.resolve }
}

async function takesConnections(url: string): Promise<boolean> {
  const connection = await connectRaw(url).catch(() => undefined)
  connection?.destroy()
  return connection !== undefined
}

describe('a service that is stopped', () => {
  test('answers the request that it has, saying that it is the last', async () => {
    const { service, connection, release } = await startWaiting()
    const stopping = service.stop()
    release()
    const answer = await connection.answer()
    expect([told(answer), answer.headers.connection]).toEqual(['200', 'close'])
    await connection.closed
    await stopping
  })

  test('says that it takes no requests, and lives, while the last ones are answered', async () => {
    const { service, connection, release } = await startWaiting()
    const stopping = service.stop()
    const ask = (path: string) => send(service.managementUrl, { path })
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { status: 'down' } })
    expect(await ask('/health/live')).toMatchObject({ status: 200 })
    release()
    expect(told(await connection.answer())).toBe('200')
    await stopping
    await expect(ask('/health/live')).rejects.toThrow('ECONNREFUSED')
  })

  test('takes no new connection, and closes those that are idle', async () => {
    const { service, release } = await startWaiting()
    const idle = await service.connect()
    idle.write(`${service.head('GET /v1/orders/latest')}\r\n`)
    await idle.answer()
    const stopping = service.stop()
    await idle.closed
    await expect(connectRaw(service.url)).rejects.toThrow('ECONNREFUSED')
    release()
    await stopping
  })

  test('answers a request that was on its way on a kept connection, as the last', async () => {
    const { service, connection, release } = await startWaiting()
    const kept = await service.connect()
    const request = `${service.head('GET /v1/orders/latest')}\r\n`
    kept.write(request)
    await kept.answer()
    const stopping = service.stop()
    kept.write(request)
    const answer = await kept.answer()
    expect([told(answer), answer.headers.connection]).toEqual(['200', 'close'])
    await kept.closed
    release()
    await connection.closed
    await stopping
  })

  test('answers what came while it was held up for longer than it waits for last requests', async () => {
    const { service, connection, release } = await startWaiting()
    const kept = await service.connect()
    const request = `${service.head('GET /v1/orders/latest')}\r\n`
    kept.write(request)
    await kept.answer()
    const stopping = service.stop()
    while (await takesConnections(service.url));
    kept.write(request)
    for (const until = performance.now() + 800; performance.now() < until; );
    const answer = await kept.answer()
    expect([told(answer), answer.headers.connection]).toEqual(['200', 'close'])
    release()
    await connection.closed
    await stopping
  })

  test('answers one more on a connection whose answer had begun without saying that it is the last', async () => {
    const source = new Readable({ read() {} })
    const service = await startSample({ getScript: () => reply(200, source) })
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/7/script')}\r\n`)
    source.push('the beginning')
    await connection.received('the beginning')
    const stopping = service.stop()
    source.push(null)
    await connection.answer()
    connection.write(`${service.head('GET /v1/orders/latest')}\r\n`)
    const answer = await connection.answer()
    expect([told(answer), answer.headers.connection]).toEqual(['200', 'close'])
    await connection.closed
    await stopping
  })

  test('loses nothing of what many callers ask without a pause', async () => {
    const service = await startSample()
    const asked = `${service.head('GET /v1/orders/latest')}\r\n`
    const answers: string[] = []
    const callers = Array.from({ length: 20 }, async () => {
      const connection = await service.connect()
      for (let isLast = false; !isLast; ) {
        connection.write(asked)
        const answer = await connection.answer()
        answers.push(told(answer))
        isLast = answer.headers.connection === 'close'
      }
      await connection.closed
    })
    while (answers.length < 100) await new Promise(setImmediate)
    await Promise.all([service.stop(), ...callers])
    expect(new Set(answers)).toEqual(new Set(['200']))
  })

  test('answers what it had the beginning of, saying that it is the last', async () => {
    const { service, connection, release } = await startWaiting()
    const slow = await service.connect()
    const head = service.head('GET /v1/orders/latest')
    slow.write(head)
    // the server reads what comes first before what comes later
    await service.call('/v1/orders/latest')
    const stopping = service.stop()
    slow.write('\r\n')
    const answer = await slow.answer()
    expect([told(answer), answer.headers.connection]).toEqual(['200', 'close'])
    await slow.closed
    release()
    await connection.closed
    await stopping
  })

  test('closes the connection of an answer that it was sending', async () => {
    const source = new Readable({ read() {} })
    const service = await startSample({ getScript: () => reply(200, source) })
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/7/script')}\r\n`)
    source.push('%PDF-')
    await connection.received('%PDF-')
    const stopping = service.stop()
    source.push('1.7')
    source.push(null)
    expect((await connection.answer()).text).toBe('%PDF-1.7')
    await connection.closed
    await stopping
  })

  test('waits for no request that has not come as a whole for ever', async () => {
    const service = await startSample({}, { answerWithinMs: 100 })
    const connection = await service.connect()
    connection.write('GET /v1/orders')
    await service.stop()
    await connection.closed
  })

  test('can be stopped again', async () => {
    const service = await startSample()
    await service.stop()
    await service.stop()
  })
})
