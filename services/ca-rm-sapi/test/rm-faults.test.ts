import { contract } from '@ca/contracts'
import { type FaultCode, fault } from '@ca/faults'
import {
  type Answer,
  attemptsOf,
  connectRaw,
  createFaultProxy,
  type FaultProxy,
  type Served,
  send,
  serve,
  type WireFault,
} from '@ca/test-kit'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { createRmSapi } from '../src/main.ts'
import { type Rm, startRm } from './rm.ts'

const script = '/v1/candidates/scripts/pdf/SC-1-0'
const directive = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  componentId: '03',
  serviceType: 'ATS',
}

/** A time for the whole answer that a test can wait for, in milliseconds. */
const shortly = 400
/** When it has been over for sure, on a busy machine too, and no other limit yet, in milliseconds. */
const soonMs = 1500

let rm: Rm
let wire: FaultProxy
let service: Served

/** Starts the service over a wire to RM on which all is well: it has a token and a connection. */
async function start(answerWithinMs = 8000): Promise<void> {
  rm = await startRm()
  rm.script = Buffer.alloc(1_000_000, 'a script ')
  wire = await createFaultProxy(Number(new URL(rm.url).port))
  service = await serve(
    contract('ca-rm-sapi'),
    (settings) =>
      createRmSapi({
        ...settings,
        ORDERS_FILE: ':memory:',
        RM_URL: wire.url,
        RM_CLIENT_ID: 'rm-sapi',
        RM_CLIENT_SECRET: 'a secret',
      }),
    { answerWithinMs },
  )
  expect((await fetchScript()).text).toBe(rm.script.toString())
  wire.forget()
}

afterEach(async () => {
  jest.useRealTimers()
  await wire.close()
  await service.stop()
  await rm.stop()
})

/** Fetches a script, with so many milliseconds left for its first byte. */
function fetchScript(leftMs = 8000): Promise<Answer> {
  const headers = {
    ...service.credentials,
    'x-transaction-id': 'test-transaction',
    'x-deadline-ms': String(leftMs),
  }
  return send(service.url, { path: script, headers })
}

function order(): Promise<Answer> {
  return service.call({
    method: 'POST',
    path: '/v1/candidates/scripts',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customerDirectives: [directive] }),
  })
}

/** What the caller is told is what the catalogue has, and not a word more. */
function expectTold({ status, body, headers }: Answer, code: FaultCode): void {
  const told = fault(code)
  expect([status, body]).toEqual([told.status, told.body('test-transaction')])
  expect(headers['x-transaction-id']).toBe('test-transaction')
}

/** Asks until there is a good answer. @returns how long that took, in milliseconds */
async function healed(ask: () => Promise<Answer>): Promise<number> {
  const from = performance.now()
  for (;;) {
    const { status } = await ask()
    const tookMs = performance.now() - from
    if (status < 300) return tookMs
    if (tookMs > 10_000) throw new Error(`It does not heal: ${status}`)
  }
}

/** The fault, what the caller is told, the attempts of a read, and those of an order. */
const faults: [WireFault, FaultCode, reads: number, orders: number][] = [
  ['refuse', '70503', 3, 3],
  [{ resetAfter: 0 }, '70503', 3, 1],
  [{ cutAfter: 0 }, '70503', 3, 1],
  [{ cutAfter: 20 }, '70503', 1, 1],
  ['garbage', '60006', 1, 1],
  [{ answer: http(502, 'rm-web-3 is down') }, '70503', 3, 1],
  [{ answer: http(503, '') }, '70503', 3, 1],
  [{ answer: http(503, '', 'Content-Length: 0\r\nRetry-After: 60') }, '70503', 1, 1],
  [{ answer: http(500, '{"stack":"Error: at rm.ts:7"}') }, '60006', 1, 1],
]

