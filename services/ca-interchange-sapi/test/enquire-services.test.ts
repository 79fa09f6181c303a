import { contract } from '@ca/contracts'
import { type Served, serve, validCalls } from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createInterchangeSapi } from '../src/main.ts'

let service: Served

beforeAll(async () => {
  service = await serve(contract('ca-interchange-sapi'), (settings) =>
    createInterchangeSapi({
      ...settings,
      INTERCHANGE_DATABASE_URL: 'sqlite:',
      CI_DIRECT_DATABASE_URL: 'sqlite:',
    }),
  )
})
afterAll(() => service.stop())

type List = {
  items: Record<string, unknown>[]
  page: { offset: number; limit: number; total: number }
}

async function list(path: string): Promise<List> {
  const { status, body } = await service.call(path)
  expect(status).toBe(200)
  return body as List
}

const ofOcr = '/v1/businessStreams/01/sessions/3269/enquireServices?qualificationGroupId=1'
const ofCi = '/v1/businessStreams/02/sessions/16884/enquireServices'

describe("OCR's enquire services", () => {
  test('repeat the key that they were asked by', async () => {
    const { items, page } = await list(ofOcr)
    expect(page).toMatchObject({ offset: 0, limit: 100 })
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      expect(item).toMatchObject({
        businessStreamId: '01',
        sessionId: 3269,
        qualificationGroupId: 1,
      })
      expect(item.componentIds).toEqual(expect.arrayContaining([expect.any(String)]))
    }
  })

  test("can be one centre's alone", async () => {
    const [first] = (await list(ofOcr)).items
    const { items, page } = await list(`${ofOcr}&centreId=${first?.centreId}`)
    expect(new Set(items.map(({ centreId }) => centreId))).toEqual(new Set([first?.centreId]))
    expect(page.total).toBe(items.length)
  })

  test('are none for a session, a group or a centre that nobody knows', async () => {
    for (const path of [
      ofOcr.replace('3269', '1'),
      ofOcr.replace('GroupId=1', 'GroupId=2147483647'),
      `${ofOcr}&centreId=ZZZZZ`,
    ]) {
      expect(await list(path)).toMatchObject({ items: [], page: { total: 0 } })
    }
  })

  test('are refused without their qualification group', async () => {
    const { body } = await service.call('/v1/businessStreams/01/sessions/3269/enquireServices')
    expect(body).toMatchObject({ errorCode: '60001' })
  })
})

describe("Cambridge International's enquire services", () => {
  test.each(['issue', 'release'])('have the date of %s, of one centre alone', async (type) => {
    const { items } = await list(`${ofCi}?resultDateType=${type}&offset=0&limit=100&centreId=1126`)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      expect(item).toMatchObject({
        businessStreamId: '02',
        sessionId: 16884,
        centreId: '1126',
        resultDateType: type,
        embargoed: expect.any(Boolean),
      })
    }
  })

  test('are walked page by page without a gap or a double', async () => {
    const path = `${ofCi}?resultDateType=release`
    const { page } = await list(`${path}&limit=1`)
    const seen: string[] = []
    for (let offset = 0; offset < page.total; offset += 2000) {
      const { items } = await list(`${path}&offset=${offset}&limit=2000`)
      seen.push(...items.map(({ centreId, assessmentCode }) => `${centreId} ${assessmentCode}`))
    }
    expect(seen).toHaveLength(page.total)
    expect(new Set(seen).size).toBe(page.total)
  })

  test.each([
    ['60001', ''],
    ['60002', '?resultDateType=issued'],
    ['60002', '?resultDateType=issue&qualificationGroupId=1'],
    ['60002', "?resultDateType=issue&centreId=1126'--"],
  ])('are refused with %s for %s', async (errorCode, search) => {
    expect((await service.call(ofCi + search)).body).toMatchObject({ errorCode })
  })
})

test('any call that fits the contract is answered', async () => {
  await fc.assert(
    fc.asyncProperty(await validCalls(contract('ca-interchange-sapi')), async (call) => {
      expect((await service.call(call)).status).toBe(200)
    }),
  )
})
