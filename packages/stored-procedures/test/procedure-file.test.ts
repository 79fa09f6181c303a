import { afterEach, describe, expect, test } from '@jest/globals'
import { integer, procedure, text } from '../src/index.ts'
import { cleanUp, openSample } from './sample-database.ts'

afterEach(cleanUp)

const getPapers = procedure({
  name: 'GetPapers',
  parameters: { code: text(10), limit: integer() },
  rowSets: { page: { total: integer() }, papers: { paperId: text(20) } },
})

const page = '-- row set: page\nSELECT 1 AS Total;\n'
const papers = `-- row set: papers\nSELECT '01' AS PaperId;\n`

function open(file: string | undefined) {
  return openSample({
    procedures: [getPapers],
    files: file === undefined ? {} : { GetPapers: file },
    tables: 'CREATE TABLE Paper (PaperId TEXT) STRICT;',
  })
}

describe('a procedure file opens', () => {
  test.each([
    ['as described', page + papers],
    ['with lines that end as on Windows', (page + papers).replaceAll('\n', '\r\n')],
    [
      'with comments around its statements',
      `-- Papers; of a code.\n/* ; */\n${page}-- ;\n${papers}/*`,
    ],
    ['with several semicolons', `${page};;\n${papers}; -- the end;`],
    ['with a semicolon in a text', `${page}-- row set: papers\nSELECT '0;1' AS PaperId`],
    ['with a quote in a text', `${page}-- row set: papers\nSELECT 'it''s; :Foo' AS PaperId`],
    ['with a parameter in a comment', `${page}-- row set: papers :Foo ?\n${papers}`],
    [
      'with a dollar in a name',
      `${page}-- row set: papers\nSELECT a$b AS PaperId FROM (SELECT 'x' AS a$b)`,
    ],
    [
      'with what looks like a parameter in a name',
      `${page}-- row set: papers\nSELECT "a:b" AS PaperId FROM (SELECT 'x' AS "a:b")`,
    ],
  ])('%s', async (_, file) => {
    const sample = await open(file)
    const answer = await sample.call(getPapers, { code: '0500', limit: 1 })
    expect(answer.page).toEqual([{ total: 1 }])
    expect(answer.papers).toHaveLength(1)
  })
})

describe('a procedure file keeps the database from opening', () => {
  test.each([
    ['when it is missing', undefined, 'ENOENT: no such file or directory'],
    ['when it is empty', '', 'its row sets are none; described are page, papers'],
    ['when a row set is missing', page, 'its row sets are page; described are page, papers'],
    [
      'when a row set is not described',
      `${page + papers}-- row set: more\nSELECT 1`,
      'its row sets are page, papers, more; described are page, papers',
    ],
    [
      'when row sets stand in another order',
      papers + page,
      'its row sets are papers, page; described are page, papers',
    ],
    [
      'when an introduction is misspelt',
      `${page}-- rowset: papers\nSELECT '01' AS PaperId`,
      'row set page: more than one statement',
    ],
    [
      'when a statement stands before the first row set',
      `SELECT 1;\n${page}${papers}`,
      'a statement stands before the first row set',
    ],
    [
      'when a second statement would not be run',
      `${page}SELECT 2 AS Total;\n${papers}`,
      'row set page: more than one statement',
    ],
    [
      'when a second statement hides behind a comment',
      `${page}/* ' */ SELECT 2 AS Total;\n${papers}`,
      'row set page: more than one statement',
    ],
    [
      'when a row set has no statement',
      `-- row set: page\n${papers}`,
      'The SQL query contains no statements',
    ],
    [
      'when it uses a parameter that would be null',
      `${page}-- row set: papers\nSELECT :PaperId AS PaperId`,
      'row set papers: uses the parameter :PaperId; described are :Code, :Limit',
    ],
    [
      'when it spells a parameter otherwise',
      `${page}-- row set: papers\nSELECT :code AS PaperId`,
      'uses the parameter :code;',
    ],
    [
      'when it uses a parameter by its place',
      `${page}-- row set: papers\nSELECT ?1 AS PaperId`,
      'uses the parameter ?1;',
    ],
    [
      'when it uses a parameter in T-SQL style',
      `${page}-- row set: papers\nSELECT @Code AS PaperId`,
      'uses the parameter @Code;',
    ],
    [
      'when it uses a parameter in another style',
      `${page}-- row set: papers\nSELECT $Code AS PaperId`,
      'uses the parameter $Code;',
    ],
    [
      'when a column has another name',
      `${page}-- row set: papers\nSELECT '01' AS Paper`,
      'row set papers: its columns are Paper; described are PaperId',
    ],
    [
      'when a column is not described',
      `${page}-- row set: papers\nSELECT '01' AS PaperId, 1 AS More`,
      'row set papers: its columns are PaperId, More; described are PaperId',
    ],
    [
      'when a column stands twice',
      `${page}-- row set: papers\nSELECT '01' AS PaperId, '02' AS PaperId`,
      'row set papers: its columns are PaperId, PaperId; described are PaperId',
    ],
    [
      'when it is not SQL',
      `${page}-- row set: papers\nSELEC '01' AS PaperId`,
      'near "SELEC": syntax error',
    ],
    [
      'when a table is missing',
      `${page}-- row set: papers\nSELECT PaperId FROM Papers`,
      'no such table: Papers',
    ],
    [
      'when it writes',
      `${page}-- row set: papers\nINSERT INTO Paper VALUES ('01') RETURNING PaperId`,
      'not authorized',
    ],
    ['when it deletes', `${page}-- row set: papers\nDELETE FROM Paper`, 'not authorized'],
    [
      'when it changes a setting',
      `${page}-- row set: papers\nPRAGMA query_only = 0`,
      'not authorized',
    ],
    [
      'when it attaches a file',
      `${page}-- row set: papers\nATTACH ':memory:' AS more`,
      'not authorized',
    ],
    [
      'when it ends the transaction',
      `${page}-- row set: papers\nCOMMIT`,
      'row set papers: its columns are none; described are PaperId',
    ],
  ])('%s', async (_, file, complaint) => {
    const failure = await open(file).catch((error) => error)
    expect(failure.message).toMatch(/^Database sample: .*GetPapers\.sql: .*$/)
    expect(failure.message).toContain(complaint)
  })
})
