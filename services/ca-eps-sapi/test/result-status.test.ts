import { contract } from '@ca/contracts'
import { type Served, serve, validCalls } from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createEpsSapi } from '../src/main.ts'
import { type Rm, startRm } from './rm.ts'

let rm: Rm
let eps: Served

beforeAll(async () => {
  rm = await startRm()
  eps = await serve(contract('ca-eps-sapi'), (settings) =>
    createEpsSapi({
      ...settings,
      EPS_DATABASE_URL: 'sqlite:',
      RM_AUTH: 'on',
      RM_URL: rm.url,
      RM_CLIENT_ID: 'eps',
      RM_CLIENT_SECRET: 'a secret',
    }),
  )
})

afterAll(async () => {
  await eps.stop()
  await rm.stop()
})

const candidate = (key: string) => {
  const [stream, session, centre, number, assessment] = key.split('/')
  return `/v1/candidates/resultStatus/businessStream/${stream}/sessions/${session}/centres/${centre}/candidateNumber/${number}/assessments/${assessment}`
}

const enquiries = (key: string) => {
  const [stream, session, centre, number, assessment, component] = key.split('/')
  return `/v1/businessStream/${stream}/sessions/${session}/centres/${centre}/candidateNumber/${number}/assessments/${assessment}/components/${component}/resultEnquiryStatus`
}

describe("a candidate's result status", () => {
  test('repeats the key, leading zeros kept, and says when the result was issued', async () => {
    const { status, body } = await eps.call(candidate('02/14244/04200/1804/0500'))
    expect(status).toBe(200)
    expect(body).toEqual({
      businessStreamId: '02',
      sessionId: 14244,
      centreId: '04200',
      candidateNumber: '1804',
      assessmentCode: '0500',
      resultStatus: 'ISSUED',
      issuedDateTime: '2026-08-13T05:00:00Z',
    })
  })

  test.each([
    ['02/14244/GB412/1001/0500', 'EMBARGOED'],
    ['02/14244/04200/1804/0460', 'EMBARGOED'],
    ['02/14244/04200/1804/0430', 'PENDING'],
    ['02/14244/04200/1804/0490', 'WITHHELD'],
    ['02/14244/04200/1805/0500', 'WITHHELD'],
  ])('of %s is %s, and has no date of issue', async (key, resultStatus) => {
    const { body } = await eps.call(candidate(key))
    expect(body).toMatchObject({ resultStatus })
    expect(body).not.toHaveProperty('issuedDateTime')
  })

  test.each([
    ['another stream', '01/14244/04200/1804/0500'],
    ['another session', '02/14245/04200/1804/0500'],
    ['another centre', '02/14244/4200/1804/0500'],
    ['another candidate', '02/14244/04200/9999/0500'],
    ['another assessment', '02/14244/04200/1804/0501'],
  ])('is not found for %s', async (_, key) => {
    const { body } = await eps.call(candidate(key))
    expect(body).toMatchObject({ errorCode: '70404' })
  })

  test.each([
    ['a stream', '2/14244/04200/1804/0500', 'businessStreamId'],
    ['a session', '02/1e3/04200/1804/0500', 'sessionId'],
    ['a session', '02/2147483648/04200/1804/0500', 'sessionId'],
    ['a centre', '02/14244/042001/1804/0500', 'centreId'],
    ['a centre', '02/14244/gb412/1804/0500', 'centreId'],
    ['a candidate number', '02/14244/04200/180/0500', 'candidateNumber'],
    ['an assessment', '02/14244/04200/1804/05', 'assessmentCode'],
    ['an assessment', '02/14244/04200/1804/%2F500', 'assessmentCode'],
  ])('is refused for %s out of form: %s', async (_, key, name) => {
    const { body } = await eps.call(candidate(key))
    expect(body).toMatchObject({ errorCode: '60002', details: [{ in: 'path', name }] })
  })
})

