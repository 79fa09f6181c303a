import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { currentTransaction } from '@ca/telemetry'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { closeAll, due, fakeTimers, told, upstreamTo, wireFor } from './under-test.ts'
import { answer, closedPort, jsonAnswer } from './wire.ts'

beforeEach(() => {
  // the shortest back-off: what passes between two attempts is resilience's to test
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  jest.restoreAllMocks()
  jest.useRealTimers()
  await closeAll()
})

const methods = ['GET', 'POST'] as const

describe('where no connection can be made, the upstream is unreachable and any call is repeated', () => {
  test.each(methods)('because it is refused: %s', async (method) => {
    const { ask } = upstreamTo(`http://127.0.0.1:${await closedPort()}`)
    const { failure, attempts } = await ask({ method })
    expect(failure).toMatchObject({ dependency: 'rm', way: 'unreachable' })
    expect(told(failure)).toBe('70503')
    expect(attempts).toBe(3)
  })

  test.each(methods)('because it is closed before TLS stands: %s', async (method) => {
    const wire = await wireFor({
      onConnection: (socket) => socket.once('data', () => socket.end()),
    })
    const { failure, attempts } = await upstreamTo(overTls(wire.url)).ask({ method })
    expect(failure).toMatchObject({ way: 'unreachable' })
    expect([attempts, wire.connections.length]).toEqual([3, 3])
  })

  test('because it does not stand within 1 s', async () => {
    fakeTimers()
    const wire = await wireFor()
    const asked = upstreamTo(overTls(wire.url)).ask({ method: 'POST' }, { within: due(60_000) })
    await wire.until(() => wire.connections.length === 1)
    await jest.advanceTimersByTimeAsync(999)
    expect(wire.connections[0]?.isClosed).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    await wire.until(() => wire.connections[0]?.isClosed === true)
    const { failure, attempts } = await advanceUntilEnded(asked)
    expect(failure).toMatchObject({ way: 'unreachable', cause: { message: /within 1000 ms/ } })
    expect(attempts).toBe(3)
  })
})

describe('where the connection breaks', () => {
  test.each([
    ['GET', 3],
    ['POST', 1],
  ] as const)(
    'before a byte of the answer, only a read is repeated: %s makes %i connections',
    async (...given) => {
      const [method, connections] = given
      const wire = await wireFor({ onRequest: (socket) => socket.resetAndDestroy() })
      const { failure } = await upstreamTo(wire.url).ask({ method })
      expect(failure).toMatchObject({ way: 'unreachable' })
      expect(told(failure)).toBe('70503')
      expect(wire.connections).toHaveLength(connections)
    },
  )

  test('and is answered at the third attempt, the call is', async () => {
    const wire = await wireFor({
      onRequest(socket, nth) {
        if (nth < 3) socket.end()
        else socket.write(jsonAnswer(200, 'well again'))
      },
    })
    expect(await upstreamTo(wire.url).ask()).toMatchObject({ body: 'well again', attempts: 3 })
  })

  test('before a byte of the answer, a POST that is a read is repeated', async () => {
    const wire = await wireFor({ onRequest: (socket) => socket.end() })
    await upstreamTo(wire.url).ask({ method: 'POST', isRead: true })
    expect(wire.connections).toHaveLength(3)
  })

  test.each([
    ['within the head', 'HTTP/1.1 200 O', reset],
    ['within the head, in good order', 'HTTP/1.1 200 O', end],
    ['before Content-Length', answer(200, '{"a"', { 'Content-Length': '9' }), end],
    [
      'before the last chunk',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n',
      end,
    ],
    ['by a reset', answer(200, '{"a"', { 'Content-Length': '9' }), reset],
  ])('after the first byte of the answer, nothing is repeated: %s', async (_, bytes, breakOff) => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(bytes, () => breakOff(socket)),
    })
    const { failure } = await upstreamTo(wire.url).ask()
    expect(failure).toMatchObject({
      way: 'unreachable',
      message: 'rm unreachable: the answer broke off',
    })
    expect(wire.connections).toHaveLength(1)
  })

  function end(socket: Socket) {
    socket.end()
  }

  function reset(socket: Socket) {
    socket.resetAndDestroy()
  }
})

