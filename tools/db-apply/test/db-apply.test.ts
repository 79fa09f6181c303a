import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const main = join(import.meta.dirname, '../src/main.ts')
const home = mkdtempSync(join(tmpdir(), 'db-apply-'))
afterAll(() => rmSync(home, { recursive: true }))

let files = 0
const newFile = () => join(home, `${++files}.db`)

/** Runs the tool as it is run. @returns what it printed and how it ended */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, out, error }
}

describe('called wrongly, it says so and how it is called', () => {
  test.concurrent.each([
    ['without a name', [], /^Say which database: ci-direct, eps, interchange, libs$/],
    ['with a name that there is not', ['esp', 'sqlite:/x'], /^There is no database esp: ci-direct/],
    ['with the folder of tests', ['test', 'sqlite:/x'], /^There is no database test/],
    ['with a way out of the folder', ['../databases/eps', 'sqlite:/x'], /^There is no database/],
    ['with the URL first', ['mssql://sa:hunter2@db/eps', 'eps'], /name comes before its URL/],
    ['without a URL', ['eps'], /^Say where eps is: its URL$/],
    ['with two URLs', ['eps', 'sqlite:/x', 'sqlite:/y'], /more than a name and a URL$/],
    ['with an unknown option', ['eps', 'sqlite:/x', '--force'], /^Unknown option '--force'$/],
    ['with what is no URL', ['eps', 'hunter2'], /^The URL is none/],
    ['with half a URL', ['eps', 'mssql://sa:hunter2@'], /^The URL is none/],
    ['with a password as it is', ['eps', 'mssql://sa:hunter2/#@db/eps'], /^The URL is none/],
    ['with another scheme', ['eps', 'postgres://sa:hunter2@db/eps'], /has to begin with sqlite:/],
    ['with a relative file', ['eps', 'sqlite:eps.db'], /^its URL has to be sqlite:/],
    ['with memory', ['eps', 'sqlite:'], /^sqlite: alone is in memory/],
    [
      'for Oracle, where it is not',
      ['eps', 'oracle://s:hunter2@db/x'],
      /^eps is not defined for O/,
    ],
    [
      'for SQL Server, where it is not',
      ['interchange', 'mssql://s:hunter2@db/x'],
      /not defined for/,
    ],
    ['without a database', ['eps', 'mssql://sa:hunter2@localhost'], /^its URL has to be mssql:/],
    [
      'with the database master',
      ['eps', 'mssql://sa:hunter2@localhost/Master'],
      /^master is the server's own/,
    ],
    ['without a user', ['eps', 'mssql://localhost/eps'], /^its URL has to be mssql:/],
    [
      'without a service',
      ['interchange', 'oracle://sa:hunter2@localhost'],
      /^its URL has to be oracle:/,
    ],
    [
      'with the schema SYS',
      ['interchange', 'oracle://sa:hunter2@localhost/x?schema=sys'],
      /^SYS is Oracle's own/,
    ],
    ['with an unknown setting', ['eps', 'mssql://sa:hunter2@localhost/eps?encrpyt=no'], /its URL/],
  ])('%s', async (_, args, complaint) => {
    const { code, out, error } = await run(args)
    const [line, empty, ...rest] = error.split('\n')
    expect(line).toMatch(complaint)
    expect([code, out, empty, rest[0]]).toEqual([
      2,
      '',
      '',
      'npm run db:apply -- <name> <url> [--without-sample-data]',
    ])
    expect(error).not.toContain('hunter2')
  })

  test.concurrent('asked, it says how it is called', async () => {
    const { code, out, error } = await run(['--help'])
    expect([code, error]).toEqual([0, ''])
    expect(out).toContain('<name>   which database: ci-direct, eps, interchange, libs')
  })
})

describe('when it cannot be done, one line says why', () => {
  let free: number
  beforeAll(async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    free = (server.address() as { port: number }).port
    server.close()
    await once(server, 'close')
  })

  test.concurrent.each([
    ['mssql', 'eps', () => `mssql://sa:hunter%402@127.0.0.1:${free}/eps`],
    ['oracle', 'interchange', () => `oracle://sa:hunter%402@127.0.0.1:${free}/FREEPDB1`],
  ])('nothing answers: %s', async (_, name, url) => {
    const { code, out, error } = await run([name, url()])
    expect([code, out]).toEqual([1, ''])
    expect(error).toBe(
      `Nothing answers at 127.0.0.1:${free}: is the server running, and are host and port right?\n`,
    )
  })

  test.concurrent.each([
    ['mssql', 'eps', () => `mssql://sa:hunter%402@nowhere.invalid/eps`],
    ['oracle', 'interchange', () => `oracle://sa:hunter%402@nowhere.invalid/FREEPDB1`],
  ])('there is no such host: %s', async (_, name, url) => {
    const { code, error } = await run([name, url()])
    expect(code).toBe(1)
    expect(error).toMatch(/^There is no host nowhere\.invalid[^\n]*\n$/)
  })

  test.concurrent.each([
    [{ SERVICE_LOGIN: 'eps_reader' }, /^SERVICE_LOGIN is set without SERVICE_PASSWORD/],
    [{ SERVICE_PASSWORD: 'hunter2' }, /^SERVICE_PASSWORD is set without SERVICE_LOGIN/],
    [{ SERVICE_LOGIN: "a']; DROP", SERVICE_PASSWORD: 'hunter2' }, /^SERVICE_LOGIN has to begin/],
    [{ SERVICE_LOGIN: 'a', SERVICE_PASSWORD: 'hunter2"' }, /^SERVICE_PASSWORD may hold no/],
    [{ SERVICE_LOGIN: 'a', SERVICE_PASSWORD: 'hunter2\n' }, /^SERVICE_PASSWORD may hold no/],
  ])('the service has half a login, or none that any engine takes: %j', async (env, complaint) => {
    const file = newFile()
    const { code, out, error } = await run(['eps', `sqlite:${file}`], env)
    expect([code, out]).toEqual([1, ''])
    expect(error).toMatch(complaint)
    expect(error.split('\n')).toHaveLength(2)
    expect(error).not.toContain('hunter2')
    expect(existsSync(file)).toBe(false)
  })
})

