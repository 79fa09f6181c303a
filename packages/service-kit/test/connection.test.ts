import { channel } from 'node:diagnostics_channel'
import { Readable } from 'node:stream'
import { reply } from '@ca/contracts'
import { currentTransaction } from '@ca/telemetry'
import type { Answer } from '@ca/test-kit'
import { describe, expect, test } from '@jest/globals'
import { limits } from '../src/listener.ts'
import { goodOrders, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()
const get = service.head('GET /v1/orders/latest')
const post = `${service.head('POST /v1/orders')}Content-Type: application/json\r\n`

/** Says something on a connection of its own, and gives the answer once the server has closed that. */
async function saying(bytes: string | Buffer): Promise<Answer> {
  const connection = await service.connect()
  connection.write(bytes)
  const answer = await connection.answer()
  await connection.closed
  return answer
}

/** The same, but its caller closes the connection too when it has the answer, as callers do. */
async function sayingAndLeaving(...words: (string | Buffer)[]): Promise<Answer> {
  const connection = await service.connect()
  for (const word of words) connection.write(word)
  const answer = await connection.answer()
  connection.end()
  await connection.closed
  return answer
}

function expectFault(answer: Answer, expected: string): void {
  expect(told(answer)).toBe(expected)
  expect(answer.headers['content-type']).toBe('application/json')
  const { transactionId } = answer.body as { transactionId: string }
  expect(answer.headers['x-transaction-id']).toBe(transactionId)
}

describe('bytes that are no request are answered with a fault, and the connection is closed', () => {
  test.each([
    ['nothing like HTTP', 'hello\r\n\r\n'],
    ['binary', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03])],
    ['an unknown method', `NONSENSE ${get.slice(4)}\r\n`],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['another version', get.replace('HTTP/1.1', 'HTTP/9.9')],
    ['a tunnel', 'CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a space in the path', `${get.replace('latest', 'la test')}\r\n`],
    ['raw bytes in the path', `${get.replace('latest', 'l\u00e4test')}\r\n`],
    ['a null character in a header', `${get}a: \0\r\n\r\n`],
    ['a header without a name', `${get}: a\r\n\r\n`],
    ['a space before the colon', `${get}a : b\r\n\r\n`],
    ['a folded header', `${get}a: b\r\n c: d\r\n\r\n`],
    ['bare line feeds', get.replaceAll('\r\n', '\n')],
    ['a length that is none', `${post}Content-Length: x\r\n\r\n`],
    ['a negative length', `${post}Content-Length: -1\r\n\r\n`],
    ['an endless length', `${post}Content-Length: ${'9'.repeat(30)}\r\n\r\n`],
    ['two lengths', `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`],
    ['the same length twice', `${post}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`],
    [
      'a length and chunks',
      `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks and a length',
      `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
  ])('%s', async (_, bytes) => {
    expectFault(await saying(bytes), '400 60002')
  })

  test('a head that is too large', async () => {
    expectFault(await saying(`${get}a: ${'x'.repeat(limits.maxHeaderSize)}\r\n\r\n`), '413 60413')
    expectFault(await saying(`${get}${'a: b\r\n'.repeat(20_000)}\r\n`), '413 60413')
    expectFault(await saying(get.replace('latest', 'x'.repeat(20_000))), '413 60413')
  })
})

describe('a request must name one host', () => {
  test('unless it is of a time when that was not known', async () => {
    const hostless = get.replace('Host: localhost\r\n', '')
    expectFault(await saying(`${hostless}Connection: close\r\n\r\n`), '400 60002')
    expectFault(await saying(`${get}Host: other\r\nConnection: close\r\n\r\n`), '400 60002')
    const old = await saying(`${hostless.replace('HTTP/1.1', 'HTTP/1.0')}\r\n`)
    expect(told(old)).toBe('200')
  })
})

