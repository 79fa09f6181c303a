import { afterEach, describe, expect, test } from '@jest/globals'
import { openDatabase } from '../src/index.ts'
import { cleanUp, openSample, settings, silent } from './sample-database.ts'

afterEach(cleanUp)

describe('a database', () => {
  test('in memory answers its check', async () => {
    const sample = await openSample({ procedures: [], files: {} })
    await sample.check()
  })

  test.each([
    'postgres://reader:hunter2@db:5432/eps',
    'hunter2',
    'hunter2:hunter2@db',
    '',
    'SQLITE',
  ])('has to be of an engine that there is: %s', async (url) => {
    const failure = await openWith(url)
    expect(failure.message).toBe(
      'Database eps: its URL has to begin with sqlite: or mssql: or oracle:',
    )
  })

  test.each([
    'sqlite:eps.db',
    'sqlite::memory:',
    'sqlite://reader:hunter2@db/eps.db',
    'sqlite:/eps.db?password=hunter2',
    'sqlite:/eps.db#hunter2',
  ])('of SQLite is in memory or at an absolute path: %s', async (url) => {
    const failure = await openWith(url)
    expect(failure.message).toBe(
      'Database eps: its URL has to be sqlite: (in memory) or sqlite:/path/file.db',
    )
  })

  test('that is not defined says which file it misses', async () => {
    const opening = openDatabase({
      name: 'nowhere',
      url: 'sqlite:',
      settings,
      telemetry: silent,
      procedures: [],
    })
    await expect(opening).rejects.toThrow(
      /^Database nowhere: ENOENT: .*databases.nowhere.sqlite.tables\.sql'$/,
    )
  })

  test.each([
    ['tables', { tables: 'CREATE TABLE Paper (PaperId TEX) STRICT;' }, /unknown datatype/],
    ['sample data', { sampleData: `INSERT INTO Paper VALUES ('01');` }, /no such table: Paper/],
  ])('whose %s do not run says which file it is', async (name, definition, complaint) => {
    const failure = await openSample({ procedures: [], files: {}, ...definition }).catch(
      (error) => error,
    )
    expect(failure.message).toContain(`${name.replace(' ', '-')}.sql: `)
    expect(failure.message).toMatch(complaint)
  })
})

/** All that an error says, its causes included, must not give the URL away. */
async function openWith(url: string): Promise<Error> {
  const failure = await openDatabase({
    name: 'eps',
    url,
    settings,
    telemetry: silent,
    procedures: [],
  }).catch((error) => error)
  expect(`${failure.stack} ${failure.cause?.stack}`).not.toContain('hunter2')
  return failure
}
