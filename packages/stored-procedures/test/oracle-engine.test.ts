import { execFileSync } from 'node:child_process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DependencyFailure } from '@ca/faults'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import oracledb from 'oracledb'
import type { Engine } from '../src/engine.ts'
import {
  boolean,
  dateTime,
  integer,
  optional,
  type Procedure,
  procedure,
  text,
} from '../src/index.ts'
import { openWith } from '../src/oracle/engine.ts'
import { parametersOf } from '../src/parameters.ts'
import type { Value } from '../src/value-types.ts'
import {
  brokenConnection,
  createStandIn,
  cursor,
  number,
  type Script,
  type StandIn,
  type StandInCursor,
  serverError,
  varchar,
} from './oracle-stand-in.ts'

const getPapers = procedure({
  name: 'GetPapers',
  parameters: { sessionId: integer() },
  rowSets: {
    page: { total: integer() },
    papers: { paperId: text(3), maximumMark: optional(integer()) },
  },
})
const key = { sessionId: 1804 }

const given: { engine: Engine; standIn: StandIn }[] = []

afterEach(async () => {
  jest.restoreAllMocks()
  for (const { engine, standIn } of given.splice(0)) {
    await engine.close()
    await standIn.listener.until(() => standIn.listener.openConnections === 0)
    await standIn.listener.refuse()
  }
})

/** The engine over a driver that is none. */
async function openOver(script?: Script, size = 2) {
  const standIn = await createStandIn()
  if (script) standIn.answer(script)
  const engine = await openWith(standIn.driver, {
    name: 'sample',
    url: new URL(`oracle://reader:secret@127.0.0.1:${standIn.port}/PDB`),
    folder: '',
    pool: { size, connectWithinMs: 300, queueWithinMs: 100 },
  })
  given.push({ engine, standIn })
  const call = (
    values: Record<string, Value> = key,
    { signal = new AbortController().signal, withinMs = 2000 } = {},
    described: Procedure = getPapers,
  ) => engine.prepare(described)(parametersOf(described, values), { signal, withinMs })
  /** Waits until what a call leaves behind is done, as it is seen by the connection. */
  const isAtRest = async () => {
    const patience = AbortSignal.timeout(5000)
    for (const { done } of standIn.sessions) {
      while (!/rollback|close/.test(done.at(-1) ?? ''))
        await nextTurn(undefined, { signal: patience })
    }
    await nextTurn()
  }
  return { engine, standIn, call, isAtRest }
}

/** Cursors for {@link getPapers}, and what became of them. */
function papers(read?: () => Promise<unknown[][]>) {
  const cursors: StandInCursor[] = []
  const script: Script = async () => {
    const page = cursor([['TOTAL', number]], [['2']])
    const rows = cursor(
      [
        ['MAXIMUMMARK', number],
        ['PAPERID', varchar],
      ],
      [
        ['80', '01'],
        [null, '02'],
      ],
      read,
    )
    cursors.push(page, rows)
    return { r0: page, r1: rows }
  }
  return { cursors, script }
}

const never = () => new Promise<never>(() => {})

