import { contract } from '@ca/contracts'
import { type FaultCode, fault } from '@ca/faults'
import {
  type Answer,
  attemptsOf,
  createFaultProxy,
  type FaultProxy,
  type Served,
  serve,
  type WireFault,
} from '@ca/test-kit'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createEpsSapi } from '../src/main.ts'
import { type Rm, startRm } from './rm.ts'

const ofCandidate =
  '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500'
const ofSession = '/v1/businessStream/04/sessions/3229/resultStatus'

/** A time for the whole answer that a test can wait for, in milliseconds. */
const shortly = 300
/** When it has been over for sure, on a busy machine too, and no other limit yet, in milliseconds. */
const soonMs = 1500

let rm: Rm
let wire: FaultProxy
let eps: Served

beforeEach(async () => {
  rm = await startRm()
  // a token that no call finds kept
  rm.expiresIn = 10
  wire = await createFaultProxy(Number(new URL(rm.url).port))
  eps = await serve(contract('ca-eps-sapi'), (settings) =>
    createEpsSapi({
      ...settings,
      EPS_DATABASE_URL: 'sqlite:',
      RM_AUTH: 'on',
      RM_URL: wire.url,
      RM_CLIENT_ID: 'eps',
      RM_CLIENT_SECRET: 'a secret',
    }),
  )
  // a connection that is kept, which is a part of the wire too
  expect((await ask()).status).toBe(200)
  wire.forget()
})

afterEach(async () => {
  await wire.close()
  await eps.stop()
  await rm.stop()
})

/** Asks for what needs a token, with so many milliseconds left. */
function ask(leftMs = 8000): Promise<Answer> {
  return eps.call({ path: ofCandidate, headers: { 'x-deadline-ms': String(leftMs) } })
}

/** What the caller is told is what the catalogue has, and not a word more. */
function expectTold({ status, body, headers }: Answer, code: FaultCode): void {
  const told = fault(code)
  expect([status, body]).toEqual([told.status, told.body('test-transaction')])
  expect(headers['x-transaction-id']).toBe('test-transaction')
}

/** Asks until there is a good answer. @returns how long that took, in milliseconds */
async function healed(): Promise<number> {
  const from = performance.now()
  for (;;) {
    const { status } = await ask()
    const tookMs = performance.now() - from
    if (status === 200) return tookMs
    if (tookMs > 10_000) throw new Error(`It does not heal: ${status}`)
  }
}

describe('a token that cannot be had', () => {
  /** To ask for a token twice does no harm: what broke before an answer is repeated. */
  const faults: [WireFault, FaultCode, attempts: number][] = [
    ['refuse', '70503', 3],
    [{ resetAfter: 0 }, '70503', 3],
    [{ cutAfter: 0 }, '70503', 3],
    [{ resetAfter: 20 }, '70503', 1],
    [{ cutAfter: 20 }, '70503', 1],
    ['garbage', '60006', 1],
    [{ answer: http(401, '{"error":"invalid_client"}') }, '60006', 1],
    [{ answer: http(200, '{"access_token":') }, '60006', 1],
    [{ answer: http(200, '{}', 'Content-Length: 40'), end: true }, '70503', 1],
    [{ answer: http(503, 'upstream rm-db-7:5432 refused') }, '70503', 3],
    [{ answer: http(503, '', 'Content-Length: 0\r\nRetry-After: 60') }, '70503', 1],
    [{ answer: http(502, '') }, '70503', 3],
    [{ answer: http(504, '') }, '70504', 3],
    [{ answer: http(500, '{"stack":"Error: at rm.ts:7"}') }, '60006', 1],
  ]

  test.each(faults)('%j: is told %s after %i attempts', async (wireFault, code, attempts) => {
    const before = await attemptsOf(eps, 'token')
    await wire.set(wireFault)
    const answer = await ask()
    expectTold(answer, code)
    expect(answer.headers).not.toHaveProperty('retry-after')
    expect(await attemptsOf(eps, 'token')).toBe(before + attempts)
    expect(wire.requests).toEqual(
      Array(wireFault === 'refuse' ? 0 : attempts).fill('POST /auth/token'),
    )
    // what needs no token is answered all the same
    expect((await eps.call(ofSession)).status).toBe(200)
    await wire.set('pass')
    expect(await healed()).toBeLessThan(2000)
  })

  const silences: WireFault[] = [
    'hang',
    'blackhole',
    { hangAfter: 0 },
    { hangAfter: 20 },
    { trickle: 1, everyMs: 10 },
  ]

  test.each(silences)(
    '%j: is told 70504 within the time that is left, and heals within 2 s',
    async (wireFault) => {
      await wire.set(wireFault)
      const from = performance.now()
      expectTold(await ask(shortly), '70504')
      expect(performance.now() - from).toBeLessThan(soonMs)
      expect(wire.requests).toEqual(['POST /auth/token'])
      expect((await eps.call(ofSession)).status).toBe(200)

      await wire.set('pass')
      expect(await healed()).toBeLessThan(2000)
    },
  )
})

test('after 10 calls without a token none is asked for, and it heals within 2 s', async () => {
  await wire.set({ resetAfter: 0 })
  for (let call = 0; call < 10; call += 1) expectTold(await ask(), '70503')
  wire.forget()
  for (let call = 0; call < 5; call += 1) expectTold(await ask(), '70503')
  expect([wire.connections, wire.requests]).toEqual([0, []])

  await wire.set('pass')
  expect(await healed()).toBeLessThan(2000)
})

/** An answer as it stands on the wire. */
function http(status: number, body: string, headers = `Content-Length: ${body.length}`): string {
  return `HTTP/1.1 ${status} So\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`
}
