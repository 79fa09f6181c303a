import type { Database } from '@ca/stored-procedures'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  getCiQuestionPapers,
  getOcrQuestionPapers,
} from '../../../services/ca-libs-sapi/src/procedures.ts'
import { describePages, largestPage } from '../../test/pages-suite.ts'

const ofCi = { sessionId: 19722, assessmentCode: '9239' }
const ofOcr = { sessionId: 3269, assessmentCode: 'H404' }
const all = { offset: 0, limit: largestPage }

/**
 * What the procedures of LIBS answer from the sample data. It holds for every engine, to the byte
 * of the JSON that is made of it.
 * @param open opens the database, sample data and all
 */
export function describeProcedures(engine: string, open: () => Promise<Database>): void {
  describe(`LIBS in ${engine}`, () => {
    let libs: Database

    beforeAll(async () => {
      libs = await open()
    })
    afterAll(() => libs.close())

    const json = async (answer: Promise<unknown>) => JSON.stringify(await answer)

    describe('GetCiQuestionPapers', () => {
      test('answers a paper with all that is known of it', async () => {
        const key = { ...ofCi, assessmentVersion: '4', componentId: '03' }
        expect(await json(libs.call(getCiQuestionPapers, { ...key, ...all }))).toBe(
          JSON.stringify({
            page: [{ total: 1 }],
            items: [
              {
                businessStreamId: '02',
                ...key,
                qpIdentifier: '9239-03-4-S26',
                title: 'Global Perspectives and Research, Paper 3',
                duration: 90,
              },
            ],
          }),
        )
      })

      test.each([
        [
          {},
          [
            '9239-01-3-S26',
            '9239-01-3-S26-IN',
            '9239-02-3-S26',
            '9239-03-3-S26',
            '9239-01-4-S26',
            '9239-01-4-S26-IN',
            '9239-02-4-S26',
            '9239-03-4-S26',
          ],
        ],
        [
          { assessmentVersion: '4' },
          ['9239-01-4-S26', '9239-01-4-S26-IN', '9239-02-4-S26', '9239-03-4-S26'],
        ],
        [{ componentId: '03' }, ['9239-03-3-S26', '9239-03-4-S26']],
        [{ assessmentVersion: '3', componentId: '01' }, ['9239-01-3-S26', '9239-01-3-S26-IN']],
      ])('answers the papers with %j, by version, component and name', async (filter, papers) => {
        const key = { ...ofCi, ...filter }
        const answer = await libs.call(getCiQuestionPapers, { ...key, ...all })
        expect(answer.page).toEqual([{ total: papers.length }])
        expect(answer.items.map(({ qpIdentifier }) => qpIdentifier)).toEqual(papers)
        for (const item of answer.items) expect(item).toMatchObject(key)
      })

      test.each([
        { sessionId: 19723 },
        { sessionId: 3269, assessmentCode: 'H404' },
        { assessmentCode: '9240' },
        { assessmentVersion: '04' },
        { assessmentVersion: '0' },
        { assessmentVersion: 'ZZZ' },
        { componentId: '3' },
        { componentId: '04' },
      ])('answers nothing where there is no paper: %j', async (other) => {
        expect(await libs.call(getCiQuestionPapers, { ...ofCi, ...other, ...all })).toStrictEqual({
          page: [{ total: 0 }],
          items: [],
        })
      })

      test.each([
        [{ assessmentVersion: '1' }, 0],
        [{ assessmentVersion: '10' }, 180],
        [{ componentId: '30' }, 72],
        [{ assessmentVersion: '10', componentId: '30' }, 6],
      ])('picks from a long list by all of %j: %d', async (filter, total) => {
        const key = { sessionId: 19722, assessmentCode: '0500', ...filter }
        const answer = await libs.call(getCiQuestionPapers, { ...key, ...all })
        expect(answer.page).toEqual([{ total }])
        expect(answer.items).toHaveLength(total)
        for (const item of answer.items) expect(item).toMatchObject(key)
      })

      describePages({
        total: 2160,
        call: (paging) =>
          libs.call(getCiQuestionPapers, {
            sessionId: 19722,
            assessmentCode: '0500',
            ...paging,
          }),
        order: (item) => `${item.assessmentVersion} ${item.componentId} ${item.qpIdentifier}`,
      })
    })

    describe('GetOcrQuestionPapers', () => {
      test('answers a paper with all that is known of it', async () => {
        const key = { ...ofOcr, assessmentVersion: '1', componentId: '03' }
        expect(await json(libs.call(getOcrQuestionPapers, { ...key, ...all }))).toBe(
          JSON.stringify({
            page: [{ total: 2 }],
            items: [
              {
                businessStreamId: '01',
                ...key,
                qpIdentifier: 'H404/03-JUN25-1',
                title: 'Computer Science, Component 03',
                duration: 90,
              },
              {
                businessStreamId: '01',
                ...key,
                qpIdentifier: 'H404/03-JUN25-1-LP',
                title: 'Computer Science, Component 03 (large print)',
                duration: 90,
              },
            ],
          }),
        )
      })

      test.each([
        [{ ...ofOcr, assessmentCode: 'H402' }, 3],
        [{ ...ofOcr }, 6],
        [{ ...ofOcr, assessmentCode: 'H405' }, 4],
        [{ ...ofOcr, assessmentCode: 'H405', assessmentVersion: '2' }, 2],
        [{ ...ofOcr, assessmentCode: 'H405', componentId: '02' }, 2],
        [{ sessionId: 3301, assessmentCode: 'J340' }, 4],
        [{ ...ofOcr, assessmentVersion: '2' }, 0],
        [{ ...ofOcr, componentId: '3' }, 0],
        [ofCi, 0],
      ])('counts the papers of %j: %d', async (key, total) => {
        const answer = await libs.call(getOcrQuestionPapers, { ...key, ...all })
        expect(answer.page).toEqual([{ total }])
        expect(answer.items).toHaveLength(total)
        for (const item of answer.items) {
          expect(item).toMatchObject({ businessStreamId: '01', ...key })
        }
      })

      describePages({
        total: 4,
        call: (paging) =>
          libs.call(getOcrQuestionPapers, {
            sessionId: 3301,
            assessmentCode: 'J340',
            ...paging,
          }),
        order: (item) => `${item.assessmentVersion} ${item.componentId} ${item.qpIdentifier}`,
      })
    })
  })
}