describe('a call of a procedure of Oracle’s', () => {
  test('is one block, in a transaction that only reads', async () => {
    const described = procedure({
      name: 'GetThings',
      parameters: { code: text(5), at: dateTime(), isLate: boolean(), limit: integer() },
      rowSets: { things: {} },
    })
    const calls: Parameters<Script>[0][] = []
    const { call } = await openOver(async (each) => {
      calls.push(each)
      return { r0: cursor([], []) }
    })
    const values = { code: '04é', at: '2026-08-13T05:00:00Z', isLate: true, limit: 2147483647 }
    await call(values, {}, described)

    expect(calls[0]?.sql).toBe(
      [
        'BEGIN',
        '  SET TRANSACTION READ ONLY;',
        '  SAMPLE.GetThings(Code => :p0, ' +
          `At => TO_TIMESTAMP(:p1, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'), ` +
          'IsLate => :p2, Limit => :p3, Things => :r0);',
        'END;',
      ].join('\n'),
    )
    expect(calls[0]?.binds).toEqual({
      p0: { type: oracledb.DB_TYPE_NVARCHAR, val: '04é' },
      p1: { type: oracledb.DB_TYPE_VARCHAR, val: '2026-08-13T05:00:00.000Z' },
      p2: { type: oracledb.DB_TYPE_NUMBER, val: 1 },
      p3: { type: oracledb.DB_TYPE_NUMBER, val: 2147483647 },
      r0: { dir: oracledb.BIND_OUT, type: oracledb.DB_TYPE_CURSOR },
    })
  })

  test('hands null over with its type', async () => {
    const described = procedure({
      name: 'GetThings',
      parameters: {
        code: optional(text(5)),
        at: optional(dateTime()),
        isLate: optional(boolean()),
        limit: optional(integer()),
      },
      rowSets: {},
    })
    const calls: Parameters<Script>[0][] = []
    const { call } = await openOver(async (each) => {
      calls.push(each)
      return {}
    })
    await call({}, {}, described)
    expect(calls[0]?.binds).toEqual({
      p0: { type: oracledb.DB_TYPE_NVARCHAR, val: null },
      p1: { type: oracledb.DB_TYPE_VARCHAR, val: null },
      p2: { type: oracledb.DB_TYPE_NUMBER, val: null },
      p3: { type: oracledb.DB_TYPE_NUMBER, val: null },
    })
  })

  test('answers with all row sets, their columns by the names that are described', async () => {
    const { script } = papers()
    const { call } = await openOver(script)
    expect(await call()).toEqual([
      { columns: ['Total'], rows: [[2n]] },
      {
        columns: ['MaximumMark', 'PaperId'],
        rows: [
          [80n, '01'],
          [null, '02'],
        ],
      },
    ])
  })

  test('leaves a column that is not described under its own name', async () => {
    const { call } = await openOver(async () => ({
      r0: cursor([['TOTALS', number]], []),
      r1: cursor([['PAPERID', varchar]], []),
    }))
    expect(await call()).toMatchObject([{ columns: ['TOTALS'] }, { columns: ['PaperId'] }])
  })

  test('closes its cursors, ends its transaction and gives its connection back', async () => {
    const { cursors, script } = papers()
    const { call, standIn, isAtRest } = await openOver(script)
    await call()
    await isAtRest()
    await call()
    await isAtRest()
    expect(cursors.map(({ closed }) => closed)).toEqual([1, 1, 1, 1])
    expect(standIn.sessions.map(({ done }) => done)).toEqual([
      ['execute', 'rollback', 'execute', 'rollback'],
    ])
  })

  test('asks for whole numbers as text, and for all else as it is', async () => {
    const types: unknown[] = []
    const { call } = await openOver(async ({ options }) => {
      for (const dbType of [number, varchar, oracledb.DB_TYPE_TIMESTAMP_TZ]) {
        types.push(options.fetchTypeHandler?.({ name: 'X', dbType }))
      }
      return { r0: cursor([], []), r1: cursor([], []) }
    })
    await call()
    expect(types).toEqual([
      { type: varchar },
      { type: varchar },
      { type: oracledb.DB_TYPE_TIMESTAMP_TZ },
    ])
  })
})

/** What a column of this type with this value is handed over as. */
async function read(type: oracledb.DbType, value: unknown) {
  const { call } = await openOver(async () => ({
    r0: cursor([['TOTAL', type]], [[value]]),
    r1: cursor([], []),
  }))
  const [page] = await call()
  return page?.rows[0]?.[0]
}

