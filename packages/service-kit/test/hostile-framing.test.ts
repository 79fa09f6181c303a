import type { Answer } from '@ca/test-kit'
import { describe, expect, test } from '@jest/globals'
import { goodOrders, startSample, told } from './fixtures/sample-service.ts'

/** The orders that were asked for. */
const reached: string[] = []
const service = await startSample({
  getOrder: ({ params }) => {
    reached.push(params.orderId)
    return params
  },
})
const get = service.head('GET /v1/orders/latest')
const post = `${service.head('POST /v1/orders')}Content-Type: application/json\r\n`
const body = JSON.stringify(goodOrders)
const size = body.length.toString(16)
const chunks = `${size}\r\n${body}\r\n0\r\n\r\n`
/** A request that somebody before us may have taken for a part of the one before it. */
const smuggled = `${service.head('GET /v1/orders/smuggled', 'smuggled-id')}\r\n`

/** Says something on a connection of its own, and gives every answer up to where the server closes it. */
async function answersTo(...words: string[]): Promise<Answer[]> {
  const connection = await service.connect()
  for (const word of words) connection.write(Buffer.from(word, 'latin1'))
  const answers: Answer[] = []
  await connection.closed
  for (;;) {
    const answer = await connection.answer().catch(() => undefined)
    if (!answer) return answers
    answers.push(answer)
  }
}

describe('where a request ends is never guessed: what is in doubt is 60002, and what follows is not read', () => {
  const chunked = 'Transfer-Encoding: chunked'
  const twoReadings: [what: string, request: string][] = [
    ['chunks and a length that comes later', `${post}${chunked}\r\nContent-Length: 5\r\n\r\n`],
    ['chunked twice', `${post}${chunked}, chunked\r\n\r\n${chunks}`],
    ['chunked in two lines', `${post}${chunked}\r\n${chunked}\r\n\r\n${chunks}`],
    ['chunked and then identity', `${post}${chunked}, identity\r\n\r\n${chunks}`],
    ['chunked and then nothing', `${post}${chunked},\r\n\r\n${chunks}`],
    ['no transfer at all', `${post}Transfer-Encoding:\r\n\r\n${chunks}`],
    ['chunked with a parameter', `${post}${chunked};q=1\r\n\r\n${chunks}`],
    ['chunked in quotes', `${post}Transfer-Encoding: "chunked"\r\n\r\n${chunks}`],
    ['chunked behind a fold', `${post}Transfer-Encoding:\r\n chunked\r\n\r\n${chunks}`],
    ['chunked behind a tab', `${post}Transfer-Encoding: x\r\n\tchunked\r\n\r\n${chunks}`],
    ['chunked behind a vertical tab', `${post}Transfer-Encoding: \x0bchunked\r\n\r\n${chunks}`],
    ['chunked with more to its name', `${post}Transfer-Encoding: chunkedx\r\n\r\n${chunks}`],
    ['a space before its colon', `${post}Transfer-Encoding : chunked\r\n\r\n${chunks}`],
    ['a length and another transfer', `${post}Content-Length: 5\r\nTransfer-Encoding: x\r\n\r\n`],
    ['a length with a sign', `${post}Content-Length: +${body.length}\r\n\r\n${body}`],
    ['a length in two words', `${post}Content-Length: 5 9\r\n\r\n${body}`],
    ['a list of lengths', `${post}Content-Length: ${body.length}, ${body.length}\r\n\r\n${body}`],
    ['a length in hexadecimal', `${post}Content-Length: 0x${size}\r\n\r\n${body}`],
    ['a length behind a fold', `${post}Content-Length:\r\n ${body.length}\r\n\r\n${body}`],
    ['an empty length', `${post}Content-Length:\r\n\r\n${body}`],
    ['a length that is too small', `${post}Content-Length: ${body.length - 2}\r\n\r\n${body}`],
    ['one bare line feed', `${post}a: b\nContent-Length: ${body.length}\r\n\r\n${body}`],
    ['a bare carriage return', `${post}a: b\rContent-Length: ${body.length}\r\n\r\n${body}`],
    ['a bare line feed at its end', `${post}Content-Length: ${body.length}\r\n\n${body}`],
    ['a fold after the first line', `${get.replace('\r\n', '\r\n a: b\r\n')}\r\n`],
    ['a chunk that ends in a line feed', `${post}${chunked}\r\n\r\n${size}\n${body}\r\n0\r\n\r\n`],
    ['a chunk with a sign', `${post}${chunked}\r\n\r\n+${chunks}`],
    ['a chunk in hexadecimal notation', `${post}${chunked}\r\n\r\n0x${chunks}`],
    ['a chunk with a space', `${post}${chunked}\r\n\r\n${size} \r\n${body}\r\n0\r\n\r\n`],
    ['a chunk of 2^64 bytes more', `${post}${chunked}\r\n\r\n1${size.padStart(16, '0')}\r\n`],
    ['a chunk without its end', `${post}${chunked}\r\n\r\n${size}\r\n${body}0\r\n\r\n`],
    ['a line feed in an extension', `${post}${chunked}\r\n\r\n${size};\n${body}\r\n0\r\n\r\n`],
    ['a return in an extension', `${post}${chunked}\r\n\r\n${size};a\rb\r\n${body}\r\n0\r\n\r\n`],
    [
      'a length behind the body',
      `${post}${chunked}\r\n\r\n${size}\r\n${body}\r\n0\r\nContent-Length: 7\r\n\r\n`,
    ],
  ]

  test.concurrent.each(twoReadings)('%s', async (_, request) => {
    const answers = await answersTo(request + smuggled)
    expect(answers.map(told)).toEqual(['400 60002'])
    expect(answers[0]?.headers.connection).toBe('close')
    expect(reached).not.toContain('smuggled')
  })
})

