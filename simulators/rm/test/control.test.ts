import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import {
  ask,
  control,
  directive,
  makeOrder,
  ordersOf,
  postOrder,
  requestText,
  type Simulator,
  startSimulator,
  until,
  wire,
} from './fixtures/simulator.ts'

let rm: Simulator
let logged: string[] = []

beforeAll(async () => {
  rm = await startSimulator({ log: pino({}, { write: (line) => logged.push(line) }) })
})

afterEach(() => control(rm, 'DELETE'))

afterAll(() => rm.stop())

let ordersOnTheWire = 0

/** An order on a bare connection, under a reference of its own. */
function orderOnTheWire() {
  ordersOnTheWire += 1
  const clientReference = `wire-${ordersOnTheWire}`
  const body = { clientReference, customerDirectives: [directive()] }
  return { clientReference, ...wire(rm, requestText(rm, 'POST /scripts', body)) }
}

/** How many orders of a reference there are, whatever fault is still set for looking them up. */
async function recorded(clientReference: string): Promise<number> {
  await control(rm, 'PUT', {})
  return (await ordersOf(rm, clientReference)).length
}

/** An answer on the wire, in its parts. */
function parts(received: string) {
  const [head = '', body = ''] = received.split('\r\n\r\n', 2)
  return { head, body, length: Number(/^content-length: (\d+)$/im.exec(head)?.[1]) }
}

describe('GET /control', () => {
  const nothing = { received: 0, done: 0, answered: 0, underWay: 0, bodyBytes: 0 }

  test('asks for no token, and shows that nothing is set and nothing happened', async () => {
    await control(rm, 'DELETE')
    const response = await fetch(`${rm.address}/control`)

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      settings: { latencyMs: 0, faults: [] },
      counters: {
        ordersMade: 0,
        tokensGiven: 0,
        hanging: 0,
        requests: {
          'POST /auth/token': nothing,
          'POST /scripts': nothing,
          'GET /scripts': nothing,
          'GET /scripts/pdf': nothing,
        },
      },
    })
  })

  test('counts what was asked and what was done', async () => {
    await makeOrder(rm, 'counted')
    await makeOrder(rm, 'counted', [directive({ candidateNumber: '9000' })])
    const found = JSON.stringify({ orders: await ordersOf(rm, 'counted') })
    await fetch(`${rm.address}/auth/token`, { method: 'POST' })
    await ask({ ...rm, token: 'made-up' }, '/scripts?clientReference=counted')

    const { ordersMade, tokensGiven, requests } = (await control(rm)).counters
    expect({ ordersMade, tokensGiven }).toEqual({ ordersMade: 1, tokensGiven: 0 })
    expect(requests).toMatchObject({
      'POST /auth/token': { received: 1, done: 0, answered: 1, underWay: 0 },
      'POST /scripts': { received: 2, done: 1, answered: 2, underWay: 0 },
      'GET /scripts': { received: 2, done: 1, answered: 2, bodyBytes: found.length },
    })
  })
})