describe('a body that does not arrive whole is answered with a fault', () => {
  test.each([
    ['an unknown transfer', `${post}Transfer-Encoding: nonsense\r\n\r\n`, '0\r\n\r\n'],
    ['a transfer in disguise', `${post}Transfer-Encoding: xchunked\r\n\r\n`, '0\r\n\r\n'],
    ['a chunk of no length', `${post}Transfer-Encoding: chunked\r\n\r\n`, 'zz\r\n'],
    ['a chunk of another length', `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n`, '{}}\r\n'],
    ['huge chunk extensions', `${post}Transfer-Encoding: chunked\r\n\r\n2;`, 'x'.repeat(20_000)],
  ])('%s', async (_, head, rest) => {
    const answer = await sayingAndLeaving(head, rest)
    expectFault(answer, '400 60002')
    expect(answer.headers['x-transaction-id']).toBe('test-transaction')
  })

  test('one whose sender says that it has finished before it has', async () => {
    const connection = await service.connect()
    connection.write(`${post}Content-Length: 100\r\n\r\n{"orders":`)
    connection.end()
    const answer = await connection.answer()
    expectFault(answer, '400 60002')
    expect(answer.headers['x-transaction-id']).toBe('test-transaction')
  })
})

describe('a body that is too large is refused without waiting for all of it', () => {
  test('when its head says so', async () => {
    const answer = await sayingAndLeaving(`${post}Content-Length: 1000000000\r\n\r\n{`)
    expectFault(answer, '413 60413')
    expect(answer.headers.connection).toBe('close')
  })

  test('when it turns out so', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const answer = await sayingAndLeaving(
      `${post}Transfer-Encoding: chunked\r\n\r\n`,
      ...Array(5).fill(chunk),
    )
    expectFault(answer, '413 60413')
    expect(answer.headers.connection).toBe('close')
  })

  test('and its sender, who goes on sending, can still read why', async () => {
    const call = {
      method: 'POST',
      path: '/v1/orders',
      headers: { 'content-type': 'application/json' },
      body: Buffer.alloc(5_000_000, ' '),
    }
    expect(told(await service.call(call))).toBe('413 60413')
    const headers = { ...call.headers, client_secret: 'wrong' }
    expect(told(await service.call({ ...call, headers }))).toBe('401 70401')
  })
})

describe('a body that nobody asked for', () => {
  test('is passed over, and the connection can be used again', async () => {
    const connection = await service.connect()
    const another = 'GET /v1/orders/7 HTTP/1.1\r\n\r\n'
    connection.write(`${get}Content-Length: ${another.length}\r\n\r\n${another}`)
    connection.write(`${service.head('GET /v1/orders/8')}\r\n`)
    expect((await connection.answer()).body).toEqual({ orderId: 'order-7' })
    expect((await connection.answer()).body).toEqual({ orderId: '8' })
    connection.destroy()
  })

  test.each([
    ['never comes', `${get}Content-Length: 30\r\n\r\n`],
    ['never ends', `${get}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`],
  ])('and %s does not delay the answer', async (_, head) => {
    const answer = await sayingAndLeaving(head)
    expect(answer.body).toEqual({ orderId: 'order-7' })
    expect(answer.headers.connection).toBe('close')
  })

  test('and never ends has its connection closed soon after the answer', async () => {
    const answer = await saying(`${get}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`)
    expect(answer.body).toEqual({ orderId: 'order-7' })
  })

  test('and is huge is refused', async () => {
    expectFault(await sayingAndLeaving(`${get}Content-Length: 300000\r\n\r\n`), '413 60413')
  })
})

test('a caller that still sends when it is answered may finish before the connection is closed', async () => {
  const connection = await service.connect()
  let isClosed = false
  connection.closed.then(() => {
    isClosed = true
  })
  connection.write(`${get}Content-Length: 5\r\n\r\n`)
  expect((await connection.answer()).headers.connection).toBe('close')
  // whatever the server did with the first connection, it did before it answers this
  await service.call('/v1/orders/8')
  expect(isClosed).toBe(false)
  connection.write('hello')
  await connection.closed
})

