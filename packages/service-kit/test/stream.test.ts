import { Readable } from 'node:stream'
import { reply } from '@ca/contracts'
import { DependencyFailure } from '@ca/faults'
import { currentTransaction, type Transaction } from '@ca/telemetry'
import { describe, expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

const pdf = { 'content-type': 'application/pdf' }
const silent = () => new Readable({ read() {} })
const closeOf = (source: Readable) => new Promise((resolve) => source.once('close', resolve))

const service = await startSample()
const hasty = await startSample({}, { answerWithinMs: 100 })

describe('an answer that comes in pieces', () => {
  test('is sent as it comes, with its own headers and those of every answer', async () => {
    const source = Readable.from([Buffer.from('%PDF-'), Buffer.from('1.7')])
    service.does({ getScript: () => reply(200, source, { ...pdf, 'X-Pages': '1' }) })
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
    service.does({ getScript: () => reply(200, Readable.from([]), pdf) })
    const answer = await service.call('/v1/orders/7/script')
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  test('leaves its pieces to whoever made them', async () => {
    const kept = Buffer.from(new Uint8Array(8192).fill(65).buffer)
    service.does({ getScript: () => reply(200, Readable.from([kept]), pdf) })
    for (const _ of [1, 2]) {
      expect((await service.call('/v1/orders/7/script')).text).toBe('A'.repeat(8192))
    }
  })

  test('leaves the connection for the next request', async () => {
    service.does({ getScript: () => reply(200, Readable.from(['%PDF-']), pdf) })
    const connection = await service.connect()
    for (const _ of [1, 2]) {
      connection.write(`${service.head('GET /v1/orders/7/script')}\r\n`)
      expect((await connection.answer()).text).toBe('%PDF-')
    }
    connection.destroy()
  })

  test('has no end in time once it has begun', async () => {
    const source = silent()
    source.push('%PDF-')
    const entered = Promise.withResolvers<Transaction>()
    hasty.does({
      getScript: () => {
        const transaction = currentTransaction() as Transaction
        setTimeout(() => source.push(null), transaction.timeLeftMs() + 50)
        entered.resolve(transaction)
        return reply(200, source, pdf)
      },
    })
    expect((await hasty.call('/v1/orders/7/script')).text).toBe('%PDF-')
    const transaction = await entered.promise
    expect([transaction.timeLeftMs(), transaction.endedBy]).toEqual([0, undefined])
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
    service.does({ getScript: () => reply(200, source, pdf) })
    expect(told(await service.call('/v1/orders/7/script'))).toBe(expected)
  })

  test('because it failed before it was answered with is a fault', async () => {
    const source = silent()
    source.on('error', () => {}).destroy(new Error('disk'))
    await closeOf(source)
    service.does({ getScript: () => reply(200, source, pdf) })
    expect(told(await service.call('/v1/orders/7/script'))).toBe('500 60006')
  })

  test('because that does not come in time is 70504, and the stream is closed', async () => {
    const source = silent()
    const closed = closeOf(source)
    hasty.does({ getScript: () => reply(200, source, pdf) })
    expect(told(await hasty.call('/v1/orders/7/script'))).toBe('504 70504')
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
    service.does({ getScript: () => reply(200, source, { ...pdf, ...length }) })
    const { connection, line } = await service.request('GET /v1/orders/7/script')
    await connection.received('%PDF-')
    source.destroy(new DependencyFailure('rm', 'unreachable', 'connection lost'))
    await expect(connection.answer()).rejects.toThrow('the connection ended')
    expect(await line).toMatchObject({
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
      service.does({
        getScript: () => reply(200, source, { ...pdf, 'content-length': length }),
      })
      const { connection, line } = await service.request('GET /v1/orders/7/script')
      await connection.closed
      expect(await line).toMatchObject({ level: 50, msg: 'GET getScript broken off' })
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
    service.does({
      getScript: () => {
        entered.resolve()
        return reply(200, source, pdf)
      },
    })
    const { connection, line } = await service.request('GET /v1/orders/7/script')
    await entered.promise
    if (hasBegun) {
      source.push('%PDF-')
      await connection.received('%PDF-')
    }
    const closed = closeOf(source)
    connection.destroy()
    await closed
    expect(await line).toMatchObject({ level: 30, status: 0, msg: 'GET getScript caller left' })
    expect(await line).not.toHaveProperty('err')
  })
})
