import { Readable } from 'node:stream'
import { type Reply, reply } from '@ca/contracts'
import { DependencyFailure } from '@ca/faults'
import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

const pdf = { 'content-type': 'application/pdf' }
const silent = () => new Readable({ read() {} })
const closeOf = (source: Readable) => new Promise((resolve) => source.once('close', resolve))

/** A service whose script is this answer. */
function serving(answer: Reply<never> | (() => Reply<never>), answerWithinMs = 8000) {
  const getScript = typeof answer === 'function' ? answer : () => answer
  return startSample({ getScript }, { answerWithinMs })
}

describe('an answer that comes in pieces', () => {
  test('is sent as it comes, with its own headers and those of every answer', async () => {
    const source = Readable.from([Buffer.from('%PDF-'), Buffer.from('1.7')])
    const service = await serving(reply<never>(200, source, { ...pdf, 'X-Pages': '1' }))
    const answer = await service.call('/v1/orders/7/script')
    expect(answer.text).toBe('%PDF-1.7')
    expect(answer.headers).toMatchObject({
      ...pdf,
      'x-pages': '1',
      'x-transaction-id': 'test-transaction',
      'cache-control': 'no-store',
    })
  })

  test('may be empty', async () => {
    const service = await serving(() => reply<never>(200, Readable.from([]), pdf))
    const answer = await service.call('/v1/orders/7/script')
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  test('leaves the connection for the next request', async () => {
    const service = await serving(() => reply<never>(200, Readable.from(['%PDF-']), pdf))
    const connection = await service.connect()
    for (const _ of [1, 2]) {
      connection.write(`${service.head('GET /v1/orders/7/script HTTP/1.1')}\r\n`)
      expect((await connection.answer()).text).toBe('%PDF-')
    }
    connection.destroy()
  })

  test('has no end in time once it has begun', async () => {
    const source = silent()
    source.push('%PDF-')
    const service = await serving(reply<never>(200, source, pdf), 100)
    const answering = service.call('/v1/orders/7/script')
    // its transaction's time runs out before this does
    setTimeout(() => source.push(null), 200)
    expect((await answering).text).toBe('%PDF-')
  })
})

describe('a stream that fails before its first byte', () => {
  test.each([
    ['as anything', () => new Error('disk'), '500 60006'],
    [
      'as a system that is down',
      () => new DependencyFailure('rm', 'unreachable', 'x'),
      '503 70503',
    ],
  ])('%s is a fault', async (_, error, expected) => {
    const source = new Readable({
      read() {
        this.destroy(error())
      },
    })
    const service = await serving(reply<never>(200, source, pdf))
    expect(told(await service.call('/v1/orders/7/script'))).toBe(expected)
  })

  test('because it failed before it was answered with is a fault', async () => {
    const source = silent()
    source.on('error', () => {}).destroy(new Error('disk'))
    await closeOf(source)
    const service = await serving(reply<never>(200, source, pdf))
    expect(told(await service.call('/v1/orders/7/script'))).toBe('500 60006')
  })

  test('because that does not come in time is 70504, and the stream is closed', async () => {
    const source = silent()
    const closed = closeOf(source)
    const service = await serving(reply<never>(200, source, pdf), 100)
    expect(told(await service.call('/v1/orders/7/script'))).toBe('504 70504')
    await closed
  })
})

describe('a stream that breaks after its first byte', () => {
  test.each([
    ['in chunks', {}],
    ['of a known length', { 'Content-Length': '100' }],
  ])('never looks whole: %s', async (_, length) => {
    const source = silent()
    source.push('%PDF-')
    const service = await serving(reply<never>(200, source, { ...pdf, ...length }))
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/7/script HTTP/1.1')}\r\n`)
    await connection.received('%PDF-')
    source.destroy(new DependencyFailure('rm', 'unreachable', 'connection lost'))
    await expect(connection.answer()).rejects.toThrow('the connection ended')
    const line = await service.log.line(({ operationId }) => operationId === 'getScript')
    expect(line).toMatchObject({
      level: 50,
      status: 0,
      msg: 'GET getScript broken off',
      err: { type: 'DependencyFailure' },
    })
  })

  test.each(['3', '100'])(
    'is broken too if its length is not the %s that it says',
    async (length) => {
      const source = Readable.from(['%PD', 'F-'])
      const service = await serving(reply<never>(200, source, { ...pdf, 'content-length': length }))
      const connection = await service.connect()
      connection.write(`${service.head('GET /v1/orders/7/script HTTP/1.1')}\r\n`)
      await connection.closed
      const line = await service.log.line(({ operationId }) => operationId === 'getScript')
      expect(line).toMatchObject({ level: 50, msg: 'GET getScript broken off' })
    },
  )
})

describe('a caller that leaves', () => {
  test.each([
    ['before the first byte', false],
    ['in the middle', true],
  ])('%s closes the stream that it was reading', async (_, hasBegun) => {
    const source = silent()
    const entered = Promise.withResolvers<void>()
    const service = await serving(() => {
      entered.resolve()
      return reply<never>(200, source, pdf)
    })
    const connection = await service.connect()
    connection.write(`${service.head('GET /v1/orders/7/script HTTP/1.1')}\r\n`)
    await entered.promise
    if (hasBegun) {
      source.push('%PDF-')
      await connection.received('%PDF-')
    }
    const closed = closeOf(source)
    connection.destroy()
    await closed
    const line = await service.log.line(({ operationId }) => operationId === 'getScript')
    expect(line).toMatchObject({ level: 30, status: 0, msg: 'GET getScript caller left' })
    expect(line).not.toHaveProperty('err')
  })
})
