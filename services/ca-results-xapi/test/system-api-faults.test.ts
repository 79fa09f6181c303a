import { Readable } from 'node:stream'
import { reply } from '@ca/contracts'
import { type FaultCode, fault } from '@ca/faults'
import {
  type Answer,
  attemptsOf,
  type Call,
  connectRaw,
  openDeafPort,
  send,
  type WireFault,
} from '@ca/test-kit'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals'
import { echo } from './landscape.ts'
import { startOverWires, type WiredLandscape } from './wired-landscape.ts'

const read = '/v1/businessStream/04/sessions/3229/resultStatus'
const page = { items: [], page: { offset: 0, limit: 100, total: 0 } }
const order: Call = {
  method: 'POST',
  path: '/v1/candidates/scripts',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    customerDirectives: [
      {
        businessStreamId: '02',
        sessionId: 14244,
        centreId: '04200',
        candidateNumber: '1804',
        assessmentCode: '0500',
        componentId: '03',
        serviceType: 'ATS',
      },
    ],
  }),
}
const script = '/v1/candidates/scripts/pdf/SC-0500-03-1804-1'
const calls = {
  getSessionResultStatus: { call: { path: read }, wire: 'eps' },
  getScriptPdf: { call: { path: script }, wire: 'rm' },
  createCustomerDirectives: { call: order, wire: 'rm' },
} as const
type OperationId = keyof typeof calls

/** A time for the whole answer that a test can wait for, in milliseconds. */
const shortly = 300
/** When it has been over for sure, on a busy machine too, and no other limit yet, in milliseconds. */
const soonMs = 1500

let landscape: WiredLandscape
/** How many orders the system API was asked for. */
let orders = 0

function start(options: Parameters<typeof startOverWires>[0] = {}): Promise<WiredLandscape> {
  orders = 0
  return startOverWires({
    ...options,
    rm: {
      createCustomerDirectives(request) {
        orders += 1
        return echo['ca-rm-sapi'].createCustomerDirectives(request)
      },
      ...options.rm,
    },
  })
}

function ask(operation: OperationId): Promise<Answer> {
  return landscape.xapi.call(calls[operation].call)
}

/** What the caller is told is what the catalogue has, and not a word more. */
function expectTold({ status, body, headers }: Answer, code: FaultCode): void {
  const told = fault(code)
  expect([status, body]).toEqual([told.status, told.body('test-transaction')])
  expect(headers['x-transaction-id']).toBe('test-transaction')
}

async function heal(): Promise<void> {
  await landscape.wires.eps.set('pass')
  await landscape.wires.rm.set('pass')
}

/** Asks until there is a good answer. @returns how long that took, in milliseconds */
async function healed(operation: OperationId): Promise<number> {
  const from = performance.now()
  for (;;) {
    const { status } = await ask(operation)
    const tookMs = performance.now() - from
    if (status < 300) return tookMs
    if (tookMs > 5000) throw new Error(`It does not heal: ${status}`)
  }
}

