import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { applyDatabase } from '../../tools/db-apply/src/apply.ts'
import { notRun } from './engines.ts'
import { mssqlPlace } from './mssql.ts'
import { insist } from './own-names.ts'
import type { Place } from './place.ts'
import { applyTo, servers, serverUrl } from './servers.ts'

const sqlServer = servers.find(({ engine }) => engine === 'SQL Server')
const admin = sqlServer && serverUrl(sqlServer)

/** A small database's files, by their names. */
const definition = {
  'sqlite/tables.sql': `
    CREATE TABLE Centre (CentreId TEXT PRIMARY KEY, CentreName TEXT) STRICT;
    CREATE TABLE Entry (
      CentreId TEXT REFERENCES Centre, At TEXT, IsLate INTEGER, PRIMARY KEY (CentreId, At)
    ) STRICT;`,
  'sqlite/sample-data.sql': `
    INSERT INTO Centre VALUES ('04200', 'Zoë 😀'), ('1126', NULL), ('A', 'O''Neill');
    INSERT INTO Entry VALUES ('04200', '2026-08-13T05:00:00Z', 1), ('A', '2026-03-29T01:30:00.250Z', 0);`,
  'mssql/tables.sql': `
IF OBJECT_ID(N'dbo.Centre', N'U') IS NULL
CREATE TABLE dbo.Centre (CentreId nvarchar(5) NOT NULL PRIMARY KEY, CentreName nvarchar(50) NULL)
GO
IF OBJECT_ID(N'dbo.Entry', N'U') IS NULL
CREATE TABLE dbo.Entry (
  CentreId nvarchar(5) NOT NULL REFERENCES dbo.Centre (CentreId), At datetime2(3) NOT NULL,
  IsLate bit NULL, PRIMARY KEY (CentreId, At)
)
GO
DROP VIEW IF EXISTS dbo.LateEntry
GO
CREATE VIEW dbo.LateEntry AS SELECT CentreId FROM dbo.Entry WHERE IsLate = 1
GO
`,
  'mssql/procedures/GetLate.sql': `
IF OBJECT_ID(N'dbo.GetLate', N'P') IS NULL EXEC (N'CREATE PROCEDURE dbo.GetLate AS RETURN 0')
GO
ALTER PROCEDURE dbo.GetLate AS SELECT CentreId FROM dbo.LateEntry
GO
`,
  'mssql/grants.sql': `
IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'ProcedureCaller')
CREATE ROLE ProcedureCaller
GO
GRANT EXECUTE ON dbo.GetLate TO ProcedureCaller
GO
`,
}

const all = {
  database: 'unchanged',
  'tables.sql': 'unchanged',
  'procedures/GetLate.sql': 'unchanged',
  'grants.sql': 'unchanged',
  sample: 'unchanged',
  login: 'unchanged',
}

