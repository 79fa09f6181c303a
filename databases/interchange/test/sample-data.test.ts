import { expect, test } from '@jest/globals'
import { describeSampleData } from '../../test/sample-data-suite.ts'
import { rowsOf } from '../../test/sqlite.ts'

const counts = { SessionAssessment: 2570, Component: 2798, CentreEntry: 6408, Qualification: 245 }

describeSampleData('interchange', counts, ({ rows, run, plans }) => {
  test('has the sessions, assessments and dates of EPS', () => {
    const ofEps = rowsOf(
      'eps',
      `
        SELECT SessionId, SessionName, AssessmentCode, IssuedDateTime, ReleasedDateTime
        FROM SessionAssessment
        JOIN Session USING (BusinessStreamId, SessionId)
        WHERE BusinessStreamId = '01'
        ORDER BY SessionId, AssessmentCode`,
    )
    expect(
      rows(`
        SELECT SessionId, SessionName, AssessmentCode, IssuedDateTime, ReleasedDateTime
        FROM SessionAssessment
        JOIN ExamSession USING (SessionId)
        ORDER BY SessionId, AssessmentCode`),
    ).toEqual(ofEps)
  })

  test('has the components of EPS', () => {
    const components = 'SELECT SessionId, AssessmentCode, ComponentId FROM Component'
    expect(rows(`${components} ORDER BY 1, 2, 3`)).toEqual(
      rowsOf('eps', `${components} WHERE BusinessStreamId = '01' ORDER BY 1, 2, 3`),
    )
  })

  test('counts the candidates of the centres that EPS knows', () => {
    const ofEps = rowsOf(
      'eps',
      `
        SELECT SessionId, CentreId, AssessmentCode, count(*)
        FROM Entry
        WHERE BusinessStreamId = '01'
        GROUP BY 1, 2, 3
        ORDER BY 1, 2, 3`,
    )
    const ours = rows(`
      SELECT SessionId, CentreId, AssessmentCode, EntryCount FROM CentreEntry ORDER BY 1, 2, 3`)
    const centres = new Set(ofEps.map(([, centreId]) => centreId))
    expect(centres.size).toBe(12)
    expect(ours.filter(([, centreId]) => centres.has(centreId))).toEqual(ofEps)
  })

  test('misses each date on its own', () => {
    expect(
      rows(`
        SELECT DISTINCT
          IssuedDateTime IS NULL, ReleasedDateTime IS NULL, EnquiriesCloseDateTime IS NULL
        FROM CentreEntry
        JOIN SessionAssessment USING (SessionId, AssessmentCode)
        ORDER BY 1, 2, 3`),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
    ])
  })

  test('is looked by centre, named or not', () => {
    for (const steps of plans('GetEnquireServices')) {
      expect(steps).toContainEqual(
        expect.stringContaining(
          '(SessionId=? AND QualificationGroupId=? AND CentreId>? AND CentreId<?)',
        ),
      )
    }
  })

  test.each([
    ['is released before it is issued', `ReleasedDateTime = '2020-01-01T05:00:00Z'`],
    ['is released and not issued', 'IssuedDateTime = NULL, EnquiriesCloseDateTime = NULL'],
    ['is enquired about and not issued', 'IssuedDateTime = NULL, ReleasedDateTime = NULL'],
    ['is issued on a day that does not exist', `IssuedDateTime = '2025-02-30T05:00:00Z'`],
    ['has a code out of form', `AssessmentCode = 'h402'`],
  ])('refuses an assessment that %s', (_, change) => {
    expect(() =>
      run(`UPDATE SessionAssessment SET ${change} WHERE AssessmentCode = 'H402'`),
    ).toThrow('CHECK constraint failed')
  })

  test('refuses an entry in a group that is not its assessment’s', () => {
    expect(() => run(`INSERT INTO CentreEntry VALUES (3269, 2, '10110', 'H402', 1)`)).toThrow(
      'FOREIGN KEY constraint failed',
    )
  })
})