test.each(faults)('%j: a script is told %s after %i attempts, and heals', async (...given) => {
  const [wireFault, code, attempts] = given
  await start()
  const before = await attemptsOf(service, 'fetchScript')
  await wire.set(wireFault)
  const answer = await fetchScript()
  expectTold(answer, code)
  expect(answer.headers).not.toHaveProperty('retry-after')
  expect(await attemptsOf(service, 'fetchScript')).toBe(before + attempts)
  expect(wire.requests).toEqual(
    Array(wireFault === 'refuse' ? 0 : attempts).fill('GET /scripts/pdf/SC-1-0'),
  )
  await wire.set('pass')
  expect(await healed(fetchScript)).toBeLessThan(2000)
})

test.each(faults)(
  '%j: an order is told %s, and is placed once when it is repeated',
  async (...given) => {
    const [wireFault, code, , attempts] = given
    await start()
    await wire.set(wireFault)
    expectTold(await order(), code)
    expect(await attemptsOf(service, 'orderScripts')).toBe(attempts)
    expect(wire.requests).toEqual(Array(wireFault === 'refuse' ? 0 : 1).fill('POST /scripts'))
    const hasArrived = rm.orders.length === 1

    await wire.set('pass')
    const { status, headers } = await order()
    expect([status, headers['idempotent-replay']]).toEqual([201, hasArrived ? 'true' : undefined])
    expect([rm.orders.length, rm.lookUps]).toEqual([1, 1])
  },
)

test('RM’s 504 is 70504: a read is repeated, an order is not while RM may be at work on it', async () => {
  await start()
  await wire.set({ answer: http(504, '') })
  expectTold(await fetchScript(), '70504')
  expectTold(await order(), '70504')
  expect(wire.requests).toEqual([...Array(3).fill('GET /scripts/pdf/SC-1-0'), 'POST /scripts'])
  await wire.set('pass')
  const again = await order()
  expectTold(again, '70504')
  expect(again.headers['retry-after']).toBe('30')
  expect(rm.orders).toEqual([])
})

test('a token that RM refuses is fetched anew once, and if that is refused too nothing more is asked', async () => {
  await start()
  await wire.set({ answer: http(401, '{"error":"invalid_client"}') })
  expectTold(await fetchScript(), '60006')
  expect(wire.requests).toEqual(['GET /scripts/pdf/SC-1-0', 'POST /auth/token'])
})

describe('RM that says nothing', () => {
  test.each<WireFault>(['hang', 'blackhole', { hangAfter: 0 }, { hangAfter: 20 }])(
    '%j: a script is told 70504 within the time that is left, and heals',
    async (wireFault) => {
      await start()
      await wire.set(wireFault)
      const from = performance.now()
      expectTold(await fetchScript(shortly), '70504')
      expect(performance.now() - from).toBeLessThan(soonMs)
      expect(wire.requests).toEqual(['GET /scripts/pdf/SC-1-0'])
      await wire.set('pass')
      expect(await healed(fetchScript)).toBeLessThan(2000)
    },
  )

  test.each<WireFault>(['hang', { hangAfter: 0 }, { hangAfter: 20 }])(
    '%j: an order is told 70504 in time, and found when it is repeated, once RM has it',
    async (wireFault) => {
      await start(shortly)
      await wire.set(wireFault)
      const from = performance.now()
      expectTold(await order(), '70504')
      expect(performance.now() - from).toBeLessThan(soonMs)
      expect(wire.requests).toEqual(['POST /scripts'])

      // what hung goes on, and RM may take the order before it is looked up or after
      await wire.set('pass')
      expect(await healed(order)).toBeLessThan(2000)
      expect(rm.orders).toHaveLength(1)
    },
  )

  test('an order that RM may never have seen is not ordered again for 30 s', async () => {
    await start(shortly)
    await wire.set('blackhole')
    expectTold(await order(), '70504')
    await wire.set('pass')
    wire.forget()
    // the first that is no longer an answer to what hangs
    let again = await order()
    while (again.headers['retry-after'] === undefined) again = await order()
    expectTold(again, '70504')
    expect(again.headers['retry-after']).toBe('30')
    expect(rm.orders).toEqual([])
    expect(new Set(wire.requests)).toEqual(
      new Set([expect.stringMatching(/^GET \/scripts\?clientReference=/)]),
    )
  })
})

