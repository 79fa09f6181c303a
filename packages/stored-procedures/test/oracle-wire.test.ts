import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DependencyFailure } from '@ca/faults'
import { CallerLeft, inTransaction, openTransaction, type Transaction } from '@ca/telemetry'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Database, integer, openDatabase, procedure } from '../src/index.ts'
import { settings, silent } from './sample-database.ts'
import {
  type Act,
  acceptance,
  createTnsListener,
  garbage,
  refusal,
  resending,
  type TnsListener,
} from './tns-listener.ts'

const getValues = procedure({
  name: 'GetValues',
  parameters: { sessionId: integer() },
  rowSets: { values: { value: integer() } },
})

const given: { database: Database; listener: TnsListener }[] = []

afterEach(async () => {
  for (const { database, listener } of given.splice(0)) {
    await database.close()
    await listener.until(() => listener.openConnections === 0)
    await listener.refuse()
  }
})

/** A database behind a listener, opened with nothing of it reached yet. */
async function openOver(
  act: Act = {},
  { changed = {}, query = '' }: { changed?: Partial<typeof settings>; query?: string } = {},
) {
  const listener = await createTnsListener(act)
  const database = await openDatabase({
    name: 'sample',
    url: `oracle://reader:secret@127.0.0.1:${listener.port}/PDB${query}`,
    settings: { ...settings, ...changed },
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
  const failure: unknown = await inTransaction(transaction, () =>
    database.call(getValues, { sessionId: 1804 }),
  ).catch((error) => error)
  transaction.end()
  const tookMs = performance.now() - startedAt
  return { failure: failure as DependencyFailure, attempts: transaction.calls[0]?.attempts, tookMs }
}

function expectNoConnection({ failure, attempts }: Awaited<ReturnType<typeof call>>, what: string) {
  expect(failure).toBeInstanceOf(DependencyFailure)
  const { way, repeat, message } = failure
  expect({ way, repeat, message, attempts, code: failure.asFault().code }).toEqual({
    way: 'unreachable',
    repeat: 'any',
    message: `sample unreachable: no connection${what}`,
    attempts: 3,
    code: '70503',
  })
}

const onFirstBytes = (
  answer: (socket: Parameters<NonNullable<Act['onBytes']>>[0]) => void,
): Act => ({
  onBytes: (socket, nth) => {
    if (nth === 0) answer(socket)
  },
})
const accepted = onFirstBytes((socket) => socket.write(acceptance()))
/** Says yes to the connection, and does this with the login. */
const atLogin = (login: (socket: Parameters<NonNullable<Act['onBytes']>>[0]) => void): Act => ({
  onBytes: (socket, nth) => {
    if (nth === 0) socket.write(acceptance())
    else login(socket)
  },
})

describe('a database of Oracle’s', () => {
  test('opens while nothing is there, and says that it does not answer', async () => {
    const { database, listener } = await openOver()
    await listener.refuse()
    expect(listener.connections).toBe(0)
    await expect(database.check()).rejects.toThrow('sample unreachable: no connection (NJS-503)')
  })

  test.each<[string, Act, string]>([
    ['resets connections', { onConnect: (socket) => socket.resetAndDestroy() }, ' (NJS-50'],
    [
      'resets after the first bytes',
      onFirstBytes((socket) => socket.resetAndDestroy()),
      ' (NJS-500',
    ],
    ['hangs up after the first bytes', onFirstBytes((socket) => socket.end()), ' (NJS-500'],
    ['resets at the login', atLogin((socket) => socket.resetAndDestroy()), ' (NJS-500'],
    ['answers garbage at the login', atLogin((socket) => socket.write(garbage)), ' (NJS-500'],
    ['does not know the service (yet)', onFirstBytes((s) => s.write(refusal(12514))), ' (NJS-518)'],
    ['is starting', onFirstBytes((s) => s.write(refusal(12528))), ' (NJS-511, ORA-12528)'],
    ['has no more place', onFirstBytes((s) => s.write(refusal(12520))), ' (NJS-511, ORA-12520)'],
  ])('is tried three times where the listener %s', async (_, act, what) => {
    const { database, listener } = await openOver(act)
    const { failure, attempts, tookMs } = await call(database)
    expect(failure).toMatchObject({ way: 'unreachable', repeat: 'any' })
    expect(failure.message).toContain(`sample unreachable: no connection${what}`)
    expect(failure.message).not.toMatch(/secret|reader|1804|127\.0\.0\.1|PDB/)
    expect(failure.asFault().code).toBe('70503')
    expect([attempts, listener.connections]).toEqual([3, 3])
    expect(tookMs).toBeLessThan(2000)
  })

  test('is tried three times where nothing listens', async () => {
    const { database, listener } = await openOver()
    await listener.refuse()
    expectNoConnection(await call(database), ' (NJS-503)')
  })

  test.each<[string, Act, string?]>([
    ['says nothing', {}],
    [
      'answers garbage that looks like the head of a long packet',
      onFirstBytes((s) => s.write(garbage)),
    ],
    ['asks for the same again and again', { onBytes: (socket) => socket.write(resending()) }],
    ['hangs in the login', accepted],
    ['hangs in the handshake of TLS', {}, '?protocol=tcps'],
  ])('is given up in time where the listener %s', async (_, act, query = '') => {
    const changed = { DATABASE_CONNECT_WITHIN_MS: 200 }
    const { database, listener } = await openOver(act, { changed, query })
    const outcome = await call(database)
    expectNoConnection(outcome, ': none in 200 ms')
    expect(listener.connections).toBe(3)
    expect(outcome.tookMs).toBeGreaterThan(600)
    expect(outcome.tookMs).toBeLessThan(3000)
    // nothing is left hanging
    await listener.until(() => listener.openConnections === 0)
  })

  test.each<[string, Act]>([
    ['says nothing', {}],
    ['hangs in the login', accepted],
  ])('keeps a deadline that is shorter, where the listener %s', async (_, act) => {
    const { database } = await openOver(act, { changed: { DATABASE_CONNECT_WITHIN_MS: 1000 } })
    const { failure, attempts, tookMs } = await call(database, (transaction) =>
      transaction.isDueWithin(150),
    )
    expect(failure).toMatchObject({ way: 'timed out', repeat: 'none' })
    expect([attempts, failure.asFault().code]).toEqual([1, '70504'])
    expect(tookMs).toBeLessThan(900)
  })

  test('is asked no further when the caller leaves', async () => {
    const { database, listener } = await openOver(accepted, {
      changed: { DATABASE_CONNECT_WITHIN_MS: 500 },
    })
    const { failure, attempts } = await call(database, (transaction) => {
      void listener.until(() => listener.connections > 0).then(() => transaction.callerLeft())
    })
    expect(failure).toBeInstanceOf(CallerLeft)
    expect(attempts).toBe(1)
  })

  test.each<[string, Act]>([
    ['said nothing', {}],
    ['hung in the login', accepted],
  ])('is reached at once when it is well again, after it %s', async (_, act) => {
    const { database, listener } = await openOver(act, {
      changed: { DATABASE_CONNECT_WITHIN_MS: 1000, DATABASE_POOL_SIZE: 5 },
    })
    // calls that hang still do not keep the next one back
    const hanging = [1, 2, 3, 4].map(() => call(database, (each) => each.isDueWithin(900)))
    await listener.until(() => listener.connections === 4)
    listener.act(onFirstBytes((socket) => socket.write(refusal(12514))))
    const outcome = await call(database)
    expectNoConnection(outcome, ' (NJS-518)')
    expect(outcome.tookMs).toBeLessThan(900)
    await Promise.all(hanging)
  })

  test('says so when all connections are in use, and is not asked again', async () => {
    const { database, listener } = await openOver(accepted, {
      changed: {
        DATABASE_CONNECT_WITHIN_MS: 1000,
        DATABASE_QUEUE_WITHIN_MS: 100,
        DATABASE_POOL_SIZE: 2,
      },
    })
    const hanging = [1, 2].map(() => call(database, (each) => each.isDueWithin(700)))
    await listener.until(() => listener.connections === 2)
    const { failure, attempts, tookMs } = await call(database)
    expect(failure).toMatchObject({
      way: 'unreachable',
      repeat: 'none',
      message: 'sample unreachable: all 2 connections are in use',
    })
    expect(attempts).toBe(1)
    expect(tookMs).toBeLessThan(900)
    await Promise.all(hanging)
  })

  test('leaves nothing that ends the process when memory is cleared', async () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const { database, listener } = await openOver(accepted, {
      changed: { DATABASE_CONNECT_WITHIN_MS: 200 },
    })
    await call(database)
    await listener.until(() => listener.openConnections === 0)
    // what the driver does about a connection that nobody holds any more comes some turns later
    for (let turn = 0; turn < 5; turn += 1) {
      collect()
      await nextTurn()
    }
  })

  test('is reached again at the same place after nothing listened there', async () => {
    const { database, listener } = await openOver(onFirstBytes((s) => s.write(refusal(12528))))
    await listener.refuse()
    expectNoConnection(await call(database), ' (NJS-503)')
    await listener.listen()
    expectNoConnection(await call(database), ' (NJS-511, ORA-12528)')
  })
})