if (!admin) {
  notRun('over SQL Server', 'db:apply', 'TEST_MSSQL_URL names no server')
} else {
  jest.setTimeout(180_000)

  describe('db:apply to SQL Server', () => {
    const home = mkdtempSync(join(tmpdir(), 'db-apply-'))
    let isChanged = false
    const define = (changed: Partial<typeof definition> = {}) => {
      isChanged = true
      for (const [file, text] of Object.entries({ ...definition, ...changed })) {
        const path = join(home, 'small', file)
        mkdirSync(join(path, '..'), { recursive: true })
        writeFileSync(path, text)
      }
    }
    let place: Place
    const apply = () => applyTo(place, 'small', home)
    /** Fails, and says as what, where a query finds no row. */
    const holds = (query: string) =>
      place.run(`IF NOT EXISTS (${query}) THROW 50001, N'it does not hold', 1`)
    const wholeSample = () =>
      holds(
        `SELECT 1 WHERE (SELECT COUNT(*) FROM dbo.Centre) = 3 AND (SELECT COUNT(*) FROM dbo.Entry) = 2
        AND EXISTS (SELECT 1 FROM dbo.Centre WHERE CentreName = N'Zoë 😀')
        AND EXISTS (SELECT 1 FROM dbo.Entry WHERE At = '2026-03-29T01:30:00.250' AND IsLate = 0)`,
      )

    beforeAll(async () => {
      place = mssqlPlace('small', admin)
      define()
      await apply()
      isChanged = false
    })
    afterEach(async () => {
      if (!isChanged) return
      define()
      isChanged = false
      await apply()
    })
    afterAll(async () => {
      await place.drop()
      rmSync(home, { recursive: true })
    })

    test('makes all of it, and then changes nothing', async () => {
      expect(await apply()).toEqual(all)
      await wholeSample()
    })

    test.each([
      [
        'a procedure',
        'DROP PROCEDURE dbo.GetLate',
        { 'procedures/GetLate.sql': 'made', 'grants.sql': 'updated' },
      ],
      ['a view', 'DROP VIEW dbo.LateEntry', { 'tables.sql': 'updated', 'grants.sql': 'updated' }],
      [
        'a table',
        'DROP VIEW dbo.LateEntry; DROP TABLE dbo.Entry',
        { 'tables.sql': 'updated', 'grants.sql': 'updated', sample: 'updated' },
      ],
      ['rows', `DELETE FROM dbo.Entry WHERE CentreId = 'A'`, { sample: 'updated' }],
      ['all rows', 'DELETE FROM dbo.Entry; DELETE FROM dbo.Centre', { sample: 'made' }],
    ])('makes again what is gone: %s', async (_, sql, outcomes) => {
      await place.run(sql)
      expect(await apply()).toEqual({ ...all, ...outcomes })
      await wholeSample()
    })

    test('makes again what was changed by hand, and then changes nothing', async () => {
      await place.run('ALTER PROCEDURE dbo.GetLate AS SELECT 1 AS CentreId')
      expect(await apply()).toMatchObject({
        'procedures/GetLate.sql': 'updated',
        sample: 'unchanged',
      })
      expect(await apply()).toEqual(all)
    })

    test('gives the right to call a procedure that was made again', async () => {
      if (!(await place.readsForCallers())) return
      await place.run('DROP PROCEDURE dbo.GetLate')
      await apply()
      await place.runAsCaller('EXEC dbo.GetLate')
    })

    test('follows the definition of a procedure and the sample data', async () => {
      define({
        'mssql/procedures/GetLate.sql': definition['mssql/procedures/GetLate.sql'].replace(
          'SELECT CentreId',
          'SELECT CentreId AS Id',
        ),
        'sqlite/sample-data.sql': `INSERT INTO Centre VALUES ('1126', 'Another');`,
      })
      expect(await apply()).toEqual({
        ...all,
        'procedures/GetLate.sql': 'updated',
        'grants.sql': 'updated',
        sample: 'updated',
      })
      await holds(`SELECT 1 FROM dbo.Centre WHERE CentreId = '1126' AND CentreName = 'Another'`)
      await holds('SELECT 1 WHERE (SELECT COUNT(*) FROM dbo.Centre) = 1')
    })

    test('makes tables anew that are defined in another way, and copies the rows again', async () => {
      define({
        'mssql/tables.sql': definition['mssql/tables.sql'].replace(
          'CentreName nvarchar(50)',
          'CentreName nvarchar(60)',
        ),
      })
      expect(await apply()).toMatchObject({ 'tables.sql': 'made', sample: 'made' })
      await holds(
        `SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_NAME = 'Centre' AND COLUMN_NAME = 'CentreName' AND CHARACTER_MAXIMUM_LENGTH = 60`,
      )
      await wholeSample()
      expect(await apply()).toEqual(all)
    })

    describe('where there are rows that are not from here', () => {
      beforeEach(() => place.run(`INSERT INTO dbo.Centre VALUES (N'OURS', N'Ours')`))
      afterEach(() => place.run(`DELETE FROM dbo.Centre WHERE CentreId = N'OURS'`))

      test.each([
        ['and other sample data', { 'sqlite/sample-data.sql': '' }],
        [
          'and other tables',
          { 'mssql/tables.sql': definition['mssql/tables.sql'].replace('(50)', '(40)') },
        ],
        ['and nothing else', {}],
      ])('changes nothing: %s', async (_, changed) => {
        define({
          ...changed,
          'mssql/procedures/GetLate.sql': definition['mssql/procedures/GetLate.sql'].replace(
            'CentreId',
            '2 AS Changed',
          ),
        })
        await expect(apply()).rejects.toThrow(
          /^Centre holds rows that db:apply did not put there: nothing was changed; empty it, or add --without-sample-data$/,
        )
        define()
        await holds(`SELECT 1 FROM dbo.Centre WHERE CentreId = N'OURS'`)
        await place.run(`DELETE FROM dbo.Centre WHERE CentreId = N'OURS'`)
        expect(await apply()).toEqual(all)
        isChanged = false
      })
    })

    test('names the file that does not run, and goes on from there once it does', async () => {
      define({ 'mssql/grants.sql': 'GRANT EXECUTE ON dbo.GetNothing TO ProcedureCaller' })
      await expect(apply()).rejects.toThrow(/^grants\.sql: ./)
      define()
      expect(await apply()).toEqual(all)
      isChanged = false
    })

    test('copies all rows or none', async () => {
      define({
        'sqlite/sample-data.sql': `
          INSERT INTO Centre VALUES ('1126', 'Another'), ('TOO LONG', 'for its column');`,
      })
      await expect(apply()).rejects.toThrow()
      await wholeSample()
    })

    test('may run several times at once', async () => {
      await place.drop()
      const outcomes = await Promise.all([apply(), apply(), apply()])
      for (const part of Object.keys(all)) {
        const of = outcomes.map((each) => each[part]).sort()
        expect([part, of]).toEqual([part, ['made', 'unchanged', 'unchanged']])
      }
      await wholeSample()
    })

    test('lets the caller do nothing but call the procedures', async () => {
      await place.run('CREATE PROCEDURE dbo.GetSecrets AS SELECT 1 AS Secret')
      await place.runAsCaller('SELECT 1 AS Here')
      for (const statement of [
        'SELECT * FROM dbo.Centre',
        'SELECT * FROM dbo.LateEntry',
        'SELECT * FROM dbo.AppliedFile',
        `UPDATE dbo.Centre SET CentreName = N'x'`,
        'DELETE FROM dbo.Entry',
        'CREATE TABLE dbo.Mine (a int)',
        'DROP TABLE dbo.Entry',
        'ALTER PROCEDURE dbo.GetLate AS SELECT 2 AS a',
        'EXEC dbo.GetSecrets',
        `CREATE LOGIN test_more WITH PASSWORD = N'Aa1-more'`,
        'CREATE DATABASE test_more',
      ]) {
        await expect(place.runAsCaller(statement)).rejects.toThrow()
      }
      await place.run('DROP PROCEDURE dbo.GetSecrets')
      await wholeSample()
    })

    test('brings a password up to date, whatever stands in it', async () => {
      const { password } = place.callersUrl
      place.callersUrl.password = encodeURIComponent(`Aa1-'; --]%{}\\ é`)
      expect(await apply()).toEqual({ ...all, login: 'updated' })
      expect(await apply()).toEqual(all)
      await place.runAsCaller('SELECT 1 AS Here')
      place.callersUrl.password = password
      expect(await apply()).toEqual({ ...all, login: 'updated' })
    })

    test('makes no administrator a caller', async () => {
      const { username } = place.callersUrl
      place.callersUrl.username = admin.username
      await expect(apply()).rejects.toThrow(/^SERVICE_LOGIN is the administrator's: name a login/)
      place.callersUrl.username = username
    })

    test('says that a password is wrong, without it', async () => {
      const url = new URL(place.url)
      url.password = 'hunter2'
      const silent = { done: () => {}, note: () => {}, working: () => {} }
      const options = { name: 'small', url, withSampleData: true, login: undefined, report: silent }
      const error = await applyDatabase({ ...options, databases: home }).catch((cause) => cause)
      expect(error.message).toMatch(/does not let \S+ into master: are user and password right/)
      expect(error.message).not.toContain('hunter2')
    })

    test('takes a name with odd characters for what it is', async () => {
      const url = new URL(admin)
      url.pathname = encodeURIComponent(`test odd'; --${process.pid}`)
      const odd = mssqlPlace('small', admin)
      const there = { ...odd, url }
      expect(await applyTo(there, 'small', home)).toMatchObject({
        database: 'made',
        sample: 'made',
      })
      expect(await applyTo(there, 'small', home)).toEqual(all)
      await insist(() => place.run(`DROP DATABASE [test odd'; --${process.pid}]`))
      await odd.drop()
    })
  })
}
