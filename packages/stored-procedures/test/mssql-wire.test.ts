import { setTimeout } from 'node:timers/promises'
import { DependencyFailure } from '@ca/faults'
import { CallerLeft, inTransaction, openTransaction, type Transaction } from '@ca/telemetry'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Database, integer, openDatabase, procedure } from '../src/index.ts'
import { settings, silent } from './sample-database.ts'
import {
  type Act,
  createTdsListener,
  errors,
  garbage,
  oneRow,
  openTransactionAnswer,
  refusedLogin,
  type TdsListener,
} from './tds-listener.ts'

const getValues = procedure({
  name: 'GetValues',
  parameters: { sessionId: integer() },
  rowSets: { values: { value: integer() } },
})
const answer = { values: [{ value: 7 }] }

/** Times are short here, so that what hangs is seen to within a test's time. */
const shortTimes = {
  ...settings,
  DATABASE_CONNECT_WITHIN_MS: 500,
  DATABASE_QUEUE_WITHIN_MS: 100,
  DATABASE_ANSWER_WITHIN_MS: 1000,
}

const given: { database: Database; listener: TdsListener }[] = []

afterEach(async () => {
  for (const { database, listener } of given.splice(0)) {
    await database.close()
    await listener.until(() => listener.openConnections === 0)
    await listener.refuse()
  }
})

/** A database behind a listener, opened with nothing of it reached yet. */
async function openOver(acts: TdsListener['acts'] = {}, changed: Partial<typeof settings> = {}) {
  const listener = await createTdsListener(acts)
  const database = await openDatabase({
    name: 'sample',
    url: listener.url,
    settings: { ...shortTimes, ...changed },
    telemetry: silent,
    procedures: [getValues],
  })
  given.push({ database, listener })
  return { database, listener }
}

/** What a call comes to, in a transaction of its own. */
async function call(database: Database, prepare?: (transaction: Transaction) => void) {
  const transaction = openTransaction('t-00001')
  transaction.isDueWithin(8000)
  prepare?.(transaction)
  const startedAt = performance.now()
  const outcome = await inTransaction(transaction, () =>
    database.call(getValues, { sessionId: 1804 }),
  ).then(
    (given) => ({ given, failure: undefined }),
    (failure: DependencyFailure) => ({ given: undefined, failure }),
  )
  transaction.end()
  const tookMs = performance.now() - startedAt
  return { ...outcome, attempts: transaction.calls[0]?.attempts, tookMs }
}

function expectFailure(
  { failure, attempts }: Awaited<ReturnType<typeof call>>,
  expected: { way: string; repeat: string; code: string; attempts: number },
) {
  expect(failure).toBeInstanceOf(DependencyFailure)
  const { way, repeat } = failure as DependencyFailure
  const { code } = (failure as DependencyFailure).asFault()
  expect({ way, repeat, code, attempts }).toEqual(expected)
  expect(failure?.message).not.toMatch(/secret|1804|reader|127\.0\.0\.1/)
}

const notConnected = { way: 'unreachable', repeat: 'any', code: '70503', attempts: 3 }
const broken = { way: 'unreachable', repeat: 'reads', code: '70503', attempts: 3 }
const timedOut = { way: 'timed out', repeat: 'none', code: '70504', attempts: 1 }

