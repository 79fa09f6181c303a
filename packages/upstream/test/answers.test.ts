import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import { createTelemetry } from '@ca/telemetry'
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

describe('what is no answer is a failure, and not repeated', () => {
  test.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'the answer is not HTTP'],
    ['not JSON', answer(200, '<html>'), 'its answer cannot be read'],
    ['empty', answer(200, ''), 'its answer cannot be read'],
    ['a redirect', answer(302, '', { Location: '/elsewhere' }), 'answered 302'],
    ['a status that the upstream has not agreed', answer(500, '{}'), 'answered 500'],
  ])('%s', async (_, bytes, what) => {
    const wire = await wireFor({ onRequest: (socket) => socket.write(bytes) })
    const { failure, attempts } = await upstreamTo(wire.url).ask()
    expect(failure).toMatchObject({ way: 'failed', message: `rm failed: ${what}` })
    expect(told(failure)).toBe('60006')
    expect([attempts, wire.requests.length]).toEqual([1, 1])
  })

  test('longer than 16 MiB', async () => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(answer(200, `"${'x'.repeat(20 * 1024 * 1024)}"`)),
    })
    const { failure } = await upstreamTo(wire.url).ask()
    expect(failure).toMatchObject({ way: 'failed', cause: { message: /longer than 16777216/ } })
    await wire.until(() => wire.connections[0]?.isClosed === true)
  })

  test('one that its reader cannot make sense of', async () => {
    const wire = await wireFor({ onRequest: (socket) => socket.write(jsonAnswer(200, {})) })
    const read = async () => Promise.reject(new TypeError('not what was agreed'))
    const { failure } = await upstreamTo(wire.url).ask({}, { read })
    expect(failure).toMatchObject({ way: 'failed', cause: { message: 'not what was agreed' } })
  })

  test('a request that cannot be made', async () => {
    const wire = await wireFor()
    const { failure, attempts } = await upstreamTo(wire.url).ask({ headers: { 'a b': 'c' } })
    expect(failure).toMatchObject({ way: 'failed' })
    expect([attempts, wire.connections.length]).toEqual([1, 0])
  })
})

describe('a status that is no success', () => {
  test.each([
    [502, 'unreachable', '70503'],
    [503, 'unreachable', '70503'],
    [504, 'timed out', '70504'],
  ])('of %i means that the upstream is %s, and reads alone are repeated', async (...given) => {
    const [status, way, code] = given
    const wire = await wireFor({ onRequest: (socket) => socket.write(answer(status, '')) })
    const { ask } = upstreamTo(wire.url)
    const { failure } = await ask()
    expect(failure).toMatchObject({ way, status })
    expect(told(failure)).toBe(code)
    expect(wire.requests).toHaveLength(3)
    await ask({ method: 'POST' })
    expect(wire.requests).toHaveLength(4)
  })

  test.each([
    ['in seconds', () => '2', 2000],
    ['as a date', () => new Date(Date.now() + 2000).toUTCString(), 2000],
    ['as a date that has passed', () => new Date(0).toUTCString(), 0],
    ['as no time at all', () => 'soon', 0],
    ['longer than can be counted', () => '9'.repeat(400), Number.POSITIVE_INFINITY],
  ])('may ask for a pause %s', async (_, retryAfter, retryAfterMs) => {
    fakeTimers(new Date('2026-11-22T12:00:00Z'))
    const wire = await wireFor({
      onRequest: (socket) => socket.write(answer(503, '', { 'Retry-After': retryAfter() })),
    })
    const { failure } = await upstreamTo(wire.url).ask({ method: 'POST' })
    expect(failure).toMatchObject({ retryAfterMs })
  })

  test('is not repeated where the pause that it asks for would outlast the deadline', async () => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(answer(503, '', { 'Retry-After': '8' })),
    })
    const { failure, attempts } = await upstreamTo(wire.url).ask({}, { within: due(7000) })
    expect(failure).toMatchObject({ way: 'unreachable' })
    expect(attempts).toBe(1)
  })

  test.each([400, 401, 404, 409, 422, 429])('of %i means that it refused', async (status) => {
    const wire = await wireFor({ onRequest: (socket) => socket.write(jsonAnswer(status, {})) })
    const { failure, attempts } = await upstreamTo(wire.url).ask()
    expect(failure).toMatchObject({ way: 'refused', status })
    expect(told(failure)).toBe('60006')
    expect(attempts).toBe(1)
  })
})

test('the rest of an answer that is no success is not waited for', async () => {
  const wire = await wireFor({
    onRequest: (socket) => socket.write(answer(404, 'half', { 'Content-Length': '8' })),
  })
  expect((await upstreamTo(wire.url).ask()).failure).toMatchObject({ status: 404 })
  await wire.until(() => wire.connections[0]?.isClosed === true)
})

describe('no failure tells the log a secret, or what the upstream said', () => {
  const secret = 'hush-hush'
  const ends: [string, (socket: Socket) => void][] = [
    ['a reset', (socket) => socket.resetAndDestroy()],
    [
      'an answer cut short',
      (socket) => socket.end(answer(200, secret, { 'Content-Length': '99' })),
    ],
    ['garbage', (socket) => socket.write(`${secret}\r\n\r\n`)],
    ['no JSON', (socket) => socket.write(answer(200, secret))],
    ['half JSON', (socket) => socket.write(answer(200, `{"access_token":"${secret}`))],
    ['a refusal', (socket) => socket.write(jsonAnswer(401, secret))],
    ['an error', (socket) => socket.write(jsonAnswer(500, secret, { 'Set-Cookie': secret }))],
    ['a redirect', (socket) => socket.write(answer(307, '', { Location: `/${secret}` }))],
  ]
  test.each(ends)('after %s', async (_, onRequest) => {
    const wire = await wireFor({ onRequest })
    await expectNothingTold(wire.url)
  })

  test('after a connection that was not made', async () => {
    await expectNothingTold(`http://127.0.0.1:${await closedPort()}`)
  })

  test('after a request that could not be made', async () => {
    await expectNothingTold('http://127.0.0.1:1', { 'a b': secret })
    await expectNothingTold('http://127.0.0.1:1', { 'X-Secret': `${secret}\r\n\0` })
    await expectNothingTold('ftp://127.0.0.1')
  })

  async function expectNothingTold(url: string, headers: Record<string, string> = {}) {
    const { ask } = upstreamTo(url, {
      headers: () => ({ client_secret: secret, Authorization: `Bearer ${secret}` }),
    })
    const form = { client_secret: secret }
    const { failure } = await ask({ method: 'POST', path: `/${secret}`, form, headers })
    const lines: string[] = []
    const destination = { write: (line: string) => lines.push(line) }
    createTelemetry('test-service', { destination }).log.error({ err: failure })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { type: 'DependencyFailure' } })
    expect(lines[0]).not.toContain(secret)
    // nor does it hang on the failure, for whoever prints that some other way
    expect(inspect(failure, { depth: 10 })).not.toContain(secret)
  }
})
