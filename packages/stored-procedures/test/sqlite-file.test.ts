import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { inTransaction, openTransaction } from '@ca/telemetry'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Database, integer, procedure } from '../src/index.ts'
import { cleanUp, openSample, temporaryFolder } from './sample-database.ts'

afterEach(cleanUp)

const getCounts = procedure({
  name: 'GetCounts',
  parameters: {},
  rowSets: { before: { count: integer() }, after: { count: integer() } },
})

const definition = {
  procedures: [getCounts],
  tables: 'CREATE TABLE Counter (Count INTEGER NOT NULL) STRICT;',
  sampleData: 'INSERT INTO Counter VALUES (1);',
  files: {
    GetCounts: `
-- row set: before
SELECT Count FROM Counter;
-- row set: after
SELECT Count FROM Counter;`,
  },
}

const openAt = (path: string, sampleData = definition.sampleData) =>
  openSample({ ...definition, sampleData }, { url: `sqlite:${path}` })

const countIn = async (sample: Database) => (await sample.call(getCounts, {})).before[0]?.count

const writing = `
  const { workerData } = require('node:worker_threads')
  const { DatabaseSync } = require('node:sqlite')
  const connection = new DatabaseSync(workerData, { timeout: 5000 })
  const write = connection.prepare('UPDATE Counter SET Count = Count + 1')
  for (;;) write.run()`

/** A connection of somebody else's. */
function elsewhere(path: string, sql: string): DatabaseSync {
  const connection = new DatabaseSync(path)
  connection.exec(sql)
  return connection
}

describe('a database in a file', () => {
  test('is made where there is none, and left as it is where there is one', async () => {
    const path = join(temporaryFolder(), 'sample 1.db')
    const url = path.replace(' ', '%20')
    expect(await countIn(await openAt(url))).toBe(1)
    elsewhere(path, 'UPDATE Counter SET Count = 7').close()
    expect(await countIn(await openAt(url))).toBe(7)
  })

  test('is filled where the file is empty', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    writeFileSync(path, '')
    expect(await countIn(await openAt(path))).toBe(1)
  })

  test('is not left half made', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    await expect(openAt(path, 'INSERT INTO Counter VALUES (NULL)')).rejects.toThrow(
      /^Database sample: .*sample\.db: .*sample-data\.sql: NOT NULL constraint failed/,
    )
    expect(await countIn(await openAt(path))).toBe(1)
  })

  test('is not made in a directory that does not exist', async () => {
    const path = join(temporaryFolder(), 'missing', 'sample.db')
    await expect(openAt(path)).rejects.toThrow(
      `Database sample: ${path}: its directory does not exist`,
    )
    expect(existsSync(join(path, '..'))).toBe(false)
  })

  test.each([
    ['is a directory', (path: string) => mkdirSync(path), 'unable to open database file'],
    ['is no database', (path: string) => writeFileSync(path, 'a letter'), 'file is not a database'],
    [
      'is another database',
      (path: string) => elsewhere(path, 'CREATE TABLE Other (a)').close(),
      'no such table: Counter',
    ],
  ])('does not open where it %s', async (_, make, complaint) => {
    const path = join(temporaryFolder(), 'sample.db')
    make(path)
    const failure = await openAt(path).catch((error) => error)
    expect(failure.message).toMatch(/^Database sample: .*$/)
    expect(failure.message).toContain(complaint)
  })

  test.each(['PRAGMA query_only = 0', "ATTACH ':memory:' AS more", 'DELETE FROM Counter'])(
    'is only read: %s',
    async (sql) => {
      const path = join(temporaryFolder(), 'sample.db')
      const files = { GetCounts: `-- row set: before\n${sql}\n-- row set: after\n${sql}` }
      await expect(openSample({ ...definition, files }, { url: `sqlite:${path}` })).rejects.toThrow(
        /GetCounts\.sql: not authorized$/,
      )
    },
  )

  test('cannot be reached while a writer has it locked, which three attempts find', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    const sample = await openAt(path)
    const writer = elsewhere(path, 'BEGIN EXCLUSIVE')
    const transaction = openTransaction('t-00001')
    await expect(
      inTransaction(transaction, () => sample.call(getCounts, {})),
    ).rejects.toMatchObject({
      way: 'unreachable',
      message: 'sample unreachable: the file is locked by a writer',
    })
    expect(transaction.calls).toMatchObject([{ attempts: 3, outcome: 'unreachable' }])
    writer.close()
  })

  test('answers the second attempt when the writer is done by then', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    const sample = await openAt(path)
    const writer = elsewhere(path, 'BEGIN EXCLUSIVE; UPDATE Counter SET Count = 2')
    const transaction = openTransaction('t-00001')
    const startedAt = performance.now()
    const answer = inTransaction(transaction, () => sample.call(getCounts, {}))
    // SQLite would wait for the lock inside the call, and nothing else would run
    expect(performance.now() - startedAt).toBeLessThan(1000)
    writer.exec('COMMIT')
    expect((await answer).before).toEqual([{ count: 2 }])
    expect(transaction.calls).toMatchObject([{ attempts: 2, outcome: 'answered' }])
    writer.close()
  })

  test('cannot be reached while the file is gone, and heals when one is there again', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    const sample = await openAt(path)
    renameSync(path, `${path}.away`)
    await expect(sample.call(getCounts, {})).rejects.toMatchObject({
      way: 'unreachable',
      message: 'sample unreachable: the file is gone',
    })
    await expect(sample.check()).rejects.toThrow()

    elsewhere(path, 'CREATE TABLE Counter (Count); INSERT INTO Counter VALUES (9)').close()
    expect(await countIn(sample)).toBe(9)
    await sample.check()

    rmSync(path)
    renameSync(`${path}.away`, path)
    expect(await countIn(sample)).toBe(1)
  })

  test('fails, and is not tried again, when the file is damaged', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    const sample = await openAt(path)
    rmSync(path)
    writeFileSync(path, 'a letter')
    const transaction = openTransaction('t-00001')
    await expect(
      inTransaction(transaction, () => sample.call(getCounts, {})),
    ).rejects.toMatchObject({ way: 'failed', repeat: 'none' })
    expect(transaction.calls).toMatchObject([{ attempts: 1, outcome: 'failed' }])
  })

  test('shows all row sets of a call one state, however much is written', async () => {
    const path = join(temporaryFolder(), 'sample.db')
    const sample = await openAt(path)
    elsewhere(path, 'PRAGMA journal_mode = WAL').close()
    const writer = new Worker(writing, { eval: true, workerData: path })
    let isWriting = true
    for (const end of ['exit', 'error']) {
      writer.once(end, () => {
        isWriting = false
      })
    }
    const counts = new Set<number | undefined>()
    let differed = 0
    while (isWriting && counts.size < 200) {
      const { before, after } = await sample.call(getCounts, {})
      if (after[0]?.count !== before[0]?.count) differed += 1
      counts.add(before[0]?.count)
      // a call comes back without a turn of the event loop, in which the writer could be heard of
      await nextTurn()
    }
    await writer.terminate()
    expect([counts.size, differed]).toEqual([200, 0])
  })
})
