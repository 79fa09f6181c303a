import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const read = (file: string) => readFileSync(new URL(`../sqlite/${file}`, import.meta.url), 'utf8')

function build(): DatabaseSync {
  const eps = new DatabaseSync(':memory:')
  eps.exec(`BEGIN; ${read('tables.sql')}; ${read('sample-data.sql')}; COMMIT`)
  return eps
}

describe('the sample data of EPS', () => {
  let eps: DatabaseSync

  beforeAll(() => {
    eps = build()
  })
  afterAll(() => eps.close())

  const rows = (sql: string) => eps.prepare(sql, { returnArrays: true }).all()

  test('is the same every time it is made', () => {
    const again = build()
    for (const table of tables()) {
      const all = `SELECT * FROM ${table}`
      expect(again.prepare(all).all()).toEqual(eps.prepare(all).all())
    }
    again.close()
    expect(read('sample-data.sql')).not.toMatch(/random|current_|'now'/i)
  })

  test('counts thousands', () => {
    const count = (table: string) => rows(`SELECT count(*) FROM ${table}`)[0]
    expect(count('SessionAssessment')).toEqual([3090])
    expect(count('Entry')).toEqual([3429])
    expect(count('ResultEnquiry')).toEqual([1248])
  })

  test('leaves nothing behind that it was made with', () => {
    expect(rows('SELECT name FROM temp.sqlite_schema')).toEqual([])
  })

  test('has no candidate with a result that the assessment has not reached', () => {
    expect(
      rows(`
        SELECT DISTINCT a.ResultStatus, r.ResultStatus
        FROM CandidateResult AS r
        JOIN SessionAssessment AS a USING (BusinessStreamId, SessionId, AssessmentCode)
        ORDER BY 1, 2`),
    ).toEqual([
      ['EMBARGOED', 'EMBARGOED'],
      ['EMBARGOED', 'WITHHELD'],
      ['ISSUED', 'EMBARGOED'],
      ['ISSUED', 'ISSUED'],
      ['ISSUED', 'WITHHELD'],
      ['PENDING', 'PENDING'],
      ['WITHHELD', 'WITHHELD'],
    ])
  })

  test('has enquiries about issued results only, asked after they were issued', () => {
    expect(
      rows(`
        SELECT count(*)
        FROM ResultEnquiry AS q
        JOIN CandidateResult AS r
          USING (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode)
        WHERE r.ResultStatus <> 'ISSUED' OR q.RequestedDateTime <= r.IssuedDateTime`),
    ).toEqual([[0]])
  })

  test('has every service, status and outcome', () => {
    expect(rows('SELECT DISTINCT ServiceType FROM ResultEnquiry')).toHaveLength(7)
    expect(rows('SELECT DISTINCT Status, Outcome FROM ResultEnquiry')).toHaveLength(3 + 4)
  })

  test('is found by every procedure without reading a whole table or sorting', () => {
    for (const file of readdirSync(new URL('../sqlite/procedures', import.meta.url))) {
      const [, ...statements] = read(`procedures/${file}`).split(/^-- row set: .*$/m)
      for (const statement of statements) {
        const plan = eps.prepare(`EXPLAIN QUERY PLAN ${statement}`).all()
        for (const step of plan) {
          expect(step.detail).toMatch(/^SEARCH .* USING PRIMARY KEY/)
        }
      }
    }
  })

  test.each([
    ['has a status that there is not', `ResultStatus = 'LOST'`],
    ['is issued at no time', 'IssuedDateTime = NULL'],
    ['is issued on a day that does not exist', `IssuedDateTime = '2026-02-30T05:00:00Z'`],
    ['is released before it is issued', `ReleasedDateTime = '2020-01-01T05:00:00Z'`],
    ['has a code out of form', `AssessmentCode = 'r031'`],
  ])('refuses an assessment that %s', (_, change) => {
    expect(() =>
      eps.exec(`UPDATE SessionAssessment SET ${change} WHERE AssessmentCode = 'R031'`),
    ).toThrow('CHECK constraint failed')
  })

  function tables(): string[] {
    return rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`).map(String)
  }
})