describe('an SQL Server that cannot be connected to', () => {
  test.each<[string, TdsListener['acts']]>([
    ['resets', { connect: 'reset' }],
    ['ends the connection', { connect: 'end' }],
    ['accepts and hangs', { connect: 'hang' }],
    ['resets at the first message', { preLogin: 'reset' }],
    ['ends at the first message', { preLogin: 'end' }],
    ['hangs at the first message', { preLogin: 'hang' }],
    ['answers the first message with garbage', { preLogin: garbage }],
    ['resets in its first answer', { preLogin: { bytes: oneRow.subarray(0, 3), next: 'reset' } }],
    ['hangs in its first answer', { preLogin: { bytes: oneRow.subarray(0, 3), next: 'hang' } }],
    ['resets at the login', { login: 'reset' }],
    ['hangs at the login', { login: 'hang' }],
    ['answers the login with garbage', { login: garbage }],
    ['lets nobody in, or not yet', { login: refusedLogin({ number: 18456, class: 14 }) }],
    ['lets in later, as it says', { login: refusedLogin({ number: 40613, class: 20 }) }],
    ['hangs after the login', { batch: 'hang' }],
  ])('is unreachable, and tried three times: it %s', async (_, acts) => {
    const { database, listener } = await openOver(acts)
    const outcome = await call(database)
    expectFailure(outcome, notConnected)
    expect(listener.connections).toBe(3)
    expect(outcome.tookMs).toBeLessThan(3 * 500 + 800)
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('is unreachable where nothing listens, and well as soon as something does', async () => {
    const { database, listener } = await openOver()
    await listener.refuse()
    expectFailure(await call(database), notConnected)
    await expect(database.check()).rejects.toMatchObject({ way: 'unreachable' })
    await listener.listen()
    await database.check()
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('is unreachable where it cannot encrypt and the URL does not allow that', async () => {
    const { listener } = await openOver()
    const database = await openDatabase({
      name: 'sample',
      url: listener.url.replace('false', 'true'),
      settings: shortTimes,
      telemetry: silent,
      procedures: [getValues],
    })
    given.push({ database, listener })
    expectFailure(await call(database), notConnected)
    expect(listener.steps).not.toContain('login')
  })

  test('is waited for no longer than there is time', async () => {
    const { database } = await openOver({ connect: 'hang' }, { DATABASE_CONNECT_WITHIN_MS: 1500 })
    const outcome = await call(database, (transaction) => transaction.isDueWithin(300))
    expectFailure(outcome, timedOut)
    expect(outcome.tookMs).toBeLessThan(800)
  })

  test('does not hold calls back that come when it is well again', async () => {
    const { database, listener } = await openOver(
      { connect: 'hang' },
      { DATABASE_CONNECT_WITHIN_MS: 3000, DATABASE_ANSWER_WITHIN_MS: 5000 },
    )
    const early = call(database)
    await listener.until(() => listener.connections === 1)
    await setTimeout(600)
    listener.acts = {}
    const later = await call(database)
    expect(later).toMatchObject({ given: answer, attempts: 1 })
    expect(later.tookMs).toBeLessThan(1500)
    expect(await early).toMatchObject({ given: answer, attempts: 1 })
    expect((await early).tookMs).toBeLessThan(2500)
  })

  test('is not overrun by callers that come together', async () => {
    const { database, listener } = await openOver({ connect: 'hang' })
    await Promise.all(Array.from({ length: 10 }, () => call(database)))
    expect(listener.connections).toBe(3)
  })
})

describe('a connection that breaks', () => {
  test.each<[string, Act]>([
    ['is reset before the answer', 'reset'],
    ['is ended before the answer', 'end'],
    ['is reset in the head of the answer', { bytes: oneRow.subarray(0, 5), next: 'reset' }],
    ['is reset in the answer', { bytes: oneRow.subarray(0, 30), next: 'reset' }],
    ['is ended in the answer', { bytes: oneRow.subarray(0, 30), next: 'end' }],
    ['gives garbage in the answer', { bytes: brokenRow(), next: 'answer' }],
    ['is ended by the server with an error', errors({ number: 596, class: 21 })],
  ])('is unreachable for now, and a read is made again: it %s', async (_, act) => {
    const { database, listener } = await openOver({ call: act })
    expectFailure(await call(database), broken)
    listener.acts = { call: (connection) => (connection < listener.connections ? act : 'answer') }
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('costs a call one attempt, however many were made before it and broke with it', async () => {
    const { database, listener } = await openOver({}, { DATABASE_POOL_SIZE: 4 })
    await useAllAtOnce(database, listener, 4)
    const old = listener.connections
    // restarted in silence: nobody tells, and at the other ends nothing is known of these
    listener.acts = { call: (connection) => (connection <= old ? 'reset' : 'answer') }
    expect(await call(database)).toMatchObject({ given: answer, attempts: 2 })
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('is not used again when the server has ended it meanwhile', async () => {
    const { database, listener } = await openOver()
    expect(await call(database)).toMatchObject({ given: answer })
    const { connections } = listener
    await listener.refuse()
    await listener.listen()
    await listener.until(() => listener.openConnections === 0)
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.connections).toBe(connections + 1)
  })

  test('is not used again when a call has left it inside a transaction', async () => {
    const { database, listener } = await openOver({ call: openTransactionAnswer })
    expect(await call(database)).toMatchObject({ given: answer })
    const { connections } = listener
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.connections).toBe(connections + 1)
  })
})

describe('a call without an answer in time', () => {
  test.each<[string, Act]>([
    ['nothing comes', 'silence'],
    ['the answer begins, and does not end', { bytes: oneRow.subarray(0, 30), next: 'silence' }],
  ])('times out once, and is cancelled at the server: %s', async (_, act) => {
    const { database, listener } = await openOver({ call: act })
    const outcome = await call(database)
    expectFailure(outcome, timedOut)
    expect(outcome.tookMs).toBeGreaterThanOrEqual(995)
    expect(outcome.tookMs).toBeLessThan(1500)
    await listener.until(() => listener.steps.includes('attention'))
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('keeps its connection where the server says that it is cancelled', async () => {
    const { database, listener } = await openOver({ call: 'silence' }, { DATABASE_POOL_SIZE: 1 })
    expectFailure(await call(database), timedOut)
    const { connections } = listener
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.connections).toBe(connections)
  })

  test('loses it where the server does not say so within a second, and all others too', async () => {
    const { database, listener } = await openOver({}, { DATABASE_POOL_SIZE: 3 })
    await useAllAtOnce(database, listener, 3)
    const old = listener.connections
    listener.acts = { call: (connection) => (connection <= old ? 'hang' : 'answer') }
    expectFailure(await call(database), timedOut)
    await listener.until(() => listener.openConnections === 2)
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('loses it alone where the server answers others meanwhile', async () => {
    const { database, listener } = await openOver({}, { DATABASE_POOL_SIZE: 3 })
    await useAllAtOnce(database, listener, 3)
    const old = listener.connections
    listener.acts = { call: 'hang' }
    const slow = call(database)
    await listener.until(() => listener.steps.filter((step) => step === 'call').length === 4)
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer })
    expectFailure(await slow, timedOut)
    await listener.until(() => listener.openConnections === 2)
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.connections).toBe(old)
  })

  test('ends with the time of its transaction', async () => {
    const { database, listener } = await openOver({ call: 'silence' })
    const outcome = await call(database, (transaction) => transaction.isDueWithin(300))
    expectFailure(outcome, timedOut)
    expect(outcome.tookMs).toBeLessThan(800)
    await listener.until(() => listener.steps.includes('attention'))
  })

  test('ends when nobody waits for it, and is cancelled at the server', async () => {
    const { database, listener } = await openOver({ call: 'silence' })
    let transaction: Transaction | undefined
    const left = call(database, (own) => {
      transaction = own
    })
    await listener.until(() => listener.steps.includes('call'))
    transaction?.callerLeft()
    expect((await left).failure).toBeInstanceOf(CallerLeft)
    await listener.until(() => listener.steps.includes('attention'))
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('is not begun for somebody who has left', async () => {
    const { database, listener } = await openOver()
    const { failure } = await call(database, (transaction) => transaction.callerLeft())
    expect(failure).toBeInstanceOf(CallerLeft)
    expect(listener.connections).toBe(0)
  })
})

describe('an error of the server', () => {
  const refused = { way: 'refused', repeat: 'none', code: '60006', attempts: 1 }
  const failed = { way: 'failed', repeat: 'none', code: '60006', attempts: 1 }

  test.each<[string, number[], object, string]>([
    ['a refusal', [50000], refused, 'error 50000'],
    ['a refusal with a number of its own', [51234], refused, 'error 51234'],
    ['a refusal that another error follows', [51234, 266], refused, 'error 51234'],
    ['a missing procedure', [2812], failed, 'error 2812'],
    ['several', [8134, 245], failed, 'error 245'],
    ["a number that is nobody's own", [33557097], failed, 'error 33557097'],
    ['a deadlock', [1205], broken, 'deadlock'],
    ['a lock', [1222], broken, 'lock'],
  ])('is told by its number alone: %s', async (_, numbers, expected, what) => {
    const { database, listener } = await openOver({
      call: errors(...numbers.map((number) => ({ number, class: 16 }))),
    })
    const outcome = await call(database)
    expectFailure(outcome, expected as typeof refused)
    expect(outcome.failure?.message).toContain(what)
    expect(outcome.failure?.cause).toBeInstanceOf(Error)
    const { connections } = listener
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.connections).toBe(connections)
  })
})

describe('a pool', () => {
  test('that is used up is unreachable, after a while and without another attempt', async () => {
    const { database, listener } = await openOver(
      { call: 'silence' },
      { DATABASE_POOL_SIZE: 2, DATABASE_QUEUE_WITHIN_MS: 200 },
    )
    const running = [call(database), call(database)]
    const outcome = await call(database)
    expectFailure(outcome, { ...notConnected, repeat: 'none', attempts: 1 })
    expect(outcome.failure?.message).toBe('sample unreachable: all 2 connections are in use')
    expect(outcome.tookMs).toBeGreaterThanOrEqual(195)
    expect(outcome.tookMs).toBeLessThan(700)
    await Promise.all(running)
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer, attempts: 1 })
  })

  test('is waited for in turn, by those who still wait', async () => {
    const { database, listener } = await openOver(
      { call: 'silence' },
      { DATABASE_POOL_SIZE: 1, DATABASE_QUEUE_WITHIN_MS: 5000 },
    )
    const first = call(database, (transaction) => transaction.isDueWithin(500))
    await listener.until(() => listener.steps.includes('call'))
    const impatient = call(database, (transaction) => transaction.isDueWithin(100))
    const second = call(database)
    expectFailure(await impatient, timedOut)
    listener.acts = {}
    expectFailure(await first, timedOut)
    expect(await second).toMatchObject({ given: answer, attempts: 1 })
    expect(listener.openConnections).toBe(1)
  })

  test.each<[string, Act]>([
    ['answered', 'answer'],
    ['refused', errors({ number: 50000, class: 16 })],
    ['timed out', 'silence'],
    ['hung', 'hang'],
  ])('of one connection has it back from every call: %s', async (_, act) => {
    const { database, listener } = await openOver(
      { call: act },
      { DATABASE_POOL_SIZE: 1, DATABASE_ANSWER_WITHIN_MS: 300 },
    )
    for (let made = 0; made < 3; made += 1) await call(database)
    await listener.until(() => listener.openConnections === (act === 'hang' ? 0 : 1))
    listener.acts = {}
    expect(await call(database)).toMatchObject({ given: answer })
    expect(listener.openConnections).toBe(1)
  })

  test('is closed with what is under way on it', async () => {
    const { database, listener } = await openOver({ call: 'silence' })
    const running = call(database)
    await listener.until(() => listener.steps.includes('call'))
    await database.close()
    expectFailure(await running, timedOut)
    await listener.until(() => listener.openConnections === 0)
    expectFailure(await call(database), notConnected)
  })
})

test('a database that is closed connects to nothing', async () => {
  const { database, listener } = await openOver()
  await database.close()
  expectFailure(await call(database), notConnected)
  expect(listener.connections).toBe(0)
})

/** Makes a pool of so many connections, each of which has answered. */
async function useAllAtOnce(database: Database, listener: TdsListener, size: number) {
  const before = listener.steps.filter((step) => step === 'call').length
  listener.acts = { call: 'hold' }
  const calls = Array.from({ length: size }, () => call(database))
  await listener.until(
    () => listener.steps.filter((step) => step === 'call').length === before + size,
  )
  listener.letGo()
  for (const made of calls) expect(await made).toMatchObject({ given: answer })
}

function brokenRow(): Buffer {
  const bytes = Buffer.from(oneRow)
  bytes.fill(0x42, 8)
  return bytes
}