describe('a column of Oracle’s', () => {
  const moment = new Date('2026-08-13T05:00:00.250Z')
  const shown = new Date(2026, 7, 13, 5, 0, 0, 250)
  test.each([
    ['a whole number', number, '-12', -12n],
    ['one that JavaScript would round', number, '9007199254740993', 9007199254740993n],
    ['a fraction, which nothing is described as', number, '9007199254740990.5', Number.NaN],
    ['a double', oracledb.DB_TYPE_BINARY_DOUBLE, 5, 5],
    ['a boolean', oracledb.DB_TYPE_BOOLEAN, true, true],
    ['text with its padding', oracledb.DB_TYPE_CHAR, 'R031      ', 'R031      '],
    ['text of every script', oracledb.DB_TYPE_NVARCHAR, 'مدرسة 😀', 'مدرسة 😀'],
    ['a moment with a zone', oracledb.DB_TYPE_TIMESTAMP_TZ, moment, '2026-08-13T05:00:00.250Z'],
    [
      'one in the zone of the session',
      oracledb.DB_TYPE_TIMESTAMP_LTZ,
      moment,
      '2026-08-13T05:00:00.250Z',
    ],
    ['one without a zone', oracledb.DB_TYPE_TIMESTAMP, shown, '2026-08-13T05:00:00.250Z'],
    ['a DATE', oracledb.DB_TYPE_DATE, new Date(2024, 1, 29), '2024-02-29T00:00:00.000Z'],
    ['null', oracledb.DB_TYPE_DATE, null, null],
  ])('is read: %s', async (_, type, value, expected) => {
    expect(await read(type, value)).toBe(expected)
  })

  test('is refused by name when it is of another type', async () => {
    await expect(read(oracledb.DB_TYPE_RAW, Buffer.from('01'))).rejects.toThrow(
      'column Total is RAW',
    )
  })

  test.each([
    ['UTC', '2026-03-29T01:30:00.000Z'],
    ['Europe/London', 'column X cannot be told in the time zone of this process: run it in UTC'],
    ['America/New_York', '2026-03-29T01:30:00.000Z'],
  ])('is read in the time zone %s, or refused where that cannot tell', (zone, expected) => {
    const values = fileURLToPath(new URL('../src/oracle/values.ts', import.meta.url))
    const script = `
      import oracledb from 'oracledb'
      import { readColumn } from ${JSON.stringify(values)}
      const column = { name: 'X', dbType: oracledb.DB_TYPE_TIMESTAMP }
      try { console.log(readColumn(column, new Date(2026, 2, 29, 1, 30))) }
      catch (error) { console.log(error.message) }`
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
    })
    expect(printed.trim()).toBe(expected)
  })
})

/** What a call comes to that throws this. */
async function failWith(error: Error, lose = false) {
  const { call, standIn, isAtRest } = await openOver(async ({ session }) => {
    if (lose) session.lose()
    throw error
  })
  const failure = await call().catch((reason) => reason)
  await isAtRest()
  return { failure, done: standIn.sessions[0]?.done }
}

describe('a failure of Oracle’s', () => {
  const kept = ['execute', 'rollback']
  const ended = ['execute', 'close']

  test.each<[number, string, string, string]>([
    [20000, 'no such session', 'refused', 'ORA-20000'],
    [20999, 'no such session', 'refused', 'ORA-20999'],
    [19999, 'secret', 'failed', 'ORA-19999'],
    [21000, 'secret', 'failed', 'ORA-21000'],
    [
      6550,
      "line 3, column 3:\nPLS-00201: identifier 'GETPAPERS' must be declared",
      'failed',
      'ORA-06550, PLS-00201',
    ],
    [1456, 'may not perform insert in a READ ONLY transaction', 'failed', 'ORA-01456'],
    [1031, 'insufficient privileges', 'failed', 'ORA-01031'],
  ])('is told: ORA-%i, %s', async (number_, message, way, what) => {
    const { failure, done } = await failWith(serverError(number_, message))
    expect(failure).toBeInstanceOf(DependencyFailure)
    expect(failure).toMatchObject({ way, repeat: 'none', message: `sample ${way}: ${what}` })
    expect(done).toEqual(kept)
  })

  test.each([
    [60, 'the server chose it to end a deadlock (ORA-00060)'],
    [1466, 'a table was changed while it was read (ORA-01466)'],
    [1555, 'the state that it read is no longer kept (ORA-01555)'],
    [4068, 'the procedure was replaced while it ran (ORA-04068)'],
  ])('that passes is tried again: ORA-%i', async (number_, what) => {
    const { failure, done } = await failWith(serverError(number_))
    expect(failure).toMatchObject({
      way: 'unreachable',
      repeat: 'reads',
      message: `sample unreachable: ${what}`,
    })
    expect(done).toEqual(kept)
  })

  test.each([
    ['the connection breaks', brokenConnection(), true, 'NJS-500'],
    ['the driver has given it up', brokenConnection(), false, 'NJS-500'],
    [
      'the server says that it ends it',
      Object.assign(serverError(3113), { code: 'NJS-500' }),
      true,
      'NJS-500, ORA-03113',
    ],
    [
      'what comes cannot be read',
      Object.assign(new Error('NJS-103: unexpected message type'), { code: 'NJS-103' }),
      true,
      'NJS-103',
    ],
  ])('is a connection that broke where %s', async (_, error, isLost, codes) => {
    const { failure } = await failWith(error, isLost)
    expect(failure).toMatchObject({
      way: 'unreachable',
      repeat: 'reads',
      message: `sample unreachable: the connection broke (${codes})`,
    })
  })

  test('of the driver on a connection that is there is no reason to use that again', async () => {
    const error = Object.assign(new Error('NJS-107: invalid cursor'), { code: 'NJS-107' })
    const { failure, done } = await failWith(error)
    expect(failure).toMatchObject({
      way: 'failed',
      repeat: 'none',
      message: 'sample failed: NJS-107',
    })
    expect(done).toEqual(ended)
  })

  test('in reading closes the cursors, and keeps the connection where it is well', async () => {
    const { cursors, script } = papers(async () => {
      throw serverError(1722)
    })
    const { call, standIn, isAtRest } = await openOver(script)
    await expect(call()).rejects.toThrow('sample failed: ORA-01722')
    await isAtRest()
    expect(cursors.map(({ closed }) => closed)).toEqual([1, 1])
    expect(standIn.sessions[0]?.done).toEqual(kept)
  })

  test('of a connection ends those as well that nobody uses', async () => {
    const { script } = papers()
    const { call, standIn, isAtRest } = await openOver(script)
    await Promise.all([call(), call()])
    await isAtRest()
    standIn.answer(async ({ session }) => {
      session.lose()
      throw brokenConnection()
    })
    await expect(call()).rejects.toThrow('the connection broke')
    await standIn.listener.until(() => standIn.listener.openConnections === 0)
    standIn.answer(script)
    await call()
    expect(standIn.sessions).toHaveLength(3)
  })
})