describe('PUT /control', () => {
  test('replaces all settings', async () => {
    const fault = { fault: 'status', status: 503, at: 'request', times: 1 }
    const first = await control(rm, 'PUT', { latencyMs: 5, pdfBytes: 65_536, faults: [fault] })
    const second = await control(rm, 'PUT', { latencyMs: 7 })

    expect(first.settings).toEqual({ latencyMs: 5, pdfBytes: 65_536, faults: [fault] })
    expect(second.settings).toEqual({ latencyMs: 7, faults: [] })
  })

  test.each([
    ['latencyMs', { latencyMs: -1 }],
    ['latencyMs', { latencyMs: '5' }],
    ['pdfBytes', { pdfBytes: 65_535 }],
    ['latency', { latency: 5 }],
    ['faults.0.fault', { faults: [{ fault: 'fire' }] }],
    ['faults.0.status', { faults: [{ fault: 'status' }] }],
    ['faults.0.status', { faults: [{ fault: 'status', status: 200 }] }],
    ['faults.0.at', { faults: [{ fault: 'status', status: 503, at: 'body' }] }],
    ['faults.0.on', { faults: [{ fault: 'reset', on: '/scripts' }] }],
    ['faults.0.times', { faults: [{ fault: 'reset', times: 0 }] }],
    ['faults.0.afterBytes', { faults: [{ fault: 'reset', at: 'answer', afterBytes: 5 }] }],
    ['faults.0.everyMs', { faults: [{ fault: 'trickle', pieceBytes: 1 }] }],
    ['faults.1', { faults: [{ fault: 'hang' }, { fault: 'hang', more: 1 }] }],
  ])('names what is wrong with %s', async (path, settings) => {
    const response = await fetch(`${rm.address}/control`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    })

    expect(response.status).toBe(400)
    const { error, issues } = (await response.json()) as { error: string; issues: string[] }
    expect(error).toBe('invalid_request')
    expect(issues.join()).toContain(path)
    expect((await control(rm)).settings).toEqual({ latencyMs: 0, faults: [] })
  })

  test.each([
    ['another media type', 'text/plain', '{}'],
    ['what is no JSON', 'application/json', '{'],
  ])('refuses %s', async (_what, type, body) => {
    const headers = { 'content-type': type }
    const response = await fetch(`${rm.address}/control`, { method: 'PUT', headers, body })

    expect(response.status).toBe(400)
  })
})

describe('a status', () => {
  test('is answered in the place of the answer, and nothing is done', async () => {
    const fault = { fault: 'status', status: 503, retryAfterSeconds: 2, on: 'POST /scripts' }
    await control(rm, 'PUT', { faults: [fault] })
    const order = { clientReference: 'status', customerDirectives: [directive()] }

    const refused = await postOrder(rm, order)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(await refused.json()).toEqual({ error: 'simulated' })
    expect(await recorded('status')).toBe(0)
    expect((await postOrder(rm, order)).status).toBe(201)
  })

  test('can come although the order was taken', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'status', status: 502, at: 'answer' }] })
    const clientReference = 'status-after'

    const refused = await postOrder(rm, { clientReference, customerDirectives: [directive()] })
    expect(refused.status).toBe(502)
    expect(refused.headers.has('retry-after')).toBe(false)
    expect(await recorded(clientReference)).toBe(1)
  })
})

