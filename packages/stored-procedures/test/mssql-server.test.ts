import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { DependencyFailure } from '@ca/faults'
import { CallerLeft, inTransaction, openTransaction, type Transaction } from '@ca/telemetry'
import { createFaultProxy, type FaultProxy, type WireFault } from '@ca/test-kit'
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
import sql from 'mssql'
import {
  boolean,
  type Database,
  dateTime,
  integer,
  openDatabase,
  optional,
  procedure,
  text,
} from '../src/index.ts'
import { parseAddress } from '../src/mssql/address.ts'
import { settings, silent } from './sample-database.ts'

const values = {
  code: optional(text(10)),
  name: optional(text(40)),
  number: optional(integer()),
  at: optional(dateTime()),
  isLate: optional(boolean()),
}
const echo = procedure({ name: 'Echo', parameters: values, rowSets: { values } })
const getTypes = procedure({
  name: 'GetTypes',
  parameters: {},
  rowSets: {
    none: { value: integer() },
    types: {
      padded: text(10),
      large: integer(),
      small: integer(),
      exact: integer(),
      yes: boolean(),
      no: boolean(),
      toSecond: dateTime(),
      toMillisecond: dateTime(),
      finer: dateTime(),
      old: dateTime(),
      elsewhere: dateTime(),
      empty: optional(text(5)),
      nothing: optional(dateTime()),
    },
  },
})
const getDay = procedure({
  name: 'GetDay',
  parameters: {},
  rowSets: { days: { day: dateTime() } },
})
const getNumbers = procedure({
  name: 'Get_Numbers',
  parameters: { limit: integer() },
  rowSets: { page: { total: integer() }, numbers: { number: integer(), name: text(60) } },
})
const getValue = procedure({
  name: 'GetValue',
  parameters: { value: integer() },
  rowSets: { values: { value: integer() } },
})
const countSlowly = procedure({
  name: 'CountSlowly',
  parameters: {},
  rowSets: { counts: { n: integer() } },
})
const refuse = procedure({ name: 'Refuse', parameters: {}, rowSets: {} })
const fail = procedure({
  name: 'Fail',
  parameters: { code: text(20) },
  rowSets: { before: { n: integer() }, after: { n: integer() } },
})
const miss = procedure({ name: 'Miss', parameters: {}, rowSets: {} })

const definitions = [
  `CREATE TABLE dbo.Digit (N int NOT NULL PRIMARY KEY)`,
  `INSERT INTO dbo.Digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)`,
  `CREATE TABLE dbo.Number (Number int NOT NULL PRIMARY KEY, Name nvarchar(60) NOT NULL)`,
  `INSERT INTO dbo.Number
   SELECT 100 * a.N + 10 * b.N + c.N, N'The number, in so many words: 𠮷 Þórshöfn'
   FROM dbo.Digit AS a CROSS JOIN dbo.Digit AS b CROSS JOIN dbo.Digit AS c`,
  `CREATE PROCEDURE dbo.Echo
     @Code nvarchar(10), @Name nvarchar(40), @Number bigint, @At datetime2(3), @IsLate bit
   AS BEGIN
     SET NOCOUNT ON;
     SELECT @Code AS Code, @Name AS Name, @Number AS Number, @At AS At, @IsLate AS IsLate;
   END`,
  `CREATE PROCEDURE dbo.GetTypes AS BEGIN
     SET NOCOUNT ON;
     SELECT N AS Value FROM dbo.Digit WHERE N < 0;
     SELECT
       CAST(N'04200' AS nchar(10)) AS Padded,
       CAST(9007199254740991 AS bigint) AS Large,
       CAST(-5 AS smallint) AS Small,
       CAST(12 AS decimal(9, 0)) AS Exact,
       CAST(1 AS bit) AS Yes,
       CAST(0 AS bit) AS No,
       CAST('2026-08-13T05:00:00' AS datetime2(0)) AS ToSecond,
       CAST('2026-08-13T05:00:00.250' AS datetime2(3)) AS ToMillisecond,
       CAST('2026-08-13T05:00:00.0009' AS datetime2(6)) AS Finer,
       CAST('2026-08-13T05:00:00' AS datetime) AS Old,
       CAST('2026-08-13T06:00:00+01:00' AS datetimeoffset(0)) AS Elsewhere,
       CAST(N'' AS nvarchar(5)) AS Empty,
       CAST(NULL AS datetime2(0)) AS Nothing;
   END`,
  `CREATE PROCEDURE dbo.GetDay AS BEGIN
     SET NOCOUNT ON;
     SELECT CAST('2026-08-13' AS date) AS Day;
   END`,
  `CREATE PROCEDURE dbo.Get_Numbers @Limit int AS BEGIN
     SET NOCOUNT ON;
     SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
     BEGIN TRANSACTION;
     SELECT COUNT(*) AS Total FROM dbo.Number;
     SELECT Number, Name FROM dbo.Number WHERE Number < @Limit ORDER BY Number;
     COMMIT TRANSACTION;
   END`,
  `CREATE PROCEDURE dbo.GetValue @Value int AS SELECT @Value AS Value`,
  // longer than anybody waits here, and not for ever: some servers do not notice who has left
  `CREATE PROCEDURE dbo.CountSlowly AS
   SELECT COUNT(*) AS N
   FROM dbo.Number AS a, dbo.Number AS b, dbo.Digit AS c, dbo.Digit AS d
   WHERE a.Number + b.Number + c.N + d.N < 5`,
  `CREATE PROCEDURE dbo.Refuse AS BEGIN
     SET NOCOUNT ON;
     BEGIN TRANSACTION;
     THROW 51000, N'The session secret-1804 is closed', 7;
   END`,
  `CREATE PROCEDURE dbo.Fail @Code nvarchar(20) AS BEGIN
     SET NOCOUNT ON;
     SELECT 1 AS N;
     SELECT CAST(@Code AS int) AS N;
   END`,
]

