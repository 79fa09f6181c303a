import { DependencyFailure } from '@ca/faults'
import { createTelemetry, inTransaction, openTransaction } from '@ca/telemetry'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  boolean,
  type Database,
  dateTime,
  integer,
  oneOf,
  optional,
  procedure,
  text,
} from '../src/index.ts'
import { cleanUp, openSample } from './sample-database.ts'

afterEach(cleanUp)

const getPapers = procedure({
  name: 'GetPapers',
  parameters: { assessmentCode: text(10), limit: integer(), paperId: optional(text(3)) },
  rowSets: {
    page: { total: integer() },
    papers: { paperId: text(3), issuedDateTime: optional(dateTime()) },
  },
})

const papers = {
  procedures: [getPapers],
  tables: 'CREATE TABLE Paper (AssessmentCode TEXT, PaperId TEXT, IssuedDateTime TEXT) STRICT;',
  sampleData: `
    INSERT INTO Paper VALUES
      ('0500', '01', '2026-08-13T05:00:00Z'), ('0500', '02', NULL), ('0500', '03', NULL);`,
  files: {
    GetPapers: `
-- row set: page
SELECT count(*) AS Total FROM Paper WHERE AssessmentCode = :AssessmentCode;
-- row set: papers
SELECT PaperId, IssuedDateTime FROM Paper
WHERE AssessmentCode = :AssessmentCode AND PaperId = coalesce(:PaperId, PaperId)
ORDER BY PaperId LIMIT :Limit;`,
  },
}

describe('a call', () => {
  test('answers with all row sets, their rows without what is null', async () => {
    const sample = await openSample(papers)
    expect(await sample.call(getPapers, { assessmentCode: '0500', limit: 2 })).toStrictEqual({
      page: [{ total: 3 }],
      papers: [{ paperId: '01', issuedDateTime: '2026-08-13T05:00:00Z' }, { paperId: '02' }],
    })
  })

  test('takes an optional parameter, which is null when it is absent or undefined', async () => {
    const sample = await openSample(papers)
    const key = { assessmentCode: '0500', limit: 9 }
    const asked = async (paperId?: string) =>
      (await sample.call(getPapers, { ...key, paperId })).papers.map((paper) => paper.paperId)
    expect(await asked('02')).toEqual(['02'])
    expect(await asked(undefined)).toEqual(['01', '02', '03'])
    expect((await sample.call(getPapers, key)).papers).toHaveLength(3)
  })

  test('takes SQL in a parameter as the text that it is', async () => {
    const sample = await openSample(papers)
    for (const assessmentCode of ["' OR 1=1--", '";DROP "', '%', ':Limit', '0500;']) {
      const { page } = await sample.call(getPapers, { assessmentCode, limit: 9 })
      expect(page).toEqual([{ total: 0 }])
    }
  })

  test('stands in the record of its transaction', async () => {
    const sample = await openSample(papers)
    const transaction = openTransaction('t-00001')
    await inTransaction(transaction, () =>
      sample.call(getPapers, { assessmentCode: '0500', limit: 1 }),
    )
    expect(transaction.calls).toEqual([
      expect.objectContaining({ to: 'sample', operation: 'GetPapers', outcome: 'answered' }),
    ])
  })

  test('of a procedure that the database was not opened with is an error', async () => {
    const sample = await openSample(papers)
    const other = procedure({ name: 'GetOthers', parameters: {}, rowSets: {} })
    await expect(sample.call(other, {})).rejects.toThrow(
      'Database sample: was opened without GetOthers',
    )
  })

  test('that SQLite answers too late says so in the log, for nothing can interrupt it', async () => {
    const lines: string[] = []
    const telemetry = createTelemetry('test', {
      destination: { write: (line) => lines.push(line) },
    })
    const count = procedure({
      name: 'Count',
      parameters: { upTo: integer() },
      rowSets: { counts: { count: integer() } },
    })
    const sample = await openSample(
      {
        procedures: [count],
        files: {
          Count: `
-- row set: counts
WITH RECURSIVE Counting (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM Counting WHERE n < :UpTo)
SELECT count(*) AS Count FROM Counting;`,
        },
      },
      { telemetry },
    )
    const transaction = openTransaction('t-00001')
    transaction.isDueWithin(20)
    const { counts } = await inTransaction(transaction, () =>
      sample.call(count, { upTo: 1_000_000 }),
    )
    transaction.end()
    expect(counts).toEqual([{ count: 1_000_000 }])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        msg: 'sample: Count was overdue and could not be interrupted',
        transactionId: 't-00001',
        overdueMs: expect.any(Number),
      }),
    ])
  })
})