describe('a file of SQLite', () => {
  const change = (file: string, sql: string) => {
    const connection = new DatabaseSync(file)
    connection.exec(sql)
    connection.close()
  }
  const one = (file: string, sql: string) => {
    const connection = new DatabaseSync(file)
    try {
      return Object.values(connection.prepare(sql).get() ?? {})[0]
    } finally {
      connection.close()
    }
  }
  const outcome = async (file: string, ...more: string[]) => {
    const { code, out, error } = await run(['libs', `sqlite:${file}`, ...more])
    return { code, error, did: out.split(' ')[0] }
  }

  test.concurrent('is made, and then nothing has to be changed', async () => {
    const file = newFile()
    const first = await run(['libs', `sqlite:${file}`])
    expect([first.code, first.error]).toEqual([0, ''])
    expect(first.out).toMatch(
      /^made {7}file \S+, \d+ rows\nDone: 1 made, 0 updated, 0 unchanged\.\n$/,
    )
    const bytes = one(file, 'SELECT max(AppliedDateTime) FROM AppliedFile')
    const second = await run(['libs', `sqlite:${file}`])
    expect(second.out).toMatch(/^unchanged {2}file \S+, \d+ rows\nNothing had to be changed/)
    expect(one(file, 'SELECT max(AppliedDateTime) FROM AppliedFile')).toBe(bytes)
  })

  test.concurrent('is made without rows where none are wanted, and gets them later', async () => {
    const file = newFile()
    expect(await outcome(file, '--without-sample-data')).toMatchObject({ code: 0, did: 'made' })
    expect(one(file, 'SELECT count(*) FROM Syllabus')).toBe(0)
    expect(await outcome(file, '--without-sample-data')).toMatchObject({ did: 'unchanged' })
    expect(await outcome(file)).toMatchObject({ code: 0, did: 'updated' })
    expect(one(file, 'SELECT count(*) FROM Syllabus')).toBe(160)
    // and keeps them
    expect(await outcome(file, '--without-sample-data')).toMatchObject({ did: 'unchanged' })
    expect(one(file, 'SELECT count(*) FROM Syllabus')).toBe(160)
  })

  test.concurrent.each([
    ['a view is gone', 'DROP VIEW CiQuestionPaper'],
    ['a table is gone', 'DROP TABLE OcrPaper'],
    ['rows are gone', `DELETE FROM CiPaper`],
    ['the ledger is gone', 'DROP TABLE AppliedFile; DELETE FROM OcrPaper'],
  ])('is mended where %s', async (_, sql) => {
    const file = newFile()
    await outcome(file)
    change(file, `PRAGMA legacy_alter_table = 1; ${sql}`)
    expect(await outcome(file)).toMatchObject({ code: 0, did: 'updated' })
    expect(await outcome(file)).toMatchObject({ code: 0, did: 'unchanged' })
    expect(one(file, 'SELECT count(*) FROM CiQuestionPaper')).toBe(4517)
  })

  test.concurrent.each([
    ['rows were added', `INSERT INTO Syllabus VALUES ('9999', 'Ours')`],
    ['rows were changed', `UPDATE Syllabus SET SyllabusName = 'Ours' WHERE SyllabusCode = '9239'`],
    ['it is of an older kind and has others', `ALTER TABLE Syllabus ADD Mark TEXT DEFAULT 'x'`],
    ['it has other tables', `CREATE TABLE Other (a); INSERT INTO Other VALUES (1)`],
  ])('is left alone where %s', async (_, sql) => {
    const file = newFile()
    await outcome(file)
    change(file, `${sql}; DELETE FROM AppliedFile`)
    const { code, error } = await outcome(file)
    expect(code).toBe(1)
    expect(error).toMatch(
      /^\S+: (Syllabus|Other) holds rows that db:apply did not put there: nothing was changed; empty it, or add --without-sample-data\n$/,
    )
    expect(one(file, 'SELECT count(*) FROM AppliedFile')).toBe(0)
  })

  test.concurrent.each([
    ['is no database', (file: string) => writeFileSync(file, 'a letter'), 'file is not a database'],
    ['has no directory', () => undefined, 'its directory does not exist'],
  ])('is refused where it %s', async (_, make, complaint) => {
    const file = complaint.includes('directory') ? join(newFile(), 'x.db') : newFile()
    make(file)
    expect(await outcome(file)).toMatchObject({ code: 1, error: `${file}: ${complaint}\n` })
  })

  test.concurrent('may be made by several at once', async () => {
    const file = newFile()
    const all = await Promise.all([outcome(file), outcome(file), outcome(file)])
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(all.map(({ did }) => did).sort()).toEqual(['made', 'unchanged', 'unchanged'])
  })

  test.concurrent('has no logins, which it says', async () => {
    const env = { SERVICE_LOGIN: 'libs_reader', SERVICE_PASSWORD: 'hunter2' }
    const { code, out } = await run(['libs', `sqlite:${newFile()}`], env)
    expect(code).toBe(0)
    expect(out).toContain('No login was made: SQLite has none.\n')
    expect(out).not.toContain('hunter2')
  })
})
