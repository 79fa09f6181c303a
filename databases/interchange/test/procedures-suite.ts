import type { Database } from '@ca/stored-procedures'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { interchangeProcedures } from '../../../services/ca-interchange-sapi/src/procedures.ts'
import { describePages, largestPage } from '../../test/pages-suite.ts'

const { getEnquireServices } = interchangeProcedures

const issued = '2026-08-13T05:00:00Z'
const released = '2026-08-20T07:00:00Z'
const enquiriesClose = '2026-09-24T22:59:59Z'

const aLevels = { sessionId: 3269, qualificationGroupId: 1 }
const gcses = { sessionId: 3301, qualificationGroupId: 2 }
const all = { offset: 0, limit: largestPage }

/**
 * What the procedures of Interchange answer from the sample data. It holds for every engine, to the
 * byte of the JSON that is made of it.
 * @param open opens the database, sample data and all
 */
export function describeProcedures(engine: string, open: () => Promise<Database>): void {
  describe(`Interchange in ${engine}`, () => {
    let interchange: Database

    beforeAll(async () => {
      interchange = await open()
    })
    afterAll(() => interchange.close())

    describe('GetEnquireServices', () => {
      test('answers an entry with all that is known of it', async () => {
        const key = { ...aLevels, centreId: '10110', offset: 0, limit: 1 }
        expect(JSON.stringify(await interchange.call(getEnquireServices, key))).toBe(
          JSON.stringify({
            page: [{ total: 44 }],
            items: [
              {
                businessStreamId: '01',
                sessionId: 3269,
                sessionName: 'June 2025',
                centreId: '10110',
                centreName: 'Ashford Academy',
                qualificationGroupId: 1,
                qualificationId: 4506,
                qualificationName: 'A Level Computer Science',
                assessmentCode: 'H402',
                componentIds: '01,02,03',
                entryCount: 1,
                issuedDateTime: '2025-08-14T05:00:00Z',
                releasedDateTime: '2025-08-21T07:00:00Z',
                enquiriesCloseDateTime: '2025-09-25T22:59:59Z',
              },
            ],
          }),
        )
      })

      test('leaves out the dates that have not come', async () => {
        const key = { ...gcses, centreId: '04101', ...all }
        const { items } = await interchange.call(getEnquireServices, key)
        const dates = new Map(
          items.map(({ assessmentCode, ...item }) => [
            assessmentCode,
            Object.values(item).slice(10),
          ]),
        )
        expect(dates.get('A033')).toEqual([issued, released, enquiriesClose])
        expect(dates.get('A192')).toEqual([issued, released])
        expect(dates.get('A004')).toEqual([issued, enquiriesClose])
        expect(dates.get('A207')).toEqual([])
      })

      test('answers assessments of one component, and entries that were all withdrawn', async () => {
        const key = { ...gcses, centreId: '04101', ...all }
        const { items } = await interchange.call(getEnquireServices, key)
        expect(items.find(({ assessmentCode }) => assessmentCode === 'B190')).toMatchObject({
          componentIds: '01',
          entryCount: 0,
        })
      })

      test.each([
        ['04101', "St Mary's RC High School"],
        ['04102', 'Ysgol Gymraeg Llŷn'],
        ['04107', 'Deutsche Schule – Über dem Fluß'],
        ['04108', 'مدرسة النور'],
        ['04109', 'Szkoła Łódzka'],
        ['04110', '"The Elms" School, Ashford'],
      ])('names the centre %s as it writes itself: %s', async (centreId, centreName) => {
        const key = { ...aLevels, centreId, offset: 0, limit: 1 }
        const { items } = await interchange.call(getEnquireServices, key)
        expect(items).toMatchObject([{ centreId, centreName }])
      })

      test.each([
        [{ ...aLevels }, 1228],
        [{ ...aLevels, centreId: '04102' }, 35],
        [{ sessionId: 3301, qualificationGroupId: 1 }, 2174],
        [{ ...gcses }, 2403],
        [{ ...gcses, centreId: '04101' }, 52],
        [{ sessionId: 3301, qualificationGroupId: 3 }, 603],
      ])('counts the entries of %j: %d', async (key, total) => {
        const answer = await interchange.call(getEnquireServices, { ...key, ...all })
        expect(answer.page).toEqual([{ total }])
        expect(answer.items).toHaveLength(Math.min(total, largestPage))
        for (const item of answer.items) expect(item).toMatchObject(key)
      })

      test.each([
        { sessionId: 3270 },
        { sessionId: 2147483647 },
        { qualificationGroupId: 0 },
        { qualificationGroupId: 2 },
        { centreId: '4102' },
        { centreId: '0410' },
        { centreId: '0' },
        { centreId: 'ZZZZZ' },
      ])('answers nothing where there is no entry: %j', async (other) => {
        const key = { ...aLevels, ...other, ...all }
        expect(await interchange.call(getEnquireServices, key)).toStrictEqual({
          page: [{ total: 0 }],
          items: [],
        })
      })

      test('answers for a centre what it answers for all, and no more', async () => {
        const { items } = await interchange.call(getEnquireServices, { ...aLevels, ...all })
        for (const centreId of new Set(items.map((item) => item.centreId))) {
          const key = { ...aLevels, centreId, ...all }
          const ofCentre = await interchange.call(getEnquireServices, key)
          expect(ofCentre.items).toEqual(items.filter((item) => item.centreId === centreId))
        }
      })

      describePages({
        total: 2403,
        call: (paging) => interchange.call(getEnquireServices, { ...gcses, ...paging }),
        order: (item) => `${item.centreId} ${item.assessmentCode}`,
      })
    })
  })
}