describe('the time for a call of Oracle’s', () => {
  const hang: Script = () => never()

  test('ends it at the server, and the connection with it', async () => {
    const { call, standIn, isAtRest } = await openOver(hang)
    const startedAt = performance.now()
    await expect(call(key, { withinMs: 50 })).rejects.toMatchObject({
      way: 'timed out',
      repeat: 'none',
      message: 'sample timed out: no answer in time',
    })
    expect(performance.now() - startedAt).toBeLessThan(900)
    await isAtRest()
    expect(standIn.sessions[0]?.done).toEqual(['execute', 'break', 'close'])
  })

  test('ends it while rows are read, and closes the cursors', async () => {
    const { cursors, script } = papers(never)
    const { call, standIn, isAtRest } = await openOver(async (each) => {
      const opened = await script(each)
      const rows = opened.r1
      if (rows) {
        const { getRows } = rows
        rows.getRows = () => each.session.orEnd(getRows())
      }
      return opened
    })
    await expect(call(key, { withinMs: 50 })).rejects.toMatchObject({ way: 'timed out' })
    await isAtRest()
    expect(standIn.sessions[0]?.done).toEqual(['execute', 'break', 'close'])
    expect(cursors.map(({ closed }) => closed)).toEqual([1, 1])
  })

  test('cuts the connection where the server does not heed it, and frees its place', async () => {
    const { call, standIn } = await openOver(({ session }) => {
      session.heeds = false
      return never()
    }, 1)
    await expect(call(key, { withinMs: 50 })).rejects.toMatchObject({ way: 'timed out' })
    await expect(call()).rejects.toThrow('sample unreachable: all 1 connections are in use')
    await standIn.listener.until(() => standIn.listener.openConnections === 0)
    const { script } = papers()
    standIn.answer(script)
    await nextTurn()
    expect(await call()).toHaveLength(2)
    expect(standIn.sessions).toHaveLength(2)
  })

  test('is over when the signal says so, with its reason', async () => {
    const { call, standIn, isAtRest } = await openOver(hang)
    const caller = new AbortController()
    const calling = call(key, { signal: caller.signal })
    await standIn.listener.until(() => standIn.listener.openConnections === 1)
    await nextTurn()
    caller.abort(new Error('the caller left'))
    await expect(calling).rejects.toThrow('the caller left')
    await isAtRest()
    expect(standIn.sessions[0]?.done.slice(1)).toEqual(['break', 'close'])
  })

  test('does not spoil a connection that was still being made', async () => {
    const { call, standIn, isAtRest } = await openOver(papers().script)
    const login = Promise.withResolvers<void>()
    standIn.login(() => login.promise)
    await expect(call(key, { withinMs: 50 })).rejects.toMatchObject({ way: 'timed out' })
    login.resolve()
    while (standIn.sessions.length === 0) await nextTurn()
    await isAtRest()
    expect(await call()).toHaveLength(2)
    expect(standIn.sessions.map(({ done }) => done.slice(0, 2))).toEqual([['rollback', 'execute']])
  })
})