describe('a fault on the wire to a system API', () => {
  beforeAll(async () => {
    landscape = await start({ answerWithinMs: shortly })
  })
  afterAll(() => landscape.stop())

  beforeEach(async () => {
    await heal()
    // connections that are kept, which are a part of the wire too, and twice as many good calls as
    // bad ones, so that the breaker stays out of it
    for (const operation of Object.keys(calls) as OperationId[]) {
      for (const _ of [1, 2]) await healed(operation)
    }
    orders = 0
  })

  /** The fault, what the caller is told, the attempts of a read, and those of an order. */
  const faults: [WireFault, FaultCode, reads: number, orders: number][] = [
    ['refuse', '70503', 3, 3],
    [{ resetAfter: 0 }, '70503', 3, 1],
    [{ cutAfter: 0 }, '70503', 3, 1],
    [{ resetAfter: 1 }, '70503', 1, 1],
    [{ cutAfter: 1 }, '70503', 1, 1],
    [{ cutAfter: 100 }, '70503', 1, 1],
    ['garbage', '60006', 1, 1],
    ['hang', '70504', 1, 1],
    ['blackhole', '70504', 1, 1],
    [{ hangAfter: 0 }, '70504', 1, 1],
    [{ hangAfter: 100 }, '70504', 1, 1],
    [{ trickle: 1, everyMs: 10 }, '70504', 1, 1],
  ]
  const cases = (['getSessionResultStatus', 'createCustomerDirectives'] as const).flatMap(
    (operation) =>
      faults.map(([wireFault, code, reads, posts]) => {
        const attempts = operation === 'createCustomerDirectives' ? posts : reads
        return [wireFault, operation, code, attempts] as const
      }),
  )

  test.each(cases)('%j: %s is told %s after %i attempts, in time', async (...given) => {
    const [wireFault, operation, code, attempts] = given
    const wire = landscape.wires[calls[operation].wire]
    const before = await attemptsOf(landscape.xapi, operation)
    await wire.set(wireFault)
    wire.forget()

    const from = performance.now()
    expectTold(await ask(operation), code)
    expect(performance.now() - from).toBeLessThan(soonMs)
    expect(await attemptsOf(landscape.xapi, operation)).toBe(before + attempts)
    expect(wire.requests).toHaveLength(wireFault === 'refuse' ? 0 : attempts)
    expect(orders).toBeLessThanOrEqual(1)
  })

  test.each(Object.keys(calls) as OperationId[])(
    'new connections that are reset at once: %s is told 70503, and nothing was done',
    async (operation) => {
      const wire = landscape.wires[calls[operation].wire]
      await wire.set('refuse')
      await wire.set('resetAtOnce')
      wire.forget()
      expectTold(await ask(operation), '70503')
      // whether it is reset before or after the system says that it stands is for the system to
      // decide: for an order it is three connections or one, for a read always three
      expect([1, 3]).toContain(wire.connections)
      if (operation !== 'createCustomerDirectives') expect(wire.connections).toBe(3)
      expect(orders).toBe(0)
    },
  )

  test('an answer that comes slowly, but in time, is a good one', async () => {
    await landscape.wires.eps.set({ trickle: 100, everyMs: 5 })
    expect((await ask('getSessionResultStatus')).body).toMatchObject({ page: { total: 1 } })
  })

  describe('what a hostile system API answers in place of a page', () => {
    const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
    const whole = json(200, page)
    const bad: [what: string, answer: string, code: FaultCode, end?: boolean][] = [
      [
        'less than its Content-Length, and an end',
        `${ok}Content-Length: 9\r\n\r\n{}`,
        '70503',
        true,
      ],
      ['less than its Content-Length, and silence', `${ok}Content-Length: 9\r\n\r\n{}`, '70504'],
      ['more than its Content-Length', `${ok}Content-Length: 9\r\n\r\n{"items":[]}`, '60006'],
      ['no end of chunks, but one of the connection', `${ok}${chunked('{}')}`, '70503', true],
      ['no end of chunks, and silence', `${ok}${chunked('{}')}`, '70504'],
      ['a chunk of no length', `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`, '70503'],
      ['two lengths', `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `, '60006'],
      ['a length and chunks', `${ok}Content-Length: 2\r\n${chunked('{}')}0\r\n\r\n`, '60006'],
      [
        'a head of 20 KB',
        `${ok}X: ${'x'.repeat(20 * 1024)}\r\nContent-Length: 2\r\n\r\n{}`,
        '60006',
      ],
      ['a head that never ends', `${ok}X: x\r\n`, '70504'],
      ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n', '60006'],
      ['100 Continue, unasked', `HTTP/1.1 100 Continue\r\n\r\n${json(200, page)}`, '60006'],
      ['early hints and nothing more', 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n', '70504'],
      ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', '60006'],
      ['nothing but an end', '', '70503', true],
    ]

    test.each(bad)('%s', async (_, answer, code, end = false) => {
      const { eps } = landscape.wires
      await eps.set({ answer, end })
      eps.forget()
      expectTold(await ask('getSessionResultStatus'), code)
      // it has answered something, and is not asked again; but for one
      expect(eps.requests).toHaveLength(answer === '' ? 3 : 1)
    })

    test.each([
      ['early hints before it', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${whole}`],
      [
        'headers twice',
        whole.replace('\r\n\r\n', '\r\nContent-Type: text/html\r\nX-A: 1\r\nX-A: 2\r\n\r\n'),
      ],
      [
        'headers of the connection',
        whole.replace('\r\n\r\n', '\r\nSet-Cookie: a=b\r\nX: y\r\n\r\n'),
      ],
    ])('%s does not change the answer, and goes no further', async (_, answer) => {
      await landscape.wires.eps.set({ answer })
      const { status, body, headers } = await ask('getSessionResultStatus')
      expect([status, body]).toEqual([200, page])
      expect(headers).toMatchObject({ 'content-type': 'application/json' })
      for (const name of ['set-cookie', 'link', 'x', 'x-a'])
        expect(headers).not.toHaveProperty(name)
    })

    test('a fault that tells of the inside is told as the catalogue has it', async () => {
      const inside = {
        errorCode: '70503',
        errorMessage: 'connect ECONNREFUSED 10.1.2.3:1433 <script>',
        transactionId: 'somebody-else',
        details: [{ in: 'body', name: 'SELECT * FROM Result', issue: 'at db.ts:7' }],
        stack: 'Error: at db.ts:7',
      }
      await landscape.wires.eps.set({ answer: json(503, inside) })
      expectTold(await ask('getSessionResultStatus'), '70503')
    })
  })

  describe('an answer that nobody asked for', () => {
    const poison = json(200, { items: [], page: { offset: 6, limit: 6, total: 666 } })

    test('at once after a good one is nobody’s answer', async () => {
      await landscape.wires.eps.set({ answer: json(200, page) + poison })
      expect([200, 500]).toContain((await ask('getSessionResultStatus')).status)
      await heal()
      expect((await ask('getSessionResultStatus')).body).toMatchObject({ page: { total: 1 } })
    })

    test('later, on a connection that waits, is nobody’s answer', async () => {
      const wire = landscape.wires.eps
      expect(wire.openConnections).toBeGreaterThan(0)
      wire.say(poison)
      // past the poison, on whatever connection: first one that has surely been read by then
      await ask('getScriptPdf')
      const { status, body } = await ask('getSessionResultStatus')
      expect([status, body]).toMatchObject([200, { page: { total: 1 } }])
    })
  })
})

describe('what has failed too often', () => {
  beforeEach(async () => {
    landscape = await start({ answerWithinMs: shortly })
  })
  afterEach(() => landscape.stop())

  const faults: WireFault[] = ['refuse', { cutAfter: 100 }, 'blackhole']

  test.each(faults)(
    '%j: after 10 calls all are refused, at once, and it heals within 2 s',
    async (wireFault) => {
      const operation = 'getSessionResultStatus'
      const wire = landscape.wires.eps
      await wire.set(wireFault)
      // equal ones would be one call
      const failing = await Promise.all(
        Array.from({ length: 10 }, (_, offset) => landscape.xapi.call(`${read}?offset=${offset}`)),
      )
      for (const { status } of failing) expect([503, 504]).toContain(status)
      expect(await attemptsOf(landscape.xapi, operation)).toBeGreaterThanOrEqual(10)

      wire.forget()
      for (let call = 0; call < 5; call += 1) expectTold(await ask(operation), '70503')
      expect([wire.connections, wire.requests]).toEqual([0, []])
      // the other system API has its own
      expect((await ask('createCustomerDirectives')).status).toBe(201)

      await heal()
      expect(await healed(operation)).toBeLessThan(2000)
    },
  )

  test('garbage does not open the breaker: whoever answers it is there', async () => {
    const wire = landscape.wires.eps
    await wire.set('garbage')
    for (let call = 0; call < 20; call += 1)
      expectTold(await ask('getSessionResultStatus'), '60006')
    expect(wire.requests).toHaveLength(20)
    await heal()
    expect((await ask('getSessionResultStatus')).status).toBe(200)
  })
})

test('a system API to which no connection comes about within 1 s is unreachable, three times', async () => {
  const deaf = await openDeafPort()
  landscape = await start({ url: `http://127.0.0.1:${deaf.port}` })
  const from = performance.now()
  const answers = await Promise.all([
    ask('getSessionResultStatus'),
    ask('createCustomerDirectives'),
  ])
  const tookMs = performance.now() - from
  for (const answer of answers) expectTold(answer, '70503')
  expect(tookMs).toBeGreaterThan(3000)
  expect(tookMs).toBeLessThan(4000)
  expect(await attemptsOf(landscape.xapi, 'getSessionResultStatus')).toBe(3)
  expect(await attemptsOf(landscape.xapi, 'createCustomerDirectives')).toBe(3)
  await landscape.stop()
  await deaf.close()
})

test('an answer of 17 MB is a technical error, and its connection is closed', async () => {
  landscape = await start()
  const { eps } = landscape.wires
  const more = 'x'.repeat(17 * 1024 * 1024)
  await eps.set({ answer: json(200, { ...page, more }) })
  expectTold(await ask('getSessionResultStatus'), '60006')
  await eps.until(() => eps.openConnections === 0)
  expect(eps.connections).toBe(1)
  await landscape.stop()
})

describe('a script', () => {
  const bytes = Buffer.alloc(1_000_000, 'a script ')
  const withLength = { 'Content-Length': String(bytes.length) }

  async function startScripts(length: { 'Content-Length'?: string }): Promise<void> {
    landscape = await start({
      rm: {
        getScriptPdf: () =>
          reply(200, Readable.from([bytes]), { 'Content-Type': 'application/pdf', ...length }),
      },
    })
  }
  afterEach(async () => {
    jest.useRealTimers()
    await landscape.stop()
  })

  function fetchScript() {
    const headers = { ...landscape.xapi.credentials, 'x-transaction-id': 'test-transaction' }
    return send(landscape.xapi.url, { path: script, headers })
  }

  const beforeItBegins: [WireFault, FaultCode, requests: number][] = [
    [{ cutAfter: 0 }, '70503', 3],
    [{ cutAfter: 100 }, '70503', 1],
    ['garbage', '60006', 1],
  ]
  test.each(beforeItBegins)('%j before its first byte is %s', async (wireFault, code, requests) => {
    await startScripts(withLength)
    await landscape.wires.rm.set(wireFault)
    expectTold(await ask('getScriptPdf'), code)
    expect(landscape.wires.rm.requests).toHaveLength(requests)
  })

  describe.each([
    ['of a length that is known', withLength],
    ['in chunks', {}],
  ])('%s', (_, length) => {
    test.each<WireFault>([{ cutAfter: 400_000 }, { resetAfter: 400_000 }, { cutAfter: 1000 }])(
      '%j: never looks whole',
      async (wireFault) => {
        await startScripts(length)
        await landscape.wires.rm.set(wireFault)
        await expect(fetchScript()).rejects.toThrow(/aborted|hang up|ECONNRESET/)
        // what has begun is not begun again
        expect(landscape.wires.rm.requests).toHaveLength(1)
        await heal()
        expect((await fetchScript()).text.length).toBe(bytes.length)
      },
    )

    test('that comes slowly comes whole', async () => {
      await startScripts(length)
      await landscape.wires.rm.set({ trickle: 50_000, everyMs: 5 })
      expect((await fetchScript()).text).toBe(bytes.toString())
    })

    test('that stands still for 15 s is ended, and never looks whole', async () => {
      // by hrtime a metric counts the time that the process stood still, which would be much
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'hrtime'] })
      await startScripts(length)
      await landscape.wires.rm.set({ hangAfter: 200_000 })
      const { client_id, client_secret } = landscape.xapi.credentials
      const connection = await connectRaw(landscape.xapi.url)
      connection.write(
        [
          `GET ${script} HTTP/1.1`,
          'Host: localhost',
          `client_id: ${client_id}`,
          `client_secret: ${client_secret}`,
          'X-TRANSACTION-ID: test-transaction',
          '\r\n',
        ].join('\r\n'),
      )
      // every byte that passed the wire has come through, and the rest does not come
      await connection.received('a script')
      const closing = connection.closed.then(() => performance.now())
      const from = performance.now()
      await advanceUntilEnded(closing)
      const silenceMs = (await closing) - from
      expect(silenceMs).toBeGreaterThanOrEqual(14_000)
      expect(silenceMs).toBeLessThanOrEqual(16_000)
      await expect(connection.answer()).rejects.toThrow('the connection ended')
      await landscape.wires.rm.until(() => landscape.wires.rm.openConnections === 0)
    })
  })
})

/** Lets time pass, 250 ms with every turn of what happens on the wire. */
async function advanceUntilEnded(awaited: Promise<unknown>): Promise<void> {
  let isEnded = false
  void awaited.finally(() => {
    isEnded = true
  })
  while (!isEnded) {
    await new Promise(setImmediate)
    await jest.advanceTimersByTimeAsync(250)
  }
}

/** An answer in JSON as it stands on the wire; text goes as it is. */
function json(status: number, body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const length = Buffer.byteLength(text)
  return `HTTP/1.1 ${status} So\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`
}

/** One chunk of an answer, without the last. */
function chunked(text: string): string {
  return `Transfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n`
}