test('what makes no sense after a request does not disturb an answer that is under way', async () => {
  const source = new Readable({ read() {} })
  service.does({ getScript: () => reply(200, source) })
  const { connection } = await service.request('GET /v1/orders/7/script')
  source.push('%PDF-')
  await connection.received('%PDF-')
  for (let at = 0; at < 20; at += 1) {
    connection.write('nonsense\r\n\r\n')
    await service.call('/v1/orders/8')
  }
  source.push(null)
  expect((await connection.answer()).text).toBe('%PDF-')
  await connection.closed
})

describe('requests that follow each other without waiting', () => {
  test('are answered in their order', async () => {
    const connection = await service.connect()
    const body = JSON.stringify(goodOrders)
    connection.write(
      [
        `${service.head('GET /v1/orders/1')}\r\n`,
        `${post}Content-Length: ${body.length}\r\n\r\n${body}`,
        `${service.head('GET /v1/nothing')}\r\n`,
        `${service.head('GET /v1/orders/2')}\r\n`,
      ].join(''),
    )
    const answers = []
    for (let at = 0; at < 4; at += 1) answers.push(told(await connection.answer()))
    expect(answers).toEqual(['200', '201', '404 70404', '200'])
    connection.destroy()
  })

  test('may be followed by what makes no sense, which is answered too', async () => {
    const connection = await service.connect()
    connection.write(`${get}\r\n`)
    expect(told(await connection.answer())).toBe('200')
    await service.call('/v1/orders/8')
    connection.write('nonsense\r\n\r\n')
    expectFault(await connection.answer(), '400 60002')
    await connection.closed
  })

  test('are answered up to where they make no sense, if that comes before the answer', async () => {
    const answer = await saying(`${get}\r\nnonsense\r\n\r\n`)
    expect(answer.body).toEqual({ orderId: 'order-7' })
    expect(answer.headers.connection).toBe('close')
  })
})

test('a caller that asks for a tunnel and breaks the connection does no harm', async () => {
  const connection = await service.connect()
  connection.write('CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\nhello')
  expect(told(await connection.answer())).toBe('400 60002')
  connection.write('hello')
  connection.destroy()
  expect(told(await service.call('/v1/orders/8'))).toBe('200')
})

test('an expectation of the caller is no reason to refuse it', async () => {
  const connection = await service.connect()
  connection.write(`${get}Expect: something\r\n\r\n`)
  expect(told(await connection.answer())).toBe('200')
  const body = JSON.stringify(goodOrders)
  connection.write(`${post}Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`)
  expect((await connection.answer()).status).toBe(100)
  connection.write(body)
  expect(told(await connection.answer())).toBe('201')
  connection.destroy()
})

test('another protocol that the caller would like is passed over', async () => {
  const answer = await saying(`${get}Connection: upgrade, close\r\nUpgrade: websocket\r\n\r\n`)
  expect(told(answer)).toBe('200')
})

test('a caller that is slow with its head, or with all of it, is not waited for', () => {
  expect(limits).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 })
  expect(limits.connectionsCheckingInterval).toBeLessThanOrEqual(1000)
})

describe('a connection that waits for its next request', () => {
  test.each([
    ['an answer', 'GET /v1/orders/latest'],
    ['a fault', 'DELETE /v1/orders'],
  ])('does not hold on to the transaction of its last one, %s', async (_, line) => {
    // Node says so right before it begins the time-out, which lasts as long as the connection waits
    const finished = channel('http.server.response.finish')
    const seen: unknown[] = []
    const note = () => seen.push(currentTransaction()?.id)
    finished.subscribe(note)
    const connection = await service.connect()
    connection.write(`${service.head(line)}\r\n`)
    await connection.answer()
    finished.unsubscribe(note)
    connection.destroy()
    expect(seen).toEqual([undefined])
  })
})
