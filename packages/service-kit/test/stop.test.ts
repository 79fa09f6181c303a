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