const notConnected = { way: 'unreachable', repeat: 'any', code: '70503', attempts: 3 }
const broken = { ...notConnected, repeat: 'reads' }
const timedOut = { way: 'timed out', repeat: 'none', code: '70504', attempts: 1 }
const seven = { values: [{ value: 7 }] }

/** As long as it takes: how fast the server is, is not what is tested. */
const patient = {
  ...settings,
  DATABASE_CONNECT_WITHIN_MS: 10_000,
  DATABASE_QUEUE_WITHIN_MS: 20_000,
  DATABASE_ANSWER_WITHIN_MS: 20_000,
}

const namedServer = process.env.TEST_MSSQL_URL
if (namedServer) {
  describe('an SQL Server', () => describeServer(new URL(namedServer)))
} else {
  describe('not run', () => {
    test.skip('over SQL Server: stored-procedures: TEST_MSSQL_URL names no server', () => undefined)
  })
}

/** @param admin where it is, for somebody who may make databases */
function describeServer(admin: URL): void {
  jest.setTimeout(60_000)
  const { server: host, port, user, password, ...options } = parseAddress(admin)
  const name = `ca_${process.pid}_${randomBytes(4).toString('hex')}`
  let proxy: FaultProxy
  let database: Database
  const opened: Database[] = []

  beforeAll(async () => {
    await asAdministrator('master', [`CREATE DATABASE ${name}`])
    await asAdministrator(name, definitions)
  })

  beforeEach(async () => {
    proxy = await createFaultProxy(port)
    database = await openThere()
  })

  afterEach(async () => {
    // what was under way must not stand in the way of what comes
    await proxy.set('pass')
    for (const each of opened.splice(0)) await each.close()
    await proxy.until(() => proxy.openConnections === 0)
    await proxy.close()
  })

  afterAll(async () => {
    const drop = () => asAdministrator('master', [`DROP DATABASE ${name}`])
    const givingUpAt = performance.now() + 40_000
    // a server may go on for a while with what was cut
    while (performance.now() < givingUpAt) {
      const error = await drop().then(
        () => undefined,
        (failure: Error) => failure,
      )
      if (!error) return
      await pause(500)
    }
    await drop()
  })

  async function asAdministrator(where: string, batches: string[]): Promise<void> {
    const pool = new sql.ConnectionPool({
      server: host,
      port,
      user,
      password,
      database: where,
      options: { ...options, database: where },
      requestTimeout: 60_000,
    })
    await pool.connect()
    try {
      for (const batch of batches) await pool.batch(batch)
    } finally {
      await pool.close()
    }
  }

  async function openThere(
    changed: Partial<typeof settings> = {},
    changeUrl = (_: URL) => {},
  ): Promise<Database> {
    const url = new URL(admin)
    url.host = `127.0.0.1:${proxy.port}`
    url.pathname = `/${name}`
    changeUrl(url)
    const made = await openDatabase({
      name: 'sample',
      url: url.href,
      settings: { ...patient, ...changed },
      telemetry: silent,
      procedures: [echo, getTypes, getDay, getValue, getNumbers, countSlowly, refuse, fail, miss],
    })
    opened.push(made)
    return made
  }

  /** What a call comes to, in a transaction of its own. */
  async function outcomeOf(
    call: () => Promise<unknown>,
    prepare?: (transaction: Transaction) => void,
  ) {
    const transaction = openTransaction('t-00001')
    transaction.isDueWithin(25_000)
    prepare?.(transaction)
    const startedAt = performance.now()
    const outcome = await inTransaction(transaction, call).then(
      (given) => ({ given, failure: undefined }),
      (failure: DependencyFailure) => ({ given: undefined, failure }),
    )
    transaction.end()
    const tookMs = performance.now() - startedAt
    return { ...outcome, attempts: transaction.calls[0]?.attempts, tookMs }
  }

  const getSeven = (from = database) => outcomeOf(() => from.call(getValue, { value: 7 }))

  function expectFailure(
    { failure, attempts }: Awaited<ReturnType<typeof outcomeOf>>,
    expected: { way: string; repeat: string; code: string; attempts: number },
  ) {
    expect(failure).toBeInstanceOf(DependencyFailure)
    const { way, repeat } = failure as DependencyFailure
    const { code } = (failure as DependencyFailure).asFault()
    expect({ way, repeat, code, attempts }).toEqual(expected)
    for (const inside of ['secret', '127.0.0.1', user, password]) {
      expect(failure?.message).not.toContain(inside)
    }
  }

  /**
   * Expects it to be well within 2 s of now, without anything being restarted, whatever time the
   * server needs for the first answer to a new client.
   */
  async function expectHealed(): Promise<void> {
    const wellAgainAt = performance.now()
    let outcome = await getSeven()
    while (!outcome.given && performance.now() - wellAgainAt < 5000) outcome = await getSeven()
    const healedAfterMs = performance.now() - wellAgainAt
    expect(outcome.given).toEqual(seven)
    const { tookMs } = await getSeven(await openThere())
    expect(healedAfterMs).toBeLessThan(2000 + tookMs)
  }

  describe('that is well', () => {
    test('answers with all row sets', async () => {
      expect(await database.call(getNumbers, { limit: 2 })).toStrictEqual({
        page: [{ total: 1000 }],
        numbers: [0, 1].map((number) => ({
          number,
          name: 'The number, in so many words: 𠮷 Þórshöfn',
        })),
      })
      await database.check()
    })

    test('gives back parameters as they are', async () => {
      const given = {
        code: '04200',
        name: `O'Neill's "Þórshöfn" 𠮷田 — %_[a]; DROP--`,
        number: Number.MAX_SAFE_INTEGER,
        at: '2026-08-13T05:00:00.250Z',
        isLate: true,
      }
      expect(await database.call(echo, given)).toStrictEqual({ values: [given] })
      for (const number of [0, 2147483647, 2147483648, -2147483648, -2147483649]) {
        expect(await database.call(echo, { number, isLate: false })).toStrictEqual({
          values: [{ number, isLate: false }],
        })
      }
      expect(await database.call(echo, {})).toStrictEqual({ values: [{}] })
    })

    test('gives every type as the value that it is', async () => {
      expect(await database.call(getTypes, {})).toStrictEqual({
        none: [],
        types: [
          {
            padded: '04200',
            large: 9007199254740991,
            small: -5,
            exact: 12,
            yes: true,
            no: false,
            toSecond: '2026-08-13T05:00:00Z',
            toMillisecond: '2026-08-13T05:00:00.250Z',
            finer: '2026-08-13T05:00:00Z',
            old: '2026-08-13T05:00:00Z',
            elsewhere: '2026-08-13T05:00:00Z',
          },
        ],
      })
    })

    test('gives a day, which is no moment', async () => {
      const { failure } = await outcomeOf(() => database.call(getDay, {}))
      expect(failure?.message).toBe(
        'sample failed: GetDay: row set days: column Day holds what is not dateTime',
      )
    })

    test('answers many at once over a few connections', async () => {
      const few = await openThere({ DATABASE_POOL_SIZE: 3 })
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => getSeven(few)))
      for (const { given } of outcomes) expect(given).toEqual(seven)
      expect(proxy.openConnections).toBeLessThanOrEqual(3)
    })
  })

  describe('that does not give an answer', () => {
    const none = { repeat: 'none', code: '60006', attempts: 1 }

    test('refuses', async () => {
      const outcome = await outcomeOf(() => database.call(refuse, {}))
      expectFailure(outcome, { ...none, way: 'refused' })
      expect(outcome.failure?.message).toBe('sample refused: error 51000, state 7')
      expect(outcome.failure?.cause).toMatchObject({ message: 'The session secret-1804 is closed' })
    })

    test('fails after its first row set', async () => {
      const outcome = await outcomeOf(() => database.call(fail, { code: 'secret-1804' }))
      expectFailure(outcome, { ...none, way: 'failed' })
      expect(await outcomeOf(() => database.call(fail, { code: '7' }))).toMatchObject({
        given: { before: [{ n: 1 }], after: [{ n: 7 }] },
      })
    })

    test('has no such procedure', async () => {
      expectFailure(await outcomeOf(() => database.call(miss, {})), { ...none, way: 'failed' })
    })

    test('lets nobody in with a wrong password', async () => {
      const stranger = await openThere({}, (url) => {
        url.password = 'secret-wrong'
      })
      expectFailure(await getSeven(stranger), notConnected)
      await expect(stranger.check()).rejects.toMatchObject({ way: 'unreachable' })
    })

    test('has no such database', async () => {
      const nowhere = await openThere({}, (url) => {
        url.pathname = '/secret_nowhere'
      })
      expectFailure(await getSeven(nowhere), notConnected)
    })

    test('keeps nothing open that a refused call has begun', async () => {
      const one = await openThere({ DATABASE_POOL_SIZE: 1 })
      const { given } = await getSeven(one)
      expect(given).toBeDefined()
      const { connections } = proxy
      await outcomeOf(() => one.call(refuse, {}))
      expect(await getSeven(one)).toMatchObject({ given: seven, attempts: 1 })
      expect(proxy.connections).toBe(connections)
    })
  })

  describe('that takes too long', () => {
    test('is no longer waited for, and its connection is free again', async () => {
      const one = await openThere({ DATABASE_POOL_SIZE: 1 })
      await getSeven(one)
      const outcome = await outcomeOf(
        () => one.call(countSlowly, {}),
        (transaction) => transaction.isDueWithin(2500),
      )
      expectFailure(outcome, timedOut)
      expect(outcome.tookMs).toBeLessThan(3000)
      expect(await getSeven(one)).toMatchObject({ given: seven, attempts: 1 })
      expect(proxy.openConnections).toBe(1)
    })

    test('is free again when nobody waits any more', async () => {
      const one = await openThere({ DATABASE_POOL_SIZE: 1 })
      await getSeven(one)
      const outcome = await outcomeOf(
        () => one.call(countSlowly, {}),
        (transaction) => setTimeout(() => transaction.callerLeft(), 2500),
      )
      expect(outcome.failure).toBeInstanceOf(CallerLeft)
      expect(await getSeven(one)).toMatchObject({ given: seven, attempts: 1 })
      expect(proxy.openConnections).toBe(1)
    })

    test('uses the pool up', async () => {
      const one = await openThere({ DATABASE_POOL_SIZE: 1, DATABASE_QUEUE_WITHIN_MS: 1500 })
      await getSeven(one)
      const running = outcomeOf(
        () => one.call(countSlowly, {}),
        (transaction) => transaction.isDueWithin(3000),
      )
      const outcome = await getSeven(one)
      expectFailure(outcome, { ...notConnected, repeat: 'none', attempts: 1 })
      expect(outcome.failure?.message).toBe('sample unreachable: all 1 connections are in use')
      expect(outcome.tookMs).toBeGreaterThanOrEqual(1495)
      expect(outcome.tookMs).toBeLessThan(2000)
      expectFailure(await running, timedOut)
      expect(await getSeven(one)).toMatchObject({ given: seven, attempts: 1 })
    })
  })

  describe('behind a wire', () => {
    beforeEach(async () => {
      database = await openThere({
        DATABASE_CONNECT_WITHIN_MS: 1000,
        DATABASE_ANSWER_WITHIN_MS: 3000,
      })
    })

    test.each<[string, WireFault]>([
      ['refuses', 'refuse'],
      ['hangs', 'hang'],
      ['is gone, and nobody says so', 'blackhole'],
      ['resets every connection', 'resetAtOnce'],
      ['speaks no known protocol', 'garbage'],
      ['resets instead of an answer', { resetAfter: 0 }],
      ['ends instead of an answer', { cutAfter: 0 }],
      ['resets in its first answer', { resetAfter: 20 }],
      ['resets in its second answer', { resetAfter: 200 }],
      ['ends in its second answer', { cutAfter: 200 }],
      ['hangs in its second answer', { hangAfter: 200 }],
      ['trickles', { trickle: 1, everyMs: 200 }],
    ])('that %s is not connected to, and is well when that ends', async (_, fault) => {
      await proxy.set(fault)
      const outcome = await getSeven()
      expectFailure(outcome, notConnected)
      expect(outcome.tookMs).toBeLessThan(3 * 1000 + 1000)
      await proxy.set('pass')
      await expectHealed()
    })

    const ended = [
      ['refuses from now on', 'refuse', notConnected],
      ['resets every connection', 'resetAtOnce', notConnected],
      ['resets instead of an answer', { resetAfter: 0 }, notConnected],
      ['ends instead of an answer', { cutAfter: 0 }, notConnected],
      ['hangs', 'hang', timedOut],
      ['is gone, and nobody says so', 'blackhole', timedOut],
      // without encryption it can be taken for the beginning of a long answer
      ['speaks no known protocol', 'garbage', options.encrypt ? notConnected : timedOut],
      ['hangs instead of an answer', { hangAfter: 0 }, timedOut],
      ['trickles', { trickle: 1, everyMs: 500 }, timedOut],
    ] satisfies [string, WireFault, typeof broken][]
    test.each(ended)('that %s when it was connected to', async (_, fault, expected) => {
      expect((await getSeven()).given).toEqual(seven)
      await proxy.set(fault)
      const outcome = await getSeven()
      expectFailure(outcome, expected)
      expect(outcome.tookMs).toBeLessThan(3000 + 1000)
      await proxy.set('pass')
      await expectHealed()
    })

    test.each<[string, WireFault, typeof broken]>([
      ['is reset', { resetAfter: 8000 }, broken],
      ['is ended', { cutAfter: 8000 }, broken],
      ['hangs', { hangAfter: 8000 }, timedOut],
    ])('that %s in a long answer', async (_, fault, expected) => {
      const slow = await openThere()
      const getAll = () => slow.call(getNumbers, { limit: 1000 })
      expect((await getAll()).numbers).toHaveLength(1000)
      await proxy.set(fault)
      const outcome = await outcomeOf(getAll, (transaction) => {
        if (expected === timedOut) transaction.isDueWithin(3000)
      })
      expectFailure(outcome, expected)
      await proxy.set('pass')
      await expectHealed()
    })

    test('breaks with a call in flight, which is made again', async () => {
      expect((await getSeven()).given).toEqual(seven)
      await proxy.set({ hangAfter: 0 })
      const inFlight = getSeven()
      await proxy.until(() => proxy.openConnections === 1)
      await proxy.set('refuse')
      await proxy.set('pass')
      expect(await inFlight).toMatchObject({ given: seven, attempts: 2 })
    })
  })
}