describe('what has one reading is read so, whatever it looks like', () => {
  test.each([
    ['a length with zeros before it', `${post}Content-Length: 000${body.length}\r\n\r\n${body}`],
    ['a length with spaces around it', `${post}Content-Length:  ${body.length} \r\n\r\n${body}`],
    [
      'what only looks like a length',
      `${post}Content_Length: 3\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ],
    ['chunked in capitals', `${post}Transfer-Encoding: CHUNKED\r\n\r\n${chunks}`],
    [
      'chunks with extensions',
      `${post}Transfer-Encoding: chunked\r\n\r\n${size};a=b;c="d"\r\n${body}\r\n0\r\n\r\n`,
    ],
    ['chunks with zeros before it', `${post}Transfer-Encoding: chunked\r\n\r\n0000${chunks}`],
  ])('%s', async (_, request) => {
    const connection = await service.connect()
    connection.write(`${request}${service.head('GET /v1/orders/next')}\r\n`)
    expect(told(await connection.answer())).toBe('201')
    expect((await connection.answer()).body).toEqual({ orderId: 'next' })
    connection.destroy()
  })

  test('what stands behind the body says nothing of who calls', async () => {
    const { client_secret } = service.credentials
    const trailer = `client_secret: ${client_secret}\r\n`
    const connection = await service.connect()
    connection.write(
      `${post.replace(trailer, '')}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n0\r\n${trailer}\r\n`,
    )
    expect(told(await connection.answer())).toBe('401 70402')
    connection.destroy()
  })
})

describe('a request that asks for another protocol', () => {
  const upgrade = 'Connection: Upgrade\r\nUpgrade: h2c\r\n'

  test('is answered in this one, and nothing of what came with it is taken for a request', async () => {
    const connection = await service.connect()
    connection.write(
      `${get}${upgrade}\r\n${post}Content-Length: ${smuggled.length + body.length}\r\n\r\n${body}`,
    )
    const first = await connection.answer()
    expect([told(first), first.headers.connection]).toEqual(['200', 'close'])
    connection.write(smuggled)
    await connection.closed
    await expect(connection.answer()).rejects.toThrow('the connection ended')
    expect(reached).not.toContain('smuggled')
  })

  test('has its body read', async () => {
    const connection = await service.connect()
    connection.write(
      `${post}${upgrade}Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    )
    expect((await connection.answer()).status).toBe(100)
    connection.write(body)
    expect(told(await connection.answer())).toBe('201')
    await connection.closed
  })
})

describe('a tunnel that is asked for behind other requests', () => {
  test('ends the connection, and those before it are not left under way for ever', async () => {
    const ids = ['tunnel-0', 'tunnel-1', 'tunnel-2']
    const before = ids.map((id) => `${service.head('GET /v1/orders/7', id)}\r\n`)
    const answers = await answersTo(
      `${before.join('')}CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    )
    expect(answers).toEqual([])
    for (const id of ids) {
      const line = await service.log.line(({ transactionId }) => transactionId === id)
      expect(line).toMatchObject({ status: 0, msg: 'GET getOrder caller left' })
    }
  })

  test.each(['localhost:80', 'http://localhost/v1/orders/latest', '/v1/orders/latest', '*'])(
    'to %s is refused where it comes first',
    async (target) => {
      const answers = await answersTo(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n${smuggled}`)
      expect(answers.map(told)).toEqual(['400 60002'])
      expect(reached).not.toContain('smuggled')
    },
  )
})