describe.each([['reset'], ['close']] as const)('a %s', (fault) => {
  const end = fault === 'reset' ? 'reset' : 'closed'

  test('comes before the request is read', async () => {
    await control(rm, 'PUT', { faults: [{ fault }] })
    const caller = wire(
      rm,
      `POST /scripts HTTP/1.1\r\nHost: rm\r\nContent-Length: 5000\r\nAuthorization: Bearer ${rm.token}\r\n\r\n`,
    )

    expect(await caller.end).toBe(end)
    expect(caller.received()).toBe('')
  })

  test('before the request is read leaves no order', async () => {
    await control(rm, 'PUT', { faults: [{ fault }] })
    const caller = orderOnTheWire()

    expect(await caller.end).toBe(end)
    expect(await recorded(caller.clientReference)).toBe(0)
  })

  test('before the answer leaves an order that nobody was told of', async () => {
    await control(rm, 'PUT', { faults: [{ fault, at: 'answer' }] })
    const caller = orderOnTheWire()

    expect(await caller.end).toBe(end)
    expect(caller.received()).toBe('')
    expect(await recorded(caller.clientReference)).toBe(1)
  })

  test('within the body comes after half of it', async () => {
    await control(rm, 'PUT', { faults: [{ fault, at: 'body' }] })
    const caller = orderOnTheWire()

    expect(await caller.end).toBe(end)
    const { head, body, length } = parts(caller.received())
    expect(head).toMatch(/^HTTP\/1\.1 201 /)
    expect(body.length).toBe(Math.floor(length / 2))
    expect(await recorded(caller.clientReference)).toBe(1)
  })

  test.each([
    [0, () => 0],
    [1, () => 1],
    [100_000, (length: number) => length - 1],
  ])(
    'within the body comes after %d bytes, and the answer is never whole',
    async (afterBytes, sent) => {
      await control(rm, 'PUT', { faults: [{ fault, at: 'body', afterBytes }] })
      const caller = orderOnTheWire()

      expect(await caller.end).toBe(end)
      const { head, body, length } = parts(caller.received())
      expect(head).toMatch(/^HTTP\/1\.1 201 /)
      expect(body.length).toBe(sent(length))
    },
  )

  test('cuts a script short where it is asked to', async () => {
    const [
      {
        docStorePageIds: [id],
      } = { docStorePageIds: [] },
    ] = (await makeOrder(rm, 'cut')).customerDirectives
    const pdfBytes = 5_000_000
    await control(rm, 'PUT', {
      pdfBytes,
      faults: [{ fault, on: 'GET /scripts/pdf', at: 'body', afterBytes: 1_234_567 }],
    })
    const caller = wire(rm, requestText(rm, `GET /scripts/pdf/${id}`))

    expect(await caller.end).toBe(end)
    const { body, length } = parts(caller.received())
    expect(length).toBe(pdfBytes)
    if (fault === 'close') expect(body.length).toBe(1_234_567)
    // what was on its way when the reset came may be lost
    expect(body.length).toBeLessThanOrEqual(1_234_567)
  })

  test('is in the log as an answer that is not whole', async () => {
    await control(rm, 'PUT', { faults: [{ fault, at: 'body' }] })
    logged = []
    await orderOnTheWire().end
    await until(rm, ({ requests }) => requests['POST /scripts']?.underWay === 0)

    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      path: '/scripts',
      unfinished: true,
      msg: 'POST /scripts 201, unfinished',
    })
  })
})

describe('a hang', () => {
  test('holds a request before it is read, until it is let go on', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'hang' }] })
    const caller = orderOnTheWire()
    await until(rm, ({ hanging }) => hanging === 1)

    expect(await recorded(caller.clientReference)).toBe(0)
    await control(rm, 'DELETE')
    expect(await caller.end).toBe('closed')
    expect(caller.received()).toMatch(/^HTTP\/1\.1 201 /)
    expect(await recorded(caller.clientReference)).toBe(1)
  })

  test('holds the answer of an order that was taken', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'hang', at: 'answer' }] })
    const caller = orderOnTheWire()
    await until(rm, ({ hanging }) => hanging === 1)

    expect(await recorded(caller.clientReference)).toBe(1)
    expect(caller.received()).toBe('')
    await control(rm, 'DELETE')
    expect(await caller.end).toBe('closed')
    expect(parts(caller.received()).body).toContain(caller.clientReference)
  })

  test('holds a body in its middle', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'hang', at: 'body', afterBytes: 20 }] })
    const caller = orderOnTheWire()
    await until(rm, ({ hanging }) => hanging === 1)
    await caller.has(1)
    await caller.has(caller.received().indexOf('\r\n\r\n') + 4 + 20)

    expect(parts(caller.received()).body.length).toBe(20)
    await control(rm, 'DELETE')
    expect(await caller.end).toBe('closed')
    const { body, length } = parts(caller.received())
    expect(body.length).toBe(length)
    expect(JSON.parse(body)).toMatchObject({ clientReference: caller.clientReference })
  })

  test.each([
    ['request', 0],
    ['answer', 1],
    ['body', 1],
  ])('at the %s ends when the caller leaves', async (at, orders) => {
    await control(rm, 'PUT', { faults: [{ fault: 'hang', at }] })
    const caller = orderOnTheWire()
    await until(rm, ({ hanging }) => hanging === 1)
    caller.socket.destroy()
    await until(rm, ({ hanging }) => hanging === 0)

    expect(await recorded(caller.clientReference)).toBe(orders)
    expect((await control(rm)).counters.requests['POST /scripts']).toMatchObject({
      received: 1,
      done: orders,
      answered: 0,
      underWay: 0,
    })
  })
})

