import { readdirSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildInSqlite, readDefinition, rowsIn } from './sqlite.ts'

type SampleData = {
  /** The rows of a query, each as its values. */
  rows(sql: string): unknown[][]
  /** Runs statements that may change the data. */
  run(sql: string): void
  /** How SQLite goes about each statement of a procedure, step by step. */
  plans(procedure: string): string[][]
}

/** A subquery of its own, and the order of the few texts that are joined into one. */
const smallSteps = ['CORRELATED SCALAR SUBQUERY 1', 'USE TEMP B-TREE FOR group_concat(ORDER BY)']

/**
 * What holds of the sample data of every database, and of one.
 * @param name the database's, and its folder's
 * @param counts the rows of its large tables
 * @param more describes the tests of this database alone
 */
export function describeSampleData(
  name: string,
  counts: Record<string, number>,
  more: (sampleData: SampleData) => void,
): void {
  describe(`the sample data of ${name}`, () => {
    let connection: DatabaseSync

    beforeAll(() => {
      connection = buildInSqlite(name)
    })
    afterAll(() => connection.close())

    const rows = (sql: string) => rowsIn(connection, sql)

    const plans = (procedure: string) => {
      const file = readDefinition(name, `procedures/${procedure}.sql`)
      const [, ...statements] = file.split(/^-- row set: .*$/m)
      return statements.map((statement) =>
        rows(`EXPLAIN QUERY PLAN ${statement}`).map((step) => String(step[3])),
      )
    }

    test('is the same every time it is made', () => {
      const again = buildInSqlite(name)
      for (const [table] of rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
        const all = `SELECT * FROM ${table}`
        expect(again.prepare(all).all()).toEqual(connection.prepare(all).all())
      }
      again.close()
      expect(readDefinition(name, 'sample-data.sql')).not.toMatch(/random|current_|'now'/i)
    })

    test.each(Object.entries(counts))('has in %s %d rows', (table, count) => {
      expect(rows(`SELECT count(*) FROM ${table}`)).toEqual([[count]])
    })

    test('leaves nothing behind that it was made with', () => {
      expect(rows('SELECT name FROM temp.sqlite_schema')).toEqual([])
    })

    const procedures = readdirSync(new URL(`../${name}/sqlite/procedures`, import.meta.url))
    test.each(procedures.map((file) => file.replace('.sql', '')))(
      'is found by %s without reading a whole table or sorting rows',
      (procedure) => {
        const steps = plans(procedure).flat()
        expect(steps).not.toEqual([])
        for (const step of steps.filter((each) => !smallSteps.includes(each))) {
          expect(step).toMatch(/^SEARCH \w+ USING PRIMARY KEY /)
        }
      },
    )

    more({ rows, run: (sql) => connection.exec(sql), plans })
  })
}
