import { expect, test } from '@jest/globals'
import { describeSampleData } from '../../test/sample-data-suite.ts'
import { rowsOf } from '../../test/sqlite.ts'

const counts = { OcrPaper: 1564, CiPaper: 4517, Syllabus: 160 }
const bothViews = 'SELECT * FROM OcrQuestionPaper UNION ALL SELECT * FROM CiQuestionPaper'

describeSampleData('libs', counts, ({ rows, run, plans }) => {
  test('has papers of the components that EPS has, and of no others in its sessions', () => {
    const known = `
      (BusinessStreamId, SessionId) IN
        (VALUES ('01', 3269), ('01', 3301), ('02', 14244), ('02', 16884))
      AND AssessmentCode GLOB '[0-9HJ]*'`
    const components = (of: string) => `
      SELECT DISTINCT BusinessStreamId, SessionId, AssessmentCode, ComponentId
      FROM ${of}
      WHERE ${known}
      ORDER BY 1, 2, 3, 4`
    expect(rows(components(`(${bothViews})`))).toEqual(rowsOf('eps', components('Component')))
  })

  test('has the subjects that the qualifications of CI Direct have', () => {
    const qualifications = new Map(
      rowsOf('ci-direct', 'SELECT AssessmentCode, QualificationName FROM Qualification').map(
        ([code, name]) => [code, String(name)],
      ),
    )
    const syllabuses = rows('SELECT SyllabusCode, SyllabusName FROM Syllabus')
    expect(syllabuses.map(([code]) => code)).toEqual([...qualifications.keys()])
    for (const [code, name] of syllabuses) {
      expect(qualifications.get(code)?.replace(/^Cambridge (IGCSE|.* Level) /, '')).toBe(name)
    }
  })

  test('has the subjects that the qualifications of Interchange have', () => {
    const qualifications = new Map(
      rowsOf(
        'interchange',
        `
          SELECT DISTINCT AssessmentCode, QualificationName
          FROM SessionAssessment
          JOIN Qualification USING (QualificationId)`,
      ).map(([code, name]) => [code, String(name)]),
    )
    for (const [code, title] of rows('SELECT UnitCode, PaperTitle FROM OcrPaper')) {
      const subject = qualifications.get(code)?.replace(/^(A Level|GCSE \(9–1\)) /, '')
      expect(title).toMatch(new RegExp(`^${subject}, Component \\d\\d( \\(large print\\))?$`))
    }
  })

  test('is looked by version, named or not', () => {
    for (const procedure of ['GetOcrQuestionPapers', 'GetCiQuestionPapers']) {
      for (const steps of plans(procedure)) {
        expect(steps.at(-1)).toMatch(
          /\(SessionId=\? AND \w+Code=\? AND \w+Version>\? AND \w+Version<\?\)$/,
        )
      }
    }
  })

  test.each([
    ['lasts no time', 'CiPaper', 'Hours = 0, Minutes = 0'],
    ['lasts longer than an hour in minutes', 'CiPaper', 'Minutes = 60'],
    ['lasts less than a minute', 'OcrPaper', 'Minutes = 0'],
    ['has a version out of form', 'OcrPaper', `UnitVersion = '1.0'`],
    ['has a component out of form', 'CiPaper', `ComponentId = ''`],
  ])('refuses a paper that %s', (_, table, change) => {
    expect(() => run(`UPDATE ${table} SET ${change}`)).toThrow('CHECK constraint failed')
  })

  test('refuses a paper that is called as another one is', () => {
    expect(() => run(`UPDATE CiPaper SET Identifier = '9239-03-4-S26'`)).toThrow(
      'UNIQUE constraint failed: CiPaper.Identifier',
    )
  })
})
