import { contract, Reply, Verbatim } from '@ca/contracts'
import type { DependencyFailure } from '@ca/faults'
import { createTelemetry, inTransaction, type Transaction } from '@ca/telemetry'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { createSystemApi } from '../src/index.ts'
import { closeAll, closeLater, due, silentTelemetry, told, wireFor } from './under-test.ts'
import { answer, headersOf, jsonAnswer } from './wire.ts'

const session = { params: { businessStreamId: '02', sessionId: 14244 }, body: undefined }
const firstPage = { ...session, query: { offset: 0, limit: 100 } }
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(async () => {
  jest.restoreAllMocks()
  await closeAll()
})

describe('a call of an operation', () => {
  test('goes where the contract says, and its answer is the operation’s', async () => {
    const page = { items: [], page: { offset: 0, limit: 100, total: 0 } }
    const wire = await wireFor({ onRequest: (socket) => socket.write(jsonAnswer(200, page)) })
    const { operations } = apiAt(wire.url)
    const answered = await run(() => operations.getSessionResultStatus(firstPage))
    expect(answered).toBeInstanceOf(Verbatim)
    expect(answered).toMatchObject({ data: page })
    expect(wire.requests[0]).toMatch(
      /^GET \/v1\/businessStream\/02\/sessions\/14244\/resultStatus\?offset=0&limit=100 HTTP/,
    )
  })

  test('has the answer’s bytes as they came', async () => {
    const text = '{ "items": [], "caf\\u00e9": "é", "big": 12345678901234567890 }'
    const wire = await wireFor({
      onRequest: (socket) =>
        socket.write(answer(200, text, { 'Content-Type': 'application/json' })),
    })
    const answered = await run(() => apiAt(wire.url).operations.getSessionResultStatus(firstPage))
    expect(Buffer.from((answered as unknown as Verbatim).bytes).toString()).toBe(text)
  })

  test.each([
    ['half of it', Buffer.from('{"items":[{"a":1}')],
    ['nothing', Buffer.from('')],
    ['a name in Latin-1', Buffer.from('{"name":"Zo\xeb"}', 'latin1')],
    ['more than one', Buffer.from('{}{}')],
  ])('fails where its answer is no JSON but %s', async (_, bytes) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`
    const wire = await wireFor({
      onRequest: (socket) => socket.write(Buffer.concat([Buffer.from(head), bytes])),
    })
    const { operations } = apiAt(wire.url)
    expect(told(await failureOf(() => operations.getSessionResultStatus(firstPage)))).toBe('60006')
  })

  test('stands below a base path', async () => {
    const wire = await okWire()
    const { operations } = apiAt(`${wire.url}/eps/`)
    await run(() => operations.getSessionResultStatus(firstPage))
    expect(wire.requests[0]).toMatch(/^GET \/eps\/v1\/businessStream\/02\//)
  })

  test('leaves out what is not given', async () => {
    const wire = await okWire()
    const query = { offset: undefined, limit: 5 } as unknown as typeof firstPage.query
    await run(() => apiAt(wire.url).operations.getSessionResultStatus({ ...session, query }))
    expect(wire.requests[0]).toContain('/resultStatus?limit=5 HTTP')
  })

  test.each([
    ['a/b', 'a%2Fb'],
    ['100%', '100%25'],
    ['%2e%2e', '%252e%252e'],
    ['a b?c#d', 'a%20b%3Fc%23d'],
    ['Zürich–日本', 'Z%C3%BCrich%E2%80%93%E6%97%A5%E6%9C%AC'],
    ['a\\b\r\n', 'a%5Cb%0D%0A'],
    ['...', '...'],
    ['{sessionId}', '%7BsessionId%7D'],
    ['$&', '%24%26'],
  ])('encodes %j in its path again', async (centreId, encoded) => {
    const wire = await okWire()
    await run(() => apiAt(wire.url).operations.getCandidateResultStatus(ofCentre(centreId)))
    expect(wire.requests[0]).toContain(`/sessions/14244/centres/${encoded}/candidateNumber/1804/`)
  })

  test.each(['.', '..'])('is not found where "%s" would move its path', async (centreId) => {
    const wire = await okWire()
    const { operations } = apiAt(wire.url)
    const ask = async () => operations.getCandidateResultStatus(ofCentre(centreId))
    await expect(ask()).rejects.toMatchObject({ code: '70404' })
    expect(wire.connections).toEqual([])
  })

  test('brings another status than 200 with it', async () => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(jsonAnswer(201, { id: '1' })),
    })
    const replied = await run(() => apiAt(wire.url).operations.getSessionResultStatus(firstPage))
    expect(replied).toBeInstanceOf(Reply)
    expect(replied).toMatchObject({ status: 201, body: { data: { id: '1' } } })
  })
})

describe('every call carries', () => {
  test('the transaction, the time that is left, and our own credentials', async () => {
    const wire = await okWire()
    const { operations } = apiAt(wire.url)
    await run(() => operations.getSessionResultStatus(firstPage), due(8000))
    const headers = headersOf(wire.requests[0])
    expect(headers).toMatchObject({
      'x-transaction-id': 'test-transaction',
      client_id: 'ca-results-xapi',
      client_secret: 'hush-hush',
    })
    expect(headers['x-deadline-ms']).toMatch(/^\d+$/)
    expect(Number(headers['x-deadline-ms'])).toBeGreaterThan(7000)
    expect(Number(headers['x-deadline-ms'])).toBeLessThanOrEqual(8000)
  })

  test('less time with every attempt', async () => {
    const wire = await wireFor({ onRequest: (socket) => socket.write(answer(502, '')) })
    const { operations } = apiAt(wire.url)
    await failureOf(() => operations.getSessionResultStatus(firstPage), due(8000))
    const left = wire.requests.map((request) => Number(headersOf(request)['x-deadline-ms']))
    expect(left).toHaveLength(3)
    const [first = 0, second = 0, third = 0] = left
    expect(first - second).toBeGreaterThan(20)
    expect(second - third).toBeGreaterThan(45)
  })

  test('no deadline where there is none', async () => {
    const wire = await okWire()
    await apiAt(wire.url).operations.getSessionResultStatus(firstPage)
    expect(headersOf(wire.requests[0])).not.toHaveProperty('x-deadline-ms')
  })
})

describe('a fault that a system API answers', () => {
  test('comes through with its code, its status, its details and Retry-After', async () => {
    const details = [{ in: 'query', name: 'limit', issue: 'must be at most 2000' }]
    const failure = await failureAfter(429, faultBody('60429', { details }), { 'Retry-After': '7' })
    expect(failure.asFault()).toMatchObject({
      code: '60429',
      status: 429,
      details,
      headers: { 'Retry-After': '7' },
    })
  })

  test.each([
    [400, '60001'],
    [400, '60002'],
    [404, '70404'],
    [500, '60006'],
    [501, '60501'],
    [503, '70503'],
    [504, '70504'],
  ])('comes through, %i %s, and is not repeated: it has tried', async (status, code) => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(jsonAnswer(status, faultBody(code))),
    })
    const { operations } = apiAt(wire.url)
    const failure = await failureOf(() => operations.getSessionResultStatus(firstPage))
    expect(failure.asFault()).toMatchObject({ code, status, details: [], headers: {} })
    expect(wire.requests).toHaveLength(1)
  })

  test('does not open the breaker: whoever answers it is there', async () => {
    const wire = await wireFor({
      onRequest: (socket) => socket.write(jsonAnswer(503, faultBody('70503'))),
    })
    const { operations } = apiAt(wire.url)
    for (let made = 0; made < 20; made += 1) {
      await failureOf(() => operations.getSessionResultStatus(firstPage))
    }
    expect(wire.requests).toHaveLength(20)
  })

  test.each([
    [401, '70401'],
    [401, '70402'],
    [403, '70403'],
  ])('and complains of our own credentials, %i %s, is ours to mend', async (status, code) => {
    const failure = await failureAfter(status, faultBody(code))
    expect(failure.asFault()).toMatchObject({ code: '60006', status: 500 })
    const lines: string[] = []
    const destination = { write: (line: string) => lines.push(line) }
    createTelemetry('test-service', { destination }).log.error({ err: failure })
    expect(JSON.parse(lines[0] ?? '').err.message).toBe(
      `ca-eps-sapi failed: answered ${status} ${code} to our own credentials`,
    )
  })
})

describe('what is no fault of ours is judged by its status', () => {
  test.each([
    ['an unknown code', 400, faultBody('99999'), '60006'],
    ['a code that every object has', 400, faultBody('constructor'), '60006'],
    ['details that are no list', 400, faultBody('60002', { details: null }), '60006'],
    ['no object', 404, 'not found', '60006'],
    ['no code', 404, {}, '60006'],
    ['what a gateway says of 503', 503, { message: 'no healthy upstream' }, '70503'],
    ['what a gateway says of 504', 504, { message: 'upstream timeout' }, '70504'],
  ])('%s', async (_, status, body, code) => {
    const failure = await failureAfter(status, body)
    expect(told(failure)).toBe(code)
  })

  test('no JSON', async () => {
    const wire = await wireFor({ onRequest: (socket) => socket.write(answer(503, '<html>')) })
    const { operations } = apiAt(wire.url)
    expect(told(await failureOf(() => operations.getSessionResultStatus(firstPage)))).toBe('70503')
    expect(wire.requests).toHaveLength(3)
  })
})

test('a system API is named after its contract', () => {
  expect(apiAt('http://127.0.0.1:1').name).toBe('ca-eps-sapi')
})

function apiAt(url: string) {
  const api = createSystemApi({
    contract: contract('ca-eps-sapi'),
    url,
    clientId: 'ca-results-xapi',
    clientSecret: 'hush-hush',
    telemetry: silentTelemetry(),
  })
  closeLater(api)
  return api
}

function ofCentre(centreId: string) {
  const candidate = { candidateNumber: '1804', assessmentCode: '0500' }
  const params = { businessStreamId: '02', sessionId: 14244, centreId, ...candidate }
  return { params, query: {} as never, body: undefined }
}

function okWire() {
  return wireFor({ onRequest: (socket) => socket.write(jsonAnswer(200, {})) })
}

async function failureAfter(status: number, body: unknown, headers?: Record<string, string>) {
  const wire = await wireFor({
    onRequest: (socket) => socket.write(jsonAnswer(status, body, headers)),
  })
  const { operations } = apiAt(wire.url)
  return failureOf(() => operations.getSessionResultStatus(firstPage))
}

function faultBody(errorCode: string, more: object = {}) {
  return { errorCode, errorMessage: 'as it said', transactionId: 'test-transaction', ...more }
}

async function run<T>(work: () => T, within: Transaction = due(8000)): Promise<Awaited<T>> {
  return await inTransaction(within, work)
}

/** What an operation throws: a failure of the system API, or a fault of our own. */
async function failureOf(work: () => unknown, within?: Transaction): Promise<DependencyFailure> {
  try {
    await run(work, within)
  } catch (error) {
    return error as DependencyFailure
  }
  throw new Error('it did not fail')
}
