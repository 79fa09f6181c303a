import type { Transaction } from '@ca/telemetry'
import { afterEach, expect, jest, test } from '@jest/globals'
import { readJson } from '../src/index.ts'
import { closeAll, due, fakeTimers, told, upstreamTo, wireFor } from './under-test.ts'
import { answer, jsonAnswer } from './wire.ts'

afterEach(async () => {
  jest.useRealTimers()
  await closeAll()
})

test('an answer that does not begin within an attempt’s limit timed out, and is not repeated', async () => {
  fakeTimers()
  const wire = await wireFor()
  const asked = upstreamTo(wire.url, { attemptWithinMs: 5000 }).ask({}, { within: due(8000) })
  await wire.until(() => wire.requests.length === 1)
  await jest.advanceTimersByTimeAsync(4999)
  expect(wire.connections[0]?.isClosed).toBe(false)
  await jest.advanceTimersByTimeAsync(1)
  const { failure, attempts } = await asked
  expect(failure).toMatchObject({ message: 'rm timed out: no answer within 5000 ms' })
  expect(told(failure)).toBe('70504')
  expect(attempts).toBe(1)
  await wire.until(() => wire.connections[0]?.isClosed === true)
})

test('an answer that has begun in time may go on until the deadline', async () => {
  fakeTimers()
  const { wire, asked } = await beginToRead({ attemptWithinMs: 500 }, due(3000))
  await jest.advanceTimersByTimeAsync(2999)
  expect(wire.connections[0]?.isClosed).toBe(false)
  await jest.advanceTimersByTimeAsync(1)
  expect(told((await asked).failure)).toBe('70504')
  await wire.until(() => wire.connections[0]?.isClosed === true)
})

test.each([
  ['an attempt’s limit', 1000, 8000],
  ['the deadline', undefined, 1000],
])('a call that hung to %s takes the idle connections with it', async (_, attemptWithinMs, ms) => {
  fakeTimers()
  const wire = await wireFor({
    onRequest: (socket, nth) => nth <= 2 && socket.write(jsonAnswer(200, nth)),
  })
  const { ask } = upstreamTo(wire.url, { attemptWithinMs })
  await Promise.all([ask(), ask()])
  const hung = ask({}, { within: due(ms) })
  await wire.until(() => wire.requests.length === 3)
  await jest.advanceTimersByTimeAsync(1000)
  expect(told((await hung).failure)).toBe('70504')
  await wire.until(() => wire.connections.every(({ isClosed }) => isClosed))
})

test('a caller who leaves leaves the idle connections as they are', async () => {
  const wire = await wireFor({
    onRequest: (socket, nth) => nth !== 3 && socket.write(jsonAnswer(200, nth)),
  })
  const { ask } = upstreamTo(wire.url)
  await Promise.all([ask(), ask()])
  const within = due(8000)
  const left = ask({}, { within })
  await wire.until(() => wire.requests.length === 3)
  within.callerLeft()
  await left
  await wire.until(() => wire.connections.some(({ isClosed }) => isClosed))
  expect(await ask()).toMatchObject({ body: 4 })
  expect(wire.connections).toHaveLength(2)
})

test('a caller who leaves while the answer is awaited closes the connection', async () => {
  const wire = await wireFor()
  const within = due(8000)
  const asked = upstreamTo(wire.url).ask({}, { within })
  await wire.until(() => wire.requests.length === 1)
  within.callerLeft()
  expect((await asked).failure).toMatchObject({ name: 'CallerLeft' })
  await wire.until(() => wire.connections[0]?.isClosed === true)
})

test('a caller who leaves while the answer is read closes the connection', async () => {
  const within = due(8000)
  const { wire, asked } = await beginToRead({}, within)
  within.callerLeft()
  expect((await asked).failure).toMatchObject({ name: 'CallerLeft' })
  await wire.until(() => wire.connections[0]?.isClosed === true)
})

/** Asks for an answer that begins and does not end. */
async function beginToRead(options: { attemptWithinMs?: number }, within: Transaction) {
  const wire = await wireFor({
    onRequest: (socket) => socket.write(answer(200, '{', { 'Content-Length': '2' })),
  })
  const begun = Promise.withResolvers<void>()
  const read: typeof readJson = (answered) => {
    begun.resolve()
    return readJson(answered)
  }
  const asked = upstreamTo(wire.url, options).ask({}, { within, read })
  await begun.promise
  return { wire, asked }
}
