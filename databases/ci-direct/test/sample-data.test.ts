import { expect, test } from '@jest/globals'
import { describeSampleData } from '../../test/sample-data-suite.ts'
import { rowsOf } from '../../test/sqlite.ts'

const counts = { ResultDate: 370, CentreEntry: 3843, EmbargoException: 71, Centre: 100 }

describeSampleData('ci-direct', counts, ({ rows, run, plans }) => {
  test('has the sessions and assessments of EPS', () => {
    const ofEps = rowsOf(
      'eps',
      `
        SELECT SessionId, SessionName, AssessmentCode
        FROM SessionAssessment
        JOIN Session USING (BusinessStreamId, SessionId)
        WHERE BusinessStreamId = '02'
        ORDER BY 1, 3`,
    )
    expect(
      rows(`
        SELECT SessionId, SessionName, AssessmentCode
        FROM ResultDate
        JOIN Session USING (SessionId)
        ORDER BY 1, 3`),
    ).toEqual(ofEps)
  })

  test('has issued what EPS has, on the same dates, and no more', () => {
    const ofEps = rowsOf(
      'eps',
      `
        SELECT SessionId, AssessmentCode, IssuedDateTime, ReleasedDateTime
        FROM SessionAssessment
        WHERE BusinessStreamId = '02' AND ResultStatus = 'ISSUED'
        ORDER BY 1, 2`,
    )
    expect(
      rows(`
        SELECT SessionId, AssessmentCode, IssueDateTime, ReleaseDateTime
        FROM ResultDate
        WHERE IsEmbargoed = 0
        ORDER BY 1, 2`),
    ).toEqual(ofEps)
  })

  test('has the entries of the centres that EPS knows, embargoed from them as there', () => {
    // what is withheld from a candidate says nothing of the centre
    const ofEps = rowsOf(
      'eps',
      `
        SELECT
          SessionId,
          CentreId,
          AssessmentCode,
          max(CASE WHEN ResultStatus = 'ISSUED' THEN IssuedDateTime END),
          sum(ResultStatus <> 'WITHHELD')
        FROM CandidateResult
        WHERE BusinessStreamId = '02'
        GROUP BY 1, 2, 3
        ORDER BY 1, 2, 3`,
    )
    const ours = rows(`
      SELECT SessionId, CentreId, AssessmentCode, CASE WHEN Embargoed = 0 THEN IssueDateTime END
      FROM CentreResultDate
      WHERE SessionId <> 16884 OR CentreId <= '1135'
      ORDER BY 1, 2, 3`)
    expect(ours.map((entry) => entry.slice(0, 3))).toEqual(ofEps.map((entry) => entry.slice(0, 3)))
    const known = ofEps.flatMap(([, , , , candidates], at) => (candidates === 0 ? [] : [at]))
    expect(known.length).toBeGreaterThan(1000)
    expect(known.map((at) => ours[at])).toEqual(known.map((at) => ofEps[at]?.slice(0, 4)))
  })

  test('misses each date on its own, and embargoes with and without', () => {
    expect(
      rows(`
        SELECT DISTINCT IssueDateTime IS NULL, ReleaseDateTime IS NULL, Embargoed
        FROM CentreResultDate
        ORDER BY 1, 2, 3`),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
    ])
  })

  test.each(['CentreWiseEmbargoInfo', 'Result_Release_Date_Validation'])(
    'is looked by centre by %s, named or not',
    (procedure) => {
      for (const steps of plans(procedure)) {
        expect(steps[0]).toContain('(SessionId=? AND CentreId>? AND CentreId<?)')
      }
    },
  )

  test.each([
    ['comes without an embargo and without a date', 'IssueDateTime = NULL, ReleaseDateTime = NULL'],
    ['is released and never issued', 'IssueDateTime = NULL, IsEmbargoed = 1'],
    ['is released before it is issued', `ReleaseDateTime = '2020-01-01T05:00:00Z'`],
    ['is issued on a day that does not exist', `IssueDateTime = '2026-02-30T05:00:00Z'`],
    ['is embargoed in part', 'IsEmbargoed = 2'],
  ])('refuses a result that %s', (_, change) => {
    expect(() => run(`UPDATE ResultDate SET ${change} WHERE AssessmentCode = '0580'`)).toThrow(
      'CHECK constraint failed',
    )
  })
})
