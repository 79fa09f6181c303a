import type { Database } from '@ca/stored-procedures'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ciDirectProcedures } from '../../../services/ca-interchange-sapi/src/procedures.ts'
import { describePages, largestPage } from '../../test/pages-suite.ts'

const { centreWiseEmbargoInfo, resultReleaseDateValidation } = ciDirectProcedures

const november2025 = { sessionId: 16884 }
const june2026 = { sessionId: 14244 }
const november2026 = { sessionId: 17002 }
const all = { offset: 0, limit: largestPage }

/**
 * What the procedures of CI Direct answer from the sample data. It holds for every engine, to the
 * byte of the JSON that is made of it.
 * @param open opens the database, sample data and all
 */
export function describeProcedures(engine: string, open: () => Promise<Database>): void {
  describe(`CI Direct in ${engine}`, () => {
    let ciDirect: Database

    beforeAll(async () => {
      ciDirect = await open()
    })
    afterAll(() => ciDirect.close())

    describe.each([
      {
        procedure: centreWiseEmbargoInfo,
        resultDateType: 'issue',
        resultDateTime: '2026-01-13T06:00:00Z',
        counts: { june2026: 1149, november2026: 180, ofCentre: 18 },
      },
      {
        procedure: resultReleaseDateValidation,
        resultDateType: 'release',
        resultDateTime: '2026-01-15T06:00:00Z',
        counts: { june2026: 1029, november2026: 120, ofCentre: 12 },
      },
    ])('$procedure.name', ({ procedure, resultDateType, resultDateTime, counts }) => {
      test('answers a qualification of a centre with all that is known of it', async () => {
        const key = { ...november2025, centreId: '1126', offset: 7, limit: 1 }
        expect(JSON.stringify(await ciDirect.call(procedure, key))).toBe(
          JSON.stringify({
            page: [{ total: 30 }],
            items: [
              {
                businessStreamId: '02',
                sessionId: 16884,
                centreId: '1126',
                centreName: 'Colegio São Bento',
                qualificationName: 'Cambridge IGCSE Mathematics',
                assessmentCode: '0580',
                resultDateType,
                resultDateTime,
                embargoed: false,
              },
            ],
          }),
        )
      })

      test.each([
        ['04200', "St Mary's College", june2026],
        ['1127', 'Gymnázium Žilina', november2025],
        ['1128', 'مدرسة النور', november2025],
        ['1129', 'Διεθνές Σχολείο «Αθηνά»', november2025],
        ['1131', '𠮷田国際学校', november2025],
        ['1132', `O'Neill's "Open" School`, november2025],
        ['1133', 'โรงเรียนนานาชาติดอกบัว', november2025],
      ])('names the centre %s as it writes itself: %s', async (centreId, centreName, session) => {
        const key = { ...session, centreId, offset: 0, limit: 1 }
        const { items } = await ciDirect.call(procedure, key)
        expect(items).toMatchObject([{ centreId, centreName }])
      })

      test.each([
        [{ ...november2025 }, 2400],
        [{ ...november2025, centreId: '1126' }, 30],
        [{ ...june2026 }, counts.june2026],
        [{ ...november2026 }, counts.november2026],
        [{ ...november2026, centreId: 'GB412' }, counts.ofCentre],
      ])('counts the dates of %j: %d', async (key, total) => {
        const answer = await ciDirect.call(procedure, { ...key, ...all })
        expect(answer.page).toEqual([{ total }])
        expect(answer.items).toHaveLength(Math.min(total, largestPage))
        for (const item of answer.items) {
          expect(item).toMatchObject({ businessStreamId: '02', ...key, resultDateType })
        }
      })

      test.each([
        { sessionId: 16885 },
        { sessionId: 2147483647 },
        { centreId: '126' },
        { centreId: '112' },
        { centreId: '01126' },
        { centreId: 'GB412' },
        { centreId: '0' },
        { centreId: 'ZZZZZ' },
      ])('answers nothing where nobody entered: %j', async (other) => {
        const key = { ...november2025, centreId: '1126', ...other, ...all }
        expect(await ciDirect.call(procedure, key)).toStrictEqual({
          page: [{ total: 0 }],
          items: [],
        })
      })

      test('answers for a centre what it answers for all, and no more', async () => {
        const { items } = await ciDirect.call(procedure, { ...june2026, ...all })
        for (const centreId of new Set(items.map((item) => item.centreId))) {
          const ofCentre = await ciDirect.call(procedure, { ...june2026, centreId, ...all })
          expect(ofCentre.items).toEqual(items.filter((item) => item.centreId === centreId))
        }
      })

      test.each([
        ['1126', 0],
        ['1136', 30],
        ['1137', 0],
        ['1138', 9],
      ])('embargoes the results of %s by its exceptions: %d', async (centreId, embargoed) => {
        const { items } = await ciDirect.call(procedure, { ...november2025, centreId, ...all })
        expect(items).toHaveLength(30)
        expect(items.filter((item) => item.embargoed)).toHaveLength(embargoed)
      })

      test('embargoes all that is not issued yet', async () => {
        const { items } = await ciDirect.call(procedure, { ...november2026, ...all })
        expect(new Set(items.map((item) => item.embargoed))).toEqual(new Set([true]))
      })

      describePages({
        total: 2400,
        call: (paging) => ciDirect.call(procedure, { ...november2025, ...paging }),
        order: (item) => `${item.centreId} ${item.assessmentCode}`,
      })
    })

    test.each([
      ['04200', '0500', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z', false],
      ['04200', '0460', '2027-03-02T06:00:00Z', '2027-03-04T06:00:00Z', true],
      ['04200', '0490', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z', true],
      ['04200', '0430', undefined, undefined, undefined],
      ['GB412', '0500', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z', true],
      ['GB413', '0500', '2026-08-27T09:00:00Z', '2026-08-27T09:00:00Z', false],
    ])('dates for %s of %s: %s, %s, embargoed %s', async (centreId, code, ...expected) => {
      const dateIn = async (procedure: typeof centreWiseEmbargoInfo) => {
        const { items } = await ciDirect.call(procedure, { ...june2026, centreId, ...all })
        return items.find(({ assessmentCode }) => assessmentCode === code)
      }
      const issue = await dateIn(centreWiseEmbargoInfo)
      const release = await dateIn(resultReleaseDateValidation)
      expect(issue?.embargoed).toBe(release?.embargoed)
      expect([issue?.resultDateTime, release?.resultDateTime, issue?.embargoed]).toEqual(expected)
    })
  })
}
