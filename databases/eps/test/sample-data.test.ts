import { expect, test } from '@jest/globals'
import { describeSampleData } from '../../test/sample-data-suite.ts'

const counts = { SessionAssessment: 3090, Entry: 3429, ResultEnquiry: 1248 }

describeSampleData('eps', counts, ({ rows, run }) => {
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

  test.each([
    ['has a status that there is not', `ResultStatus = 'LOST'`],
    ['is issued at no time', 'IssuedDateTime = NULL'],
    ['is issued on a day that does not exist', `IssuedDateTime = '2026-02-30T05:00:00Z'`],
    ['is released before it is issued', `ReleasedDateTime = '2020-01-01T05:00:00Z'`],
    ['has a code out of form', `AssessmentCode = 'r031'`],
  ])('refuses an assessment that %s', (_, change) => {
    expect(() =>
      run(`UPDATE SessionAssessment SET ${change} WHERE AssessmentCode = 'R031'`),
    ).toThrow('CHECK constraint failed')
  })
})