describe('the enquiries about a component', () => {
  test('come in the order in which they were asked, completed or not', async () => {
    const { status, body } = await eps.call(enquiries('04/3229/43319/8129/R031/02'))
    expect(status).toBe(200)
    const { enquiries: all, ...key } = body as { enquiries: Record<string, unknown>[] }
    expect(key).toEqual({
      businessStreamId: '04',
      sessionId: 3229,
      centreId: '43319',
      candidateNumber: '8129',
      assessmentCode: 'R031',
      componentId: '02',
    })
    expect(all).toHaveLength(2)
    expect(all[0]).toMatchObject({ status: 'COMPLETED', outcome: expect.any(String) })
    expect(all[1]).not.toHaveProperty('outcome')
    expect(String(all[0]?.requestedDateTime) < String(all[1]?.requestedDateTime)).toBe(true)
  })

  test('are none where nothing was asked', async () => {
    const { status, body } = await eps.call(enquiries('04/3229/43319/8129/R031/01'))
    expect([status, body]).toMatchObject([200, { componentId: '01', enquiries: [] }])
  })

  test('are not found where the candidate has no such component', async () => {
    const { body } = await eps.call(enquiries('04/3229/43319/8129/R031/09'))
    expect(body).toMatchObject({ errorCode: '70404' })
  })
})

describe("a session's result status", () => {
  type Page = { items: { assessmentCode: string; resultStatus: string }[]; page: object }

  async function page(path: string): Promise<Page> {
    const { status, body } = await eps.call(path)
    expect(status).toBe(200)
    return body as Page
  }

  test('has a first page of 100 of all its assessments', async () => {
    const { items, page: place } = await page('/v1/businessStream/04/sessions/3229/resultStatus')
    expect(items).toHaveLength(100)
    expect(place).toEqual({ offset: 0, limit: 100, total: 150 })
  })

  test('has every status', async () => {
    const { items } = await page('/v1/businessStream/04/sessions/3229/resultStatus?limit=2000')
    expect(new Set(items.map(({ resultStatus }) => resultStatus))).toEqual(
      new Set(['ISSUED', 'EMBARGOED', 'PENDING', 'WITHHELD']),
    )
  })

  test('gives every assessment once when it is walked page by page', async () => {
    const path = '/v1/businessStream/01/sessions/3301/resultStatus'
    const first = await page(`${path}?limit=2000`)
    const second = await page(`${path}?limit=2000&offset=2000`)
    const codes = [...first.items, ...second.items].map(({ assessmentCode }) => assessmentCode)
    expect([first.items.length, codes.length, new Set(codes).size]).toEqual([2000, 2450, 2450])
    expect(codes).toEqual([...codes].sort())
  })

  test('has an empty page behind its end', async () => {
    const place = await page('/v1/businessStream/04/sessions/3229/resultStatus?offset=2147483647')
    expect(place).toEqual({ items: [], page: { offset: 2147483647, limit: 100, total: 150 } })
  })

  test('is empty for a session that nobody knows', async () => {
    const { items, page: place } = await page('/v1/businessStream/99/sessions/0/resultStatus')
    expect([items, place]).toEqual([[], { offset: 0, limit: 100, total: 0 }])
  })

  test.each(['limit=0', 'limit=2001', 'limit=', 'offset=-1', 'limt=5', 'limit=5&limit=5'])(
    'is refused with ?%s',
    async (search) => {
      const path = `/v1/businessStream/04/sessions/3229/resultStatus?${search}`
      const { body } = await eps.call(path)
      expect(body).toMatchObject({ errorCode: '60002', details: [{ in: 'query' }] })
    },
  )
})

test('any call that fits the contract is answered, or not found', async () => {
  await fc.assert(
    fc.asyncProperty(await validCalls(contract('ca-eps-sapi')), async (call) => {
      const { status } = await eps.call(call)
      expect([200, 404]).toContain(status)
    }),
  )
})
