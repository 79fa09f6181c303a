import { once } from 'node:events'
import net, { type Socket } from 'node:net'
import { clearInterval, setInterval } from 'node:timers'
import { setImmediate } from 'node:timers/promises'
import type { RawConnection, Served } from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { limits } from '../src/listener.ts'
import { startSample, told } from './fixtures/sample-service.ts'

// the clock stands still where it is not moved on, so that a busy machine is not taken for a slow
// caller; what Node itself waits for, and the wire, are real
jest.useFakeTimers({
  doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'],
})
const service = await startSample()

describe('who takes nothing of an answer', () => {
  afterAll(() => void jest.useRealTimers())

  /** More than the kernel holds between two ends that do not take it. */
  const muchText = 'x'.repeat(16 * 1024 * 1024)

  test('in JSON has the connection ended after a minute, and not before', async () => {
    service.does({ getOrder: () => ({ orderId: muchText }) })
    const socket = await connectTo(service)
    socket.write(`${service.head('GET /v1/orders/7', 'never-taken')}\r\n`)
    await once(socket, 'readable')

    jest.advanceTimersByTime(59_999)
    expect(told(await service.call('/v1/orders/latest'))).toBe('200')
    expect(service.log.lines.map(({ transactionId }) => transactionId)).not.toContain('never-taken')

    jest.advanceTimersByTime(1)
    const line = await service.log.line(({ transactionId }) => transactionId === 'never-taken')
    expect(line).toMatchObject({ level: 30, status: 0, msg: 'GET getOrder caller left' })
    socket.destroy()
  })

  test('in JSON keeps none that were asked for behind it', async () => {
    service.does({ getOrder: () => ({ orderId: muchText }) })
    const socket = await connectTo(service)
    const ids = ['untaken-0', 'untaken-1', 'untaken-2']
    socket.write(ids.map((id) => `${service.head('GET /v1/orders/7', id)}\r\n`).join(''))
    await once(socket, 'readable')
    jest.advanceTimersByTime(60_000)
    for (const id of ids) {
      const line = await service.log.line(({ transactionId }) => transactionId === id)
      expect(line).toMatchObject({ status: 0, msg: 'GET getOrder caller left' })
    }
    socket.destroy()
  })

  test('of the reference, which anyone may ask for, has it ended too', async () => {
    const socket = await connectTo(service)
    const bundle = 'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n'
    socket.write(bundle.repeat(20))
    const left = service.log.line(({ msg }) => msg.includes('swagger-ui-bundle.js caller left'))
    let isOver = false
    left.then(() => {
      isOver = true
    })
    for (let turn = 0; !isOver && turn < 100_000; turn += 1) {
      jest.advanceTimersByTime(100)
      await setImmediate()
    }
    expect(isOver).toBe(true)
    socket.destroy()
  })

  test('but comes late for one that was asked for behind it still gets that', async () => {
    const released = Promise.withResolvers<void>()
    const patient = await startSample({}, { answerWithinMs: 600_000 })
    patient.does({
      getOrder: async ({ params }) => {
        await released.promise
        return params
      },
    })
    const connection = await patient.connect()
    connection.write(`${patient.head('GET /v1/orders/7')}\r\n`)
    connection.write(`${patient.head('GET /v1/orders/latest', 'answered-at-once')}\r\n`)
    // on its way back, though not on the wire: it waits for the one before it
    await setImmediate()
    await patient.call('/v1/orders/latest')
    jest.advanceTimersByTime(90_000)
    released.resolve()
    expect((await connection.answer()).body).toEqual({ orderId: '7' })
    expect((await connection.answer()).body).toEqual({ orderId: 'order-7' })
    connection.destroy()
  })
})

describe('who says nothing, or not all, has the connection ended after 10 s', () => {
  /** On a machine that is busy with more than this. */
  const lastingMs = limits.headersTimeout + 5000
  let endings: Record<'silent' | 'dripping' | 'drippingLater' | 'managing', Promise<number>>

  // they take as long as they take, but all at once
  beforeAll(() => {
    endings = {
      silent: lasting(hundredsOfSilentOnes),
      dripping: lasting(() => dripIn('')),
      drippingLater: lasting(() => dripIn(`${service.head('GET /v1/orders/latest')}\r\n`)),
      managing: lasting(silentManager),
    }
  })

  test('on hundreds of connections, while others are answered', async () => {
    expect(told(await service.call('/v1/orders/latest'))).toBe('200')
    expect(await endings.silent).toBeLessThan(lastingMs)
  })

  test('with a head that comes letter by letter', async () => {
    expect(await endings.dripping).toBeLessThan(lastingMs)
  })

  test('with a head that comes letter by letter behind a request that was answered', async () => {
    expect(await endings.drippingLater).toBeLessThan(lastingMs)
  })

  test('on the management port too', async () => {
    expect(await endings.managing).toBeLessThan(lastingMs)
  })

  /** How long something lasts, in milliseconds. */
  async function lasting(what: () => Promise<unknown>): Promise<number> {
    const from = Date.now()
    await what()
    return Date.now() - from
  }

  async function hundredsOfSilentOnes() {
    const silent = await Promise.all(Array.from({ length: 300 }, () => service.connect()))
    const answers = await Promise.all(silent.map((connection) => connection.answer()))
    expect(new Set(answers.map(told))).toEqual(new Set(['400 60002']))
    await Promise.all(silent.map(({ closed }) => closed))
  }

  async function dripIn(before: string) {
    const connection = await service.connect()
    connection.write(before)
    if (before) expect(told(await connection.answer())).toBe('200')
    const dripping = drip(connection, `${service.head('GET /v1/orders/latest')}a: `)
    expect(told(await connection.answer())).toBe('400 60002')
    await connection.closed
    clearInterval(dripping)
  }

  async function silentManager() {
    const socket = await connectTo({ url: service.managementUrl })
    socket.write('GET /health/live HTTP/1.1\r\n')
    await once(socket.resume(), 'close')
  }
})

/** Says something slowly, and never to its end. */
function drip(connection: RawConnection, words: string): NodeJS.Timeout {
  let at = 0
  return setInterval(() => {
    connection.write(words[at] ?? 'x')
    at += 1
  }, 50)
}

/** A connection whose end here takes nothing of what it is sent. */
async function connectTo({ url }: Pick<Served, 'url'>): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = net.connect({ host: hostname, port: Number(port) })
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}