describe('after 10 calls that failed', () => {
  test.each<[WireFault, FaultCode, leftMs: number]>([
    ['refuse', '70503', 8000],
    [{ cutAfter: 20 }, '70503', 8000],
    ['blackhole', '70504', shortly],
  ])(
    '%j: RM is not asked, all are told 70503 at once, and it heals within 2 s',
    async (...given) => {
      const [wireFault, code, leftMs] = given
      await start()
      await wire.set(wireFault)
      const failing = await Promise.all(Array.from({ length: 10 }, () => fetchScript(leftMs)))
      for (const answer of failing) expectTold(answer, code)

      wire.forget()
      for (let call = 0; call < 3; call += 1) {
        expectTold(await fetchScript(), '70503')
        expectTold(await order(), '70503')
      }
      expect([wire.connections, wire.requests]).toEqual([0, []])

      await wire.set('pass')
      expect(await healed(order)).toBeLessThan(2000)
      expect(rm.orders).toHaveLength(1)
    },
  )
})

describe('a script that has begun', () => {
  const pdf = 'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n'

  test.each<WireFault>([
    { cutAfter: 1000 },
    { cutAfter: 400_000 },
    { resetAfter: 400_000 },
    { answer: `${pdf}Content-Length: 9\r\n\r\n%PDF-`, end: true },
    { answer: `${pdf}Transfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\n`, end: true },
    { answer: `${pdf}Transfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\nzz\r\n` },
  ])('%j: never looks whole, and is not begun again', async (wireFault) => {
    await start()
    await wire.set(wireFault)
    await expect(fetchScript()).rejects.toThrow(/aborted|hang up|ECONNRESET/)
    expect(wire.requests).toHaveLength(1)
    await wire.set('pass')
    expect(await healed(fetchScript)).toBeLessThan(2000)
  })

  test('and comes slowly comes whole, whatever its deadline was', async () => {
    await start()
    await wire.set({ trickle: 20_000, everyMs: 10 })
    expect((await fetchScript(200)).text).toBe(rm.script.toString())
  })

  test('and is longer than its Content-Length is no longer when it is handed on', async () => {
    await start()
    await wire.set({ answer: `${pdf}Content-Length: 5\r\n\r\n%PDF-and more` })
    const { status, text } = await fetchScript()
    expect([status, text]).toEqual([200, '%PDF-'])
    await wire.set('pass')
    expect((await fetchScript()).text).toBe(rm.script.toString())
  })

  test('and stands still for 15 s is ended, and never looks whole', async () => {
    // by hrtime a metric counts the time that the process stood still, which would be much
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'hrtime'] })
    await start()
    await wire.set({ hangAfter: 200_000 })
    const { client_id, client_secret } = service.credentials
    const connection = await connectRaw(service.url)
    const lines = [
      `GET ${script} HTTP/1.1`,
      'Host: localhost',
      `client_id: ${client_id}`,
      `client_secret: ${client_secret}`,
      'X-TRANSACTION-ID: test-transaction',
    ]
    connection.write(`${lines.join('\r\n')}\r\n\r\n`)
    await connection.received('a script')

    const from = performance.now()
    let endedAt: number | undefined
    void connection.closed.then(() => {
      endedAt = performance.now()
    })
    while (endedAt === undefined) {
      await new Promise(setImmediate)
      await jest.advanceTimersByTimeAsync(250)
    }
    expect(endedAt - from).toBeGreaterThan(14_000)
    expect(endedAt - from).toBeLessThan(16_000)
    await expect(connection.answer()).rejects.toThrow('the connection ended')
    await wire.until(() => wire.openConnections === 0)
  })
})

/** An answer as it stands on the wire. */
function http(status: number, body: string, headers = `Content-Length: ${body.length}`): string {
  return `HTTP/1.1 ${status} So\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`
}