describe('HTTP of another time', () => {
  const keptAlive = 'Connection: keep-alive\r\n'

  test('1.0 is answered, and its connection closed', async () => {
    const answers = await answersTo(`${get.replace('HTTP/1.1', 'HTTP/1.0')}\r\n`)
    expect(answers.map(told)).toEqual(['200'])
  })

  test('1.0 that asks for it keeps its connection', async () => {
    const connection = await service.connect()
    for (const _ of [1, 2]) {
      connection.write(`${get.replace('HTTP/1.1', 'HTTP/1.0')}${keptAlive}\r\n`)
      expect(told(await connection.answer())).toBe('200')
    }
    connection.destroy()
  })

  test('1.0 knows no chunks: after what comes in them the connection is closed all the same', async () => {
    const old = post.replace('HTTP/1.1', 'HTTP/1.0')
    const [answer] = await answersTo(
      `${old}${keptAlive}Transfer-Encoding: chunked\r\n\r\n${chunks}`,
    )
    expect(answer?.headers.connection).toBe('close')
  })

  test.each([
    ['0.9 has no headers, so nobody knows who calls', 'GET /v1/orders/7\r\n\r\n', '401 70402'],
    ['1.2', `${get.replace('HTTP/1.1', 'HTTP/1.2')}\r\n`, '400 60002'],
    ['3.0', `${get.replace('HTTP/1.1', 'HTTP/3.0')}\r\n`, '400 60002'],
    ['none', `${get.replace('HTTP/1.1', 'HTTP')}\r\n`, '400 60002'],
    ['in small letters', `${get.replace('HTTP/1.1', 'http/1.1')}\r\n`, '400 60002'],
  ])('%s', async (_, request, expected) => {
    expect((await answersTo(request + smuggled)).map(told)).toEqual([expected])
    expect(reached).not.toContain('smuggled')
  })
})

describe('a target', () => {
  test.each([
    ['/v1/orders/latest', '200'],
    ['http://other.example/v1/orders/latest', '200'],
    ['http://user:password@other.example/v1/orders/latest', '200'],
    ['http://other.example:99999/v1/nothing', '404 70404'],
    ['/v1/orders/latest#fragment', '400 60002'],
    ['/v1\\orders\\latest', '404 70404'],
    ['*', '404 70404'],
  ])('%s leads to what the contract has there, or nowhere', async (target, expected) => {
    const connection = await service.connect()
    connection.write(`${service.head(`GET ${target}`)}\r\n`)
    expect(told(await connection.answer())).toBe(expected)
    connection.destroy()
  })

  test.each(['localhost:80', 'v1/orders/latest', '\\v1\\orders', '/v1/orders/\tlatest', '?a=1'])(
    '%j is no target, and the connection is closed',
    async (target) => {
      const answers = await answersTo(`${service.head(`GET ${target}`)}\r\n${smuggled}`)
      expect(answers.map(told)).toEqual(['400 60002'])
      expect(reached).not.toContain('smuggled')
    },
  )

  test.each(['OPTIONS', 'TRACE'])(
    '%s is told what there is, and nothing is echoed',
    async (method) => {
      const answer = await service.call({
        method,
        path: '/v1/orders/latest',
        headers: {
          'max-forwards': '0',
          'x-echo': 'do-not-echo-me',
          origin: 'https://evil.example',
        },
      })
      expect([told(answer), answer.headers.allow]).toEqual(['405 60405', 'GET, DELETE'])
      expect(JSON.stringify(answer)).not.toMatch(/do-not-echo-me|evil|access-control/i)
    },
  )
})

test('after a refusal the next request on the connection is judged anew', async () => {
  const connection = await service.connect()
  const wrong = get.replace(/client_secret: .*/, 'client_secret: wrong')
  connection.write(`${wrong}\r\n${get.replace('test-transaction', 'no')}\r\n${get}\r\n${wrong}\r\n`)
  const answers = []
  for (let at = 0; at < 4; at += 1) answers.push(told(await connection.answer()))
  expect(answers).toEqual(['401 70401', '400 60004', '200', '401 70401'])
  connection.destroy()
})

describe('a body that is not what its head says', () => {
  test('and ends too early is refused when its sender has finished', async () => {
    const connection = await service.connect()
    connection.write(`${post}Transfer-Encoding: chunked\r\n\r\n${size}\r\n${body}\r\n`)
    connection.end()
    expect(told(await connection.answer())).toBe('400 60002')
    await connection.closed
  })

  test('and is longer is read to where it should end; what is over is no request', async () => {
    const answers = await answersTo(`${post}Content-Length: ${body.length}\r\n\r\n${body}}}}}`)
    expect(answers.map(told)).toEqual(['201'])
    expect(answers[0]?.headers.connection).toBe('close')
  })
})

test.each([
  ['one header of 16 kB', `a: ${'x'.repeat(16 * 1024)}\r\n`],
  ['a name of 16 kB', `${'x'.repeat(16 * 1024)}: a\r\n`],
  ['headers of 17 kB together', `a: ${'x'.repeat(1000)}\r\n`.repeat(17)],
  ['thousands of headers', 'a:\r\n'.repeat(3000)],
])('%s are too much of a head, whoever sends them', async (_, headers) => {
  const answers = await answersTo(`GET /v1/orders/latest HTTP/1.1\r\n${headers}\r\n${smuggled}`)
  expect(answers.map(told)).toEqual(['413 60413'])
  expect(answers[0]?.headers).toMatchObject({ connection: 'close', 'cache-control': 'no-store' })
  expect(reached).not.toContain('smuggled')
})