describe('where a kept connection breaks as it is used again', () => {
  /** Answers the first `good` requests, then breaks every connection that it has answered on. */
  function forgetful(good: number) {
    const used = new Set<Socket>()
    return wireFor({
      onRequest(socket, nth) {
        if (nth > good && used.has(socket)) socket.resetAndDestroy()
        else socket.write(jsonAnswer(200, nth))
        used.add(socket)
      },
    })
  }

  test('a read is answered all the same', async () => {
    const wire = await forgetful(1)
    const { ask } = upstreamTo(wire.url)
    await ask()
    expect(await ask()).toMatchObject({ body: 3, attempts: 2 })
    expect(wire.connections).toHaveLength(2)
  })

  test('the next attempt does not trust the other kept connections', async () => {
    const wire = await forgetful(3)
    const { ask } = upstreamTo(wire.url)
    await Promise.all([ask(), ask(), ask()])
    expect(wire.connections).toHaveLength(3)
    expect(await ask()).toMatchObject({ attempts: 2, failure: undefined })
    expect(wire.connections).toHaveLength(4)
  })

  test('a connection that was closed meanwhile is not used again, whatever the call', async () => {
    const wire = await wireFor({ onRequest: (socket, nth) => socket.end(jsonAnswer(200, nth)) })
    const { ask } = upstreamTo(wire.url)
    await ask()
    await wire.until(() => wire.connections[0]?.isClosed === true)
    expect(await ask({ method: 'POST' })).toMatchObject({ body: 2, attempts: 1 })
  })

  test('a call that may have had an effect is not repeated', async () => {
    const wire = await forgetful(1)
    const { ask } = upstreamTo(wire.url)
    await ask()
    const { failure } = await ask({ method: 'POST' })
    expect(failure).toMatchObject({ way: 'unreachable' })
    expect(wire.requests).toHaveLength(2)
  })
})

test('a connection is of no transaction: it lives longer than the call that it is made for', async () => {
  const wire = await wireFor({ onRequest: (socket) => socket.write(jsonAnswer(200, {})) })
  const made: Socket[] = []
  const note = (message: unknown) => made.push((message as { socket: Socket }).socket)
  subscribe('net.client.socket', note)
  await upstreamTo(wire.url).ask()
  unsubscribe('net.client.socket', note)
  const [connection] = made as [Socket]
  const seen = new Promise((resolve) => {
    connection.once('close', () => resolve(currentTransaction()?.id))
  })
  wire.connections[0]?.socket.end()
  expect(await seen).toBeUndefined()
})

test('bytes that nobody asked for end a kept connection: they are no answer to the next call', async () => {
  const wire = await wireFor({ onRequest: (socket, nth) => socket.write(jsonAnswer(200, nth)) })
  const { ask } = upstreamTo(wire.url)
  await ask()
  wire.connections[0]?.socket.write(jsonAnswer(200, 'somebody else’s'))
  await wire.until(() => wire.connections[0]?.isClosed === true)
  expect(await ask()).toMatchObject({ body: 2, attempts: 1 })
})

test('answers that come at once on several connections do not mix', async () => {
  const bodies = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(300_000))
  const waiting: Socket[] = []
  const wire = await wireFor({
    onRequest(socket) {
      waiting.push(socket)
      if (waiting.length < bodies.length) return
      for (const [at, body] of bodies.entries()) waiting[at]?.write(jsonAnswer(200, body))
    },
  })
  const { ask } = upstreamTo(wire.url)
  const answers = await Promise.all(bodies.map(() => ask()))
  expect(answers.map(({ body }) => body).sort()).toEqual(bodies)
})

/** Lets time pass, 50 ms with every turn of what happens on the wire. */
async function advanceUntilEnded<T>(asked: Promise<T>): Promise<T> {
  let isEnded = false
  void asked.finally(() => {
    isEnded = true
  })
  while (!isEnded) {
    await new Promise(setImmediate)
    await jest.advanceTimersByTimeAsync(50)
  }
  return asked
}

function overTls(url: string): string {
  return url.replace('http:', 'https:')
}
