import type { Socket } from 'node:net'
import { DependencyFailure } from '@ca/faults'
import { inTransaction, openTransaction } from '@ca/telemetry'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createTokenSource } from '../src/index.ts'
import { closeAll, due, fakeTimers, told, upstreamTo, wireFor } from './under-test.ts'
import { answer, bodyOf, headersOf, jsonAnswer } from './wire.ts'

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
  fakeTimers()
})
afterEach(async () => {
  jest.restoreAllMocks()
  jest.useRealTimers()
  await closeAll()
})

describe('a token', () => {
  test('is asked for with the client’s credentials, in a form', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    expect(await tokens.token()).toBe('token-1')
    expect(wire.requests[0]).toMatch(/^POST \/auth\/token HTTP/)
    expect(headersOf(wire.requests[0])['content-type']).toMatch(
      /^application\/x-www-form-urlencoded/,
    )
    expect(Object.fromEntries(new URLSearchParams(bodyOf(wire.requests[0])))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'ca-eps-sapi',
      client_secret: 'hush-hush',
    })
  })

  test('is asked for once, however many calls wait for it', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.token()))
    expect(new Set(all)).toEqual(new Set(['token-1']))
    expect(wire.requests).toHaveLength(1)
  })

  test('is kept until 10 s before its end', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(60) })
    await tokens.token()
    await jest.advanceTimersByTimeAsync(49_999)
    expect(await tokens.token()).toBe('token-1')
    await jest.advanceTimersByTimeAsync(1)
    expect(await tokens.token()).toBe('token-2')
    expect(wire.requests).toHaveLength(2)
  })

  test('has lived since it was asked for, however late the answer came', async () => {
    const { wire, tokens } = await tokenSource()
    const asked = tokens.token()
    await wire.until(() => wire.requests.length === 1)
    await jest.advanceTimersByTimeAsync(4000)
    answerAll(wire, issued('slow', 60))
    expect(await asked).toBe('slow')
    await jest.advanceTimersByTimeAsync(46_000)
    void tokens.token()
    await wire.until(() => wire.requests.length === 2)
  })

  test.each([1, 10])('that lives for %i s is used and never kept', async (seconds) => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(seconds) })
    expect(await tokens.token()).toBe('token-1')
    expect(await tokens.token()).toBe('token-2')
    expect(wire.requests).toHaveLength(2)
  })
})

describe('where the token cannot be had', () => {
  test('all who wait are told, and the next call tries again', async () => {
    const { wire, tokens } = await tokenSource({
      onRequest: (socket, nth) =>
        socket.write(nth === 1 ? jsonAnswer(500, {}) : issued(`token-${nth}`, 3600)),
    })
    const waiting = await Promise.allSettled([tokens.token(), tokens.token(), tokens.token()])
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(wire.requests).toHaveLength(1)
    expect(await tokens.token()).toBe('token-2')
  })

  test.each([
    ['no JSON', answer(200, 'token')],
    ['no object', jsonAnswer(200, 'token')],
    ['no token', jsonAnswer(200, { expires_in: 3600 })],
    ['an empty token', issued('', 3600)],
    ['no life', jsonAnswer(200, { access_token: 'token' })],
    ['a life in words', jsonAnswer(200, { access_token: 'token', expires_in: 'long' })],
    ['a life that is over', issued('token', 0)],
  ])('because the answer has %s, the upstream failed', async (_, bytes) => {
    const { wire, tokens } = await tokenSource({ onRequest: (socket) => socket.write(bytes) })
    const failure = await tokens.token().catch((error: unknown) => error)
    expect(failure).toMatchObject({ way: 'failed', dependency: 'rm' })
    expect(told(failure)).toBe('60006')
    expect(wire.requests).toHaveLength(1)
  })

  test('because our credentials are wrong, it refused, and our caller can mend nothing', async () => {
    const { wire, tokens } = await tokenSource({
      onRequest: (socket) => socket.write(jsonAnswer(401, { error: 'invalid_client' })),
    })
    const call = jest.fn(async () => 'called')
    const failure = await tokens.withToken(call).catch((error: unknown) => error)
    expect(failure).toMatchObject({ way: 'refused', status: 401 })
    expect(told(failure)).toBe('60006')
    expect(call).not.toHaveBeenCalled()
    expect(wire.requests).toHaveLength(1)
  })
})