test('a trickle sends a body piece by piece', async () => {
  const fault = { fault: 'trickle', pieceBytes: 40, everyMs: 1, on: 'POST /scripts' }
  await control(rm, 'PUT', { faults: [fault] })
  const caller = orderOnTheWire()

  expect(await caller.end).toBe('closed')
  const { body, length } = parts(caller.received())
  expect(body.length).toBe(length)
  expect(JSON.parse(body)).toMatchObject({ clientReference: caller.clientReference })
  expect(caller.pieces()).toBeGreaterThan(2)
})

test('a latency delays the answer, and the order is taken before it', async () => {
  await control(rm, 'PUT', { latencyMs: 50 })
  const from = performance.now()
  const caller = orderOnTheWire()
  await until(rm, ({ ordersMade }) => ordersMade === 1)

  expect(caller.received()).toBe('')
  expect(await caller.end).toBe('closed')
  expect(performance.now() - from).toBeGreaterThanOrEqual(49)
  expect(caller.received()).toMatch(/^HTTP\/1\.1 201 /)
})

test('a caller who leaves during the latency is no failure', async () => {
  // long enough that it has left by then on a busy machine too
  await control(rm, 'PUT', { latencyMs: 1000 })
  const caller = orderOnTheWire()
  await until(rm, ({ ordersMade }) => ordersMade === 1)
  caller.socket.destroy()
  await until(rm, ({ requests }) => requests['POST /scripts']?.underWay === 0)

  expect(await recorded(caller.clientReference)).toBe(1)
  expect((await control(rm)).counters.requests['POST /scripts']?.answered).toBe(0)
})

describe('faults', () => {
  const statusOf = async (response: Promise<Response>) => (await response).status
  const order = () => ({ clientReference: 'faults', customerDirectives: [directive()] })

  test('strike as often as they are set, one after the other', async () => {
    await control(rm, 'PUT', {
      faults: [
        { fault: 'status', status: 503, times: 2 },
        { fault: 'status', status: 429 },
      ],
    })
    const statuses = []
    for (let count = 0; count < 4; count += 1) statuses.push(await statusOf(postOrder(rm, order())))

    expect(statuses).toEqual([503, 503, 429, 201])
  })

  test('show how often they will still strike', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'status', status: 503, times: 3 }] })
    await postOrder(rm, order())

    expect((await control(rm)).settings.faults).toMatchObject([{ times: 2 }])
  })

  test('strike where they are set and nowhere else', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'status', status: 503, on: 'GET /scripts' }] })

    expect(await statusOf(postOrder(rm, order()))).toBe(201)
    expect(await statusOf(ask(rm, '/scripts/pdf/x'))).toBe(404)
    expect(await statusOf(ask(rm, '/scripts?clientReference=x'))).toBe(503)
    expect(await statusOf(ask(rm, '/scripts?clientReference=x'))).toBe(200)
  })

  test('strike the giving of tokens too', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'status', status: 500, on: 'POST /auth/token' }] })
    const answer = fetch(`${rm.address}/auth/token`, { method: 'POST' })

    expect(await statusOf(answer)).toBe(500)
  })

  test('at different points do not wait for each other', async () => {
    await control(rm, 'PUT', {
      faults: [
        { fault: 'status', status: 502, at: 'answer' },
        { fault: 'status', status: 503, at: 'request' },
      ],
    })

    expect(await statusOf(postOrder(rm, order()))).toBe(503)
    expect(await statusOf(postOrder(rm, order()))).toBe(502)
    expect(await statusOf(postOrder(rm, order()))).toBe(201)
  })

  test('end with DELETE /control', async () => {
    await control(rm, 'PUT', { faults: [{ fault: 'reset', times: 1_000_000 }], latencyMs: 9 })
    const { settings } = await control(rm, 'DELETE')

    expect(settings).toEqual({ latencyMs: 0, faults: [] })
    expect(await statusOf(postOrder(rm, order()))).toBe(201)
  })
})
