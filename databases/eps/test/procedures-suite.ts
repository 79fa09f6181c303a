import type { Database } from '@ca/stored-procedures'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  getCandidateResultStatus,
  getResultEnquiryStatus,
  getSessionResultStatus,
} from '../../../services/ca-eps-sapi/src/procedures.ts'
import { describePages, largestPage } from '../../test/pages-suite.ts'

const issued = '2026-08-13T05:00:00Z'
const released = '2026-08-20T07:00:00Z'

const candidate = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
}
const component = {
  businessStreamId: '04',
  sessionId: 3229,
  centreId: '43319',
  candidateNumber: '8129',
  assessmentCode: 'R031',
  componentId: '02',
}

/**
 * What the procedures of EPS answer from the sample data. It holds for every engine, to the byte
 * of the JSON that is made of it.
 * @param open opens the database, sample data and all
 */
export function describeProcedures(engine: string, open: () => Promise<Database>): void {
  describe(`EPS in ${engine}`, () => {
    let eps: Database

    beforeAll(async () => {
      eps = await open()
    })
    afterAll(() => eps.close())

    const json = async (answer: Promise<unknown>) => JSON.stringify(await answer)

    describe('GetCandidateResultStatus', () => {
      test.each([
        ['ISSUED', candidate, issued],
        [
          'ISSUED',
          { ...candidate, centreId: 'GB413', candidateNumber: '1001' },
          '2026-08-27T09:00:00Z',
        ],
        ['EMBARGOED', { ...candidate, centreId: 'GB412', candidateNumber: '1001' }, undefined],
        ['EMBARGOED', { ...candidate, assessmentCode: '0460' }, undefined],
        ['PENDING', { ...candidate, assessmentCode: '0430' }, undefined],
        ['WITHHELD', { ...candidate, assessmentCode: '0490' }, undefined],
        ['WITHHELD', { ...candidate, candidateNumber: '1805' }, undefined],
      ])('is %s for %j', async (resultStatus, key, issuedDateTime) => {
        expect(await json(eps.call(getCandidateResultStatus, key))).toBe(
          JSON.stringify({ results: [{ ...key, resultStatus, issuedDateTime }] }),
        )
      })

      test.each([
        { businessStreamId: '04' },
        { sessionId: 14245 },
        { sessionId: 2147483647 },
        { centreId: '4200' },
        { candidateNumber: '9999' },
        { assessmentCode: '0505' },
      ])('answers nothing where the candidate did not enter: %j', async (other) => {
        const { results } = await eps.call(getCandidateResultStatus, { ...candidate, ...other })
        expect(results).toEqual([])
      })
    })

    describe('GetResultEnquiryStatus', () => {
      test('answers the component and its enquiries, the earliest first', async () => {
        expect(await json(eps.call(getResultEnquiryStatus, component))).toBe(
          JSON.stringify({
            component: [component],
            enquiries: [
              {
                enquiryId: 70012,
                serviceType: '2S',
                status: 'COMPLETED',
                requestedDateTime: '2026-08-27T09:14:00Z',
                completedDateTime: '2026-09-15T11:30:00Z',
                outcome: 'NO_CHANGE',
              },
              {
                enquiryId: 70345,
                serviceType: '1',
                status: 'IN_PROGRESS',
                requestedDateTime: '2026-09-21T10:02:00Z',
              },
            ],
          }),
        )
      })

      test('answers enquiries that are withdrawn or just received without an outcome', async () => {
        const key = { ...component, candidateNumber: '8130' }
        const { enquiries } = await eps.call(getResultEnquiryStatus, key)
        expect(enquiries.map(({ status, outcome }) => [status, outcome])).toEqual([
          ['COMPLETED', 'GRADE_RAISED'],
          ['WITHDRAWN', undefined],
          ['RECEIVED', undefined],
        ])
      })

      test('answers the component alone where nothing was asked', async () => {
        const key = { ...component, componentId: '01' }
        expect(await eps.call(getResultEnquiryStatus, key)).toStrictEqual({
          component: [key],
          enquiries: [],
        })
      })

      test.each([
        { businessStreamId: '02' },
        { sessionId: 3230 },
        { centreId: '43320' },
        { candidateNumber: '8131' },
        { assessmentCode: 'R032' },
        { componentId: '2' },
        { componentId: '09' },
      ])('answers nothing where the candidate has no such component: %j', async (other) => {
        expect(await eps.call(getResultEnquiryStatus, { ...component, ...other })).toStrictEqual({
          component: [],
          enquiries: [],
        })
      })
    })

    describe('GetSessionResultStatus', () => {
      test.each([
        ['04', 3229, 150],
        ['02', 14244, 160],
        ['02', 16884, 150],
        ['02', 17002, 60],
        ['01', 3269, 120],
        ['01', 3301, 2450],
        ['01', 3229, 0],
        ['04', 0, 0],
      ])('counts the assessments of %s/%d: %d', async (businessStreamId, sessionId, total) => {
        const key = { businessStreamId, sessionId }
        const answer = await eps.call(getSessionResultStatus, {
          ...key,
          offset: 0,
          limit: largestPage,
        })
        expect(answer.page).toEqual([{ total }])
        expect(answer.items).toHaveLength(Math.min(total, largestPage))
        for (const item of answer.items) expect(item).toMatchObject(key)
      })

      test('answers an assessment with all that is known of it', async () => {
        const key = { businessStreamId: '04', sessionId: 3229 }
        expect(await json(eps.call(getSessionResultStatus, { ...key, offset: 30, limit: 1 }))).toBe(
          JSON.stringify({
            page: [{ total: 150 }],
            items: [
              {
                ...key,
                assessmentCode: 'R031',
                resultStatus: 'ISSUED',
                issuedDateTime: issued,
                releasedDateTime: released,
              },
            ],
          }),
        )
      })

      test('answers every status, with moments only where they have come', async () => {
        const { items } = await eps.call(getSessionResultStatus, {
          businessStreamId: '04',
          sessionId: 3229,
          offset: 0,
          limit: largestPage,
        })
        expect(new Set(items.map((item) => Object.values(item).slice(3).join(' ')))).toEqual(
          new Set([
            `ISSUED ${issued} ${released}`,
            `ISSUED ${issued}`,
            'EMBARGOED',
            'PENDING',
            'WITHHELD',
          ]),
        )
      })

      describePages({
        total: 2450,
        call: (paging) =>
          eps.call(getSessionResultStatus, { businessStreamId: '01', sessionId: 3301, ...paging }),
        order: (item) => item.assessmentCode,
      })
    })
  })
}