describe('the fetch is nobody’s own', () => {
  test.each([
    ['leaves', (asker: ReturnType<typeof due>) => asker.callerLeft()],
    ['runs out of time', () => jest.advanceTimersByTimeAsync(100)],
  ])('whoever asked first and %s does not end it for the others', async (_, end) => {
    const { wire, tokens } = await tokenSource()
    const first = due(100)
    const asked = inTransaction(first, () => tokens.token())
    await wire.until(() => wire.requests.length === 1)
    const other = inTransaction(due(8000), () => tokens.token())
    await end(first)
    expect(first.signal.aborted).toBe(true)
    answerAll(wire, issued('for all', 3600))
    expect(await Promise.all([asked, other])).toEqual(['for all', 'for all'])
    expect(wire.requests).toHaveLength(1)
  })

  test('it has 8 s, and then has timed out for all', async () => {
    const { wire, tokens } = await tokenSource()
    const waiting = Promise.allSettled([
      inTransaction(due(100), () => tokens.token()),
      inTransaction(due(20_000), () => tokens.token()),
    ])
    await wire.until(() => wire.requests.length === 1)
    await jest.advanceTimersByTimeAsync(7999)
    expect(wire.connections[0]?.isClosed).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    for (const { status, reason } of (await waiting) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected')
      expect(told(reason)).toBe('70504')
    }
  })

  test('who waits for it alone waits on: no call asks twice', async () => {
    const { wire, tokens } = await tokenSource()
    const hung = tokens.token()
    await wire.until(() => wire.requests.length === 1)
    await jest.advanceTimersByTimeAsync(7000)
    answerAll(wire, issued('late', 3600))
    expect([await hung, wire.requests.length]).toEqual(['late', 1])
  })

  test('it is shared for 1 s; then who shares it asks anew, and the first answer is for all', async () => {
    const { wire, tokens } = await tokenSource({
      onRequest: (socket, nth) => nth === 2 && socket.write(issued('at last', 3600)),
    })
    const timers = jest.getTimerCount()
    const hung = tokens.token()
    await wire.until(() => wire.requests.length === 1)
    await jest.advanceTimersByTimeAsync(500)
    const sharing = [tokens.token(), tokens.token()]
    await jest.advanceTimersByTimeAsync(499)
    await new Promise(setImmediate)
    expect(wire.requests).toHaveLength(1)
    await jest.advanceTimersByTimeAsync(1)
    expect(await Promise.all([hung, ...sharing])).toEqual(['at last', 'at last', 'at last'])
    expect(wire.requests).toHaveLength(2)
    // what hangs is not waited for any more
    await wire.until(() => wire.connections[0]?.isClosed === true)
    expect(jest.getTimerCount()).toBe(timers)
  })

  test('who has left by then does not ask anew', async () => {
    const { wire, tokens } = await tokenSource()
    const hung = tokens.token()
    await wire.until(() => wire.requests.length === 1)
    const sharer = due(8000)
    const sharing = inTransaction(sharer, () => tokens.token())
    sharer.callerLeft()
    await jest.advanceTimersByTimeAsync(2000)
    answerAll(wire, issued('for who waits', 3600))
    await Promise.all([hung, sharing])
    expect(wire.requests).toHaveLength(1)
  })

  test('one that is answered late leaves nothing of those that came after it', async () => {
    const { wire, tokens } = await tokenSource()
    const first = tokens.token()
    await wire.until(() => wire.requests.length === 1)
    await jest.advanceTimersByTimeAsync(1000)
    const second = tokens.token()
    await wire.until(() => wire.requests.length === 2)
    wire.connections[0]?.socket.write(issued('late', 1))
    expect(await Promise.all([first, second])).toEqual(['late', 'late'])
    // it is too short a life to be kept: the next call has a fetch of its own
    const third = tokens.token()
    await wire.until(() => wire.requests.length === 3)
    answerAll(wire, issued('new', 3600))
    expect(await third).toBe('new')
  })

  test('it carries the first asker’s transaction id, and is told in its record', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    const asker = openTransaction('first-asker')
    await inTransaction(asker, () => tokens.token())
    expect(headersOf(wire.requests[0])['x-transaction-id']).toBe('first-asker')
    expect(asker.calls).toMatchObject([
      { to: 'rm', operation: 'token', attempts: 1, outcome: 'answered' },
    ])
  })

  test('it can be asked for outside every transaction, and leaves no timer behind', async () => {
    const { tokens } = await tokenSource({ onRequest: issue(3600) })
    const timers = jest.getTimerCount()
    expect(await tokens.token()).toBe('token-1')
    expect(jest.getTimerCount()).toBe(timers)
  })

  test('it is repeated where the upstream breaks off: a token more does no harm', async () => {
    jest.useRealTimers()
    const { wire, tokens } = await tokenSource({
      onRequest(socket, nth) {
        if (nth < 3) socket.resetAndDestroy()
        else socket.write(issued('at last', 3600))
      },
    })
    expect(await tokens.token()).toBe('at last')
    expect(wire.requests).toHaveLength(3)
  })
})