/** What a row that holds this SQL expression is read as. */
async function read(type: Parameters<typeof optional>[0], expression: string) {
  const getValue = procedure({
    name: 'GetValue',
    parameters: {},
    rowSets: { rows: { value: type as ReturnType<typeof text> } },
  })
  const sample = await openSample({
    procedures: [getValue],
    files: { GetValue: `-- row set: rows\nSELECT ${expression} AS Value` },
  })
  const { rows } = await sample.call(getValue, {})
  return rows[0]?.value
}

describe('a column', () => {
  test.each([
    ['leading zeros', text(5), `'04200'`, '04200'],
    ['the padding of a CHAR column', text(10), `'R031      '`, 'R031'],
    ['spaces within', text(10), `' a b  '`, ' a b'],
    ['a name beyond ASCII', text(20), `'Zoë Łukasz 陳 😀'`, 'Zoë Łukasz 陳 😀'],
    ['one of several texts', oneOf('ISSUED', 'PENDING'), `'PENDING'`, 'PENDING'],
    ['zero', integer(), '0', 0],
    ['the largest integer', integer(), '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['the smallest integer', integer(), '-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['a whole number that SQLite holds as REAL', integer(), '5.0', 5],
    ['a moment', dateTime(), `'2026-08-13T05:00:00Z'`, '2026-08-13T05:00:00Z'],
    ['no milliseconds', dateTime(), `'2026-08-13T05:00:00.000Z'`, '2026-08-13T05:00:00Z'],
    ['milliseconds', dateTime(), `'2026-08-13T05:00:00.25Z'`, '2026-08-13T05:00:00.250Z'],
    ['finer than a millisecond', dateTime(), `'2026-08-13T05:00:00.0009Z'`, '2026-08-13T05:00:00Z'],
    ['a leap day', dateTime(), `'2024-02-29T23:59:59Z'`, '2024-02-29T23:59:59Z'],
    ['true', boolean(), '1', true],
    ['false', boolean(), '0', false],
    ['a comparison', boolean(), '2 > 1', true],
    ['null, where it may be', optional(text(5)), 'NULL', undefined],
    ['empty text, which is null', optional(text(5)), `''`, undefined],
    ['nothing but padding, which is null', optional(text(5)), `'     '`, undefined],
    ['null, where it may be true or false', optional(boolean()), 'NULL', undefined],
  ])('is read: %s', async (_, type, expression, value) => {
    expect(await read(type as ReturnType<typeof text>, expression)).toBe(value)
  })

  test.each([
    ['null', text(5), 'NULL', 'is null'],
    ['empty text', text(5), `''`, 'is null'],
    ['text that is too long', text(4), `'secret'`, 'holds what is not text(4)'],
    ['a number for text', text(5), '12345', 'holds what is not text(5)'],
    ['NUL', text(5), `'a' || char(0) || 'b'`, 'holds what is not text(5)'],
    ['an unknown one of several', oneOf('A', 'B'), `'C'`, 'holds what is not one of A, B'],
    ['text for an integer', integer(), `'5'`, 'holds what is not integer'],
    ['bytes for an integer', integer(), `x'35'`, 'holds what is not integer'],
    ['a fraction', integer(), '0.5', 'holds what is not integer'],
    ['an integer that JavaScript rounds', integer(), '9007199254740993', 'is not integer'],
    ['a moment without a zone', dateTime(), `'2026-08-13T05:00:00'`, 'is not dateTime'],
    ['a moment in another zone', dateTime(), `'2026-08-13T05:00:00+01:00'`, 'is not dateTime'],
    ['a day', dateTime(), `'2026-08-13'`, 'is not dateTime'],
    ['a day that does not exist', dateTime(), `'2026-02-29T05:00:00Z'`, 'is not dateTime'],
    ['an hour that does not exist', dateTime(), `'2026-02-28T24:00:00Z'`, 'is not dateTime'],
    ['a number for a moment', dateTime(), '1786597200', 'is not dateTime'],
    ['a number that is neither 0 nor 1', boolean(), '2', 'holds what is not boolean'],
    ['a number below 0', boolean(), '-1', 'holds what is not boolean'],
    ['text for true', boolean(), `'1'`, 'holds what is not boolean'],
    ['no text for false', boolean(), `''`, 'holds what is not boolean'],
    ['neither true nor false', boolean(), 'NULL', 'is null'],
  ])('is refused by name and without its value: %s', async (_, type, expression, complaint) => {
    const failure = await read(type as ReturnType<typeof text>, expression).catch((error) => error)
    expect(failure).toBeInstanceOf(DependencyFailure)
    expect(failure).toMatchObject({ dependency: 'sample', way: 'failed', repeat: 'none' })
    expect(failure.message).toMatch(/^sample failed: GetValue: row set rows: column Value /)
    expect(failure.message).toContain(complaint)
    expect(failure.message).not.toMatch(/secret|12345|9007199254740993|2026/)
  })
})

const describeValue = procedure({
  name: 'DescribeValue',
  parameters: {
    code: optional(text(5)),
    number: optional(integer()),
    at: optional(dateTime()),
    isLate: optional(boolean()),
  },
  rowSets: { rows: { kind: text(10), code: optional(text(5)), number: optional(integer()) } },
})

function openDescribeValue(): Promise<Database> {
  return openSample({
    procedures: [describeValue],
    files: {
      DescribeValue:
        '-- row set: rows\nSELECT typeof(:Number) AS Kind, :Code AS Code, :Number AS Number',
    },
  })
}

describe('true and false', () => {
  test.each([
    ['bit of SQL Server', true, false],
    ['NUMBER(1) of Oracle', 1, 0],
    ['INTEGER of SQLite', 1n, 0n],
  ])('are the same, given as %s', (_, yes, no) => {
    expect([boolean().read(yes), boolean().read(no)]).toEqual([true, false])
  })

  test('are true and false again when they have been a parameter', async () => {
    const choose = procedure({
      name: 'Choose',
      parameters: { isLate: boolean() },
      rowSets: { rows: { kind: text(10), isLate: boolean() } },
    })
    const sample = await openSample({
      procedures: [choose],
      files: { Choose: '-- row set: rows\nSELECT typeof(:IsLate) AS Kind, :IsLate AS IsLate' },
    })
    for (const isLate of [true, false]) {
      const { rows } = await sample.call(choose, { isLate })
      expect(rows).toEqual([{ kind: 'integer', isLate }])
    }
  })
})

describe('a parameter', () => {
  test('that is a number reaches SQLite as an integer', async () => {
    const sample = await openDescribeValue()
    for (const number of [0, 2147483647, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const { rows } = await sample.call(describeValue, { number })
      expect(rows).toEqual([{ kind: 'integer', number }])
    }
  })

  test('that is text comes back as it was', async () => {
    const sample = await openDescribeValue()
    for (const code of ['04200', 'é😀', ' a', "'"]) {
      const { rows } = await sample.call(describeValue, { code })
      expect(rows).toEqual([{ kind: 'null', code }])
    }
  })

  test.each([
    ['longer than described', { code: '042000' }, 'Code is not text(5)'],
    ['longer in code units', { code: '😀😀😀' }, 'Code is not text(5)'],
    ['empty', { code: '' }, 'Code is not text(5)'],
    ['with a space at its end', { code: 'a ' }, 'Code is not text(5)'],
    ['with NUL', { code: 'a\0b' }, 'Code is not text(5)'],
    ['with a lone surrogate', { code: 'a\ud800b' }, 'Code is not text(5)'],
    ['a fraction', { number: 0.5 }, 'Number is not integer'],
    ['not a number', { number: Number.NaN }, 'Number is not integer'],
    ['infinite', { number: Number.POSITIVE_INFINITY }, 'Number is not integer'],
    ['rounded already', { number: 2 ** 53 }, 'Number is not integer'],
    ['a number for a boolean', { isLate: 1 as unknown as boolean }, 'IsLate is not boolean'],
    ['a moment in another form', { at: '2026-08-13T05:00:00.000Z' }, 'At is not dateTime'],
  ])('is refused, not changed in silence: %s', async (_, values, complaint) => {
    const sample = await openDescribeValue()
    const transaction = openTransaction('t-00001')
    await expect(
      inTransaction(transaction, () => sample.call(describeValue, values)),
    ).rejects.toMatchObject({
      way: 'failed',
      repeat: 'none',
      message: `sample failed: DescribeValue: parameter ${complaint}`,
    })
    expect(transaction.calls).toMatchObject([{ attempts: 1, outcome: 'failed' }])
  })

  test('that is not optional has to be there', async () => {
    const sample = await openSample(papers)
    const values = { limit: 1 } as { assessmentCode: string; limit: number }
    await expect(sample.call(getPapers, values)).rejects.toThrow(
      'GetPapers: parameter AssessmentCode is not text(10)',
    )
  })
})

/** Held by the type checker alone. */
export async function types(sample: Database): Promise<void> {
  const { page, papers } = await sample.call(getPapers, { assessmentCode: '0500', limit: 1 })
  const total: number | undefined = page[0]?.total
  const issued: string | undefined = papers[0]?.issuedDateTime
  // @ts-expect-error a row set that is not described
  await sample.call(getPapers, { assessmentCode: '0500', limit: 1 }).then(({ rows }) => rows)
  // @ts-expect-error a parameter of another type
  await sample.call(getPapers, { assessmentCode: 500, limit: 1 })
  // @ts-expect-error a parameter that is missing
  await sample.call(getPapers, { assessmentCode: '0500' })
  // @ts-expect-error a parameter that is not described
  await sample.call(getPapers, { assessmentCode: '0500', limit: 1, offset: 0 })
  // @ts-expect-error a column that may be absent
  const certain: string = papers.map((paper) => paper.issuedDateTime)[0]
  void [total, issued, certain]
}
