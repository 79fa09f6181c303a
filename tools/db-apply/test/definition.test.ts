import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { ourDatabases, readDefinition } from '../src/definition.ts'
import { literal, name } from '../src/mssql/names.ts'
import { name as oracleName } from '../src/oracle/names.ts'
import { runnable } from '../src/oracle/statement.ts'
import { withoutSecrets } from '../src/secrets.ts'

const home = mkdtempSync(join(tmpdir(), 'definition-'))
afterAll(() => rmSync(home, { recursive: true }))

function read(tables: string, separator: string) {
  mkdirSync(join(home, 'procedures'), { recursive: true })
  writeFileSync(join(home, 'tables.sql'), tables)
  writeFileSync(join(home, 'grants.sql'), '')
  const [file] = readDefinition(home, separator)
  return { batches: file?.batches, objects: [...(file?.objects.keys() ?? [])] }
}

describe('a definition', () => {
  test.each([
    ['GO', 'CREATE TABLE a (b int)\nGO\nSELECT 1\n  go  \n\nGO\n-- the end\n'],
    ['/', 'CREATE TABLE a (b int)\n/\nSELECT 1\n  /  \n\n/\n-- the end\n'],
    ['GO', 'CREATE TABLE a (b int)\r\nGO\r\nSELECT 1'],
  ])('is cut where a line is %s, and what says nothing is left out', (separator, text) => {
    expect(read(text, separator).batches).toEqual(['CREATE TABLE a (b int)', 'SELECT 1'])
  })

  test('is not cut where the separator is part of a line', () => {
    const text = "SELECT 'GO\n GO?' AS GO, 4\n/ 2"
    expect(read(text, 'GO').batches).toEqual([text])
  })

  test('names what it makes, wherever that stands, and not what comments say', () => {
    const text = `
-- CREATE TABLE dbo.No
IF OBJECT_ID(N'dbo.Paper') IS NULL CREATE TABLE dbo.Paper (a int)
/* CREATE VIEW dbo.Neither */ CREATE OR ALTER VIEW [dbo].[No2] AS SELECT 1 a
GO
EXEC (N'CREATE PROCEDURE dbo.GetPaper AS RETURN 0')
create  role "ProcedureCaller"
CREATE OR REPLACE PROCEDURE GetMore AS BEGIN NULL; END;`
    expect(read(text, 'GO').objects).toEqual([
      'table paper',
      'view no2',
      'procedure getpaper',
      'role procedurecaller',
      'procedure getmore',
    ])
  })

  test.each([
    ['ci-direct', 'mssql', 'GO'],
    ['eps', 'mssql', 'GO'],
    ['libs', 'mssql', 'GO'],
    ['interchange', 'oracle', '/'],
  ])('of %s for %s names every table, view and procedure', (database, engine, separator) => {
    const files = readDefinition(join(ourDatabases, database, engine), separator)
    const [tables, ...others] = files
    expect([...(tables?.objects.keys() ?? [])].length).toBeGreaterThanOrEqual(3)
    for (const { name: file, objects } of others.slice(0, -1)) {
      expect([...objects.keys()]).toEqual([
        `procedure ${file.slice('procedures/'.length, -'.sql'.length).toLowerCase()}`,
      ])
    }
    expect(files.every(({ batches }) => batches.length > 0)).toBe(true)
  })
})

describe('what goes into a statement', () => {
  test('is quoted, whatever stands in it', () => {
    expect(name(`a]b'c"`)).toBe(`[a]]b'c"]`)
    expect(literal(`it's; --]`)).toBe(`N'it''s; --]'`)
    expect(oracleName(`a]b'c`)).toBe(`"a]b'c"`)
    expect(() => oracleName('a"b')).toThrow('A name may hold no double quote')
  })

  test.each([
    ['CREATE VIEW a AS SELECT 1 AS b FROM DUAL;', 'CREATE VIEW a AS SELECT 1 AS b FROM DUAL'],
    ['CREATE TABLE a (b INT) ;\n', 'CREATE TABLE a (b INT) '],
    ['BEGIN\n  NULL;\nEND;', 'BEGIN\n  NULL;\nEND;'],
    ['-- why\nDECLARE a INT; BEGIN NULL; END;', '-- why\nDECLARE a INT; BEGIN NULL; END;'],
    [
      '/* why */ CREATE OR REPLACE PROCEDURE a AS BEGIN NULL; END;',
      '/* why */ CREATE OR REPLACE PROCEDURE a AS BEGIN NULL; END;',
    ],
  ])('ends as Oracle wants it to: %j', (statement, sent) => {
    expect(runnable(statement)).toBe(sent)
  })
})

test('a message gives no secret away, however often it repeats it', () => {
  expect(withoutSecrets('hunter2 is not hunter2: a%b', ['hunter2', 'a%b'])).toBe(
    '*** is not ***: ***',
  )
})