describe('a call with a token', () => {
  const refused = new DependencyFailure('rm', 'refused', 'answered 401', { status: 401 })

  test('is made with the one that is kept', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    await tokens.token()
    expect(await tokens.withToken(async (token) => `called with ${token}`)).toBe(
      'called with token-1',
    )
    expect(wire.requests).toHaveLength(1)
  })

  test('that is answered 401 is made once more, with a new one', async () => {
    const { tokens } = await tokenSource({ onRequest: issue(3600) })
    const call = jest.fn(async (token: string) => {
      if (token === 'token-1') throw refused
      return token
    })
    expect(await tokens.withToken(call)).toBe('token-2')
    expect(call.mock.calls).toEqual([['token-1'], ['token-2']])
    expect(await tokens.token()).toBe('token-2')
  })

  test('that is answered 401 again is refused, and not made a third time', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    const call = jest.fn(() => Promise.reject(refused))
    await expect(tokens.withToken(call)).rejects.toBe(refused)
    expect(call).toHaveBeenCalledTimes(2)
    expect(wire.requests).toHaveLength(2)
  })

  test('that fails in another way is not made again', async () => {
    const { tokens } = await tokenSource({ onRequest: issue(3600) })
    const failure = new DependencyFailure('rm', 'refused', 'answered 404', { status: 404 })
    const call = jest.fn(() => Promise.reject(failure))
    await expect(tokens.withToken(call)).rejects.toBe(failure)
    expect(call).toHaveBeenCalledTimes(1)
  })

  test('shares the new one with all calls that were refused with the old one', async () => {
    const { wire, tokens } = await tokenSource({ onRequest: issue(3600) })
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        tokens.withToken(async (token) => {
          // each is refused at a time of its own
          for (let turn = 0; turn < nth; turn += 1) await new Promise(setImmediate)
          if (token === 'token-1') throw refused
          return token
        }),
      ),
    )
    expect(new Set(all)).toEqual(new Set(['token-2']))
    expect(wire.requests).toHaveLength(2)
  })
})

async function tokenSource(ends: Parameters<typeof wireFor>[0] = {}) {
  const wire = await wireFor(ends)
  const tokens = createTokenSource({
    upstream: upstreamTo(wire.url),
    clientId: 'ca-eps-sapi',
    clientSecret: 'hush-hush',
  })
  return { wire, tokens }
}

/** Answers every request with a token of its own. */
function issue(seconds: number) {
  return (socket: Socket, nth: number) => socket.write(issued(`token-${nth}`, seconds))
}

function issued(access_token: string, expires_in: number): string {
  return jsonAnswer(200, { access_token, token_type: 'Bearer', expires_in })
}

function answerAll(wire: Awaited<ReturnType<typeof wireFor>>, bytes: string): void {
  for (const { socket } of wire.connections) socket.write(bytes)
}