describe('the connections to Oracle', () => {
  test('are as many as the pool has, and no more', async () => {
    const answers = Promise.withResolvers<void>()
    const { script } = papers()
    const { call, standIn } = await openOver(async (each) => {
      await answers.promise
      return script(each)
    }, 2)
    const calls = [call(), call()]
    await expect(call()).rejects.toMatchObject({
      way: 'unreachable',
      repeat: 'none',
      message: 'sample unreachable: all 2 connections are in use',
    })
    const waiting = call()
    answers.resolve()
    expect(await Promise.all([...calls, waiting])).toHaveLength(3)
    expect(standIn.sessions).toHaveLength(2)
  })

  test('are not lent any more when the server has closed them', async () => {
    const { script } = papers()
    const { call, standIn, isAtRest } = await openOver(script)
    await call()
    await isAtRest()
    standIn.sessions[0]?.lose()
    await standIn.listener.until(() => standIn.listener.openConnections === 0)
    await call()
    expect(standIn.sessions).toHaveLength(2)
  })

  test.each([
    [29_000, true, ['execute', 'rollback', 'execute']],
    [31_000, true, ['execute', 'rollback', 'ping']],
    [31_000, false, ['execute', 'rollback', 'ping']],
  ])('show after %i ms at rest that they are there: %p', async (restMs, heeds, done) => {
    const { script } = papers()
    const { call, standIn, isAtRest } = await openOver(script)
    await call()
    await isAtRest()
    const [first] = standIn.sessions
    if (first) first.heeds = heeds
    const now = performance.now.bind(performance)
    jest.spyOn(performance, 'now').mockImplementation(() => now() + restMs)
    expect(await call()).toHaveLength(2)
    expect(first?.done.slice(0, 3)).toEqual(done)
    expect(standIn.sessions).toHaveLength(heeds ? 1 : 2)
  })

  test('are closed when a transaction cannot be ended on them', async () => {
    const { script } = papers()
    const { call, standIn } = await openOver(async (each) => {
      each.session.heeds = false
      return script(each)
    })
    await call()
    await standIn.listener.until(() => standIn.listener.openConnections === 1)
    await standIn.listener.until(() => standIn.listener.openConnections === 0)
    expect(standIn.sessions[0]?.done.slice(0, 2)).toEqual(['execute', 'rollback'])
  })

  test('are closed with the database, which waits for what is under way', async () => {
    const answers = Promise.withResolvers<void>()
    const { script } = papers()
    const { call, engine, standIn } = await openOver(async (each) => {
      await answers.promise
      return script(each)
    })
    const calling = call()
    await standIn.listener.until(() => standIn.listener.openConnections === 1)
    const closing = engine.close()
    await expect(call()).rejects.toThrow('it is closed')
    answers.resolve()
    expect(await calling).toHaveLength(2)
    await closing
    expect(standIn.sessions[0]?.done).toEqual(['execute', 'rollback', 'close'])
  })

  test('tell by a ping whether the database answers', async () => {
    const { engine, standIn, isAtRest } = await openOver()
    const limits = { signal: new AbortController().signal, withinMs: 100 }
    await engine.check(limits)
    await isAtRest()
    expect(standIn.sessions[0]?.done).toEqual(['ping', 'rollback'])
    if (standIn.sessions[0]) standIn.sessions[0].heeds = false
    await expect(engine.check(limits)).rejects.toThrow('sample timed out: no answer in time')
  })
})
