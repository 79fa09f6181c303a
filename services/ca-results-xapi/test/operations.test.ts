import { type FaultCode, fault } from '@ca/faults'
import { currentTransaction } from '@ca/telemetry'
import type { Call } from '@ca/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { echo, type SystemApiName, scriptBytes, startLandscape } from './landscape.ts'

type Landscape = Awaited<ReturnType<typeof startLandscape>>

const directive = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  componentId: '03',
  serviceType: 'ATS',
}
const calls = {
  getOcrEnquireServices:
    '/v1/businessStreams/01/sessions/3269/enquireServices?qualificationGroupId=1',
  getCiEnquireServices:
    '/v1/businessStreams/02/sessions/16884/enquireServices?resultDateType=release&offset=0&limit=100&centreId=1126',
  createCustomerDirectives: {
    method: 'POST',
    path: '/v1/candidates/scripts',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customerDirectives: [directive] }),
  },
  getScriptPdf: '/v1/candidates/scripts/pdf/SC-0500-03-1804-1',
  getCandidateResultStatus:
    '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500',
  getQpIdentifiers:
    '/v1/businessStreams/02/qpIdentifiers?sessionId=19722&assessmentCode=9239&assessmentVersion=4&componentId=03',
  getResultEnquiryStatus:
    '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus',
  getSessionResultStatus: '/v1/businessStream/04/sessions/3229/resultStatus',
} satisfies Record<string, string | Call>

const operationsOf: Record<SystemApiName, (keyof typeof calls)[]> = {
  'ca-interchange-sapi': ['getOcrEnquireServices', 'getCiEnquireServices'],
  'ca-eps-sapi': ['getCandidateResultStatus', 'getResultEnquiryStatus', 'getSessionResultStatus'],
  'ca-rm-sapi': ['createCustomerDirectives', 'getScriptPdf'],
  'ca-libs-sapi': ['getQpIdentifiers'],
}

describe('every operation asks its system API for what it was asked for', () => {
  let landscape: Landscape

  beforeAll(async () => {
    landscape = await startLandscape()
  })
  afterAll(() => landscape.stop())

  async function answerTo(call: string | Call) {
    const { status, body } = await landscape.xapi.call(call)
    return { status, body: body as Record<string, unknown> }
  }

  test("OCR's enquire services, all filters kept", async () => {
    const { status, body } = await answerTo(`${calls.getOcrEnquireServices}&centreId=04200&limit=7`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      items: [{ sessionId: 3269, qualificationGroupId: 1, centreId: '04200' }],
      page: { offset: 0, limit: 7 },
    })
  })

  test("Cambridge International's enquire services, by the date that was asked for", async () => {
    const { status, body } = await answerTo(calls.getCiEnquireServices)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      items: [{ sessionId: 16884, resultDateType: 'release', centreId: '1126' }],
      page: { offset: 0, limit: 100 },
    })
  })

  test('the question papers', async () => {
    const { status, body } = await answerTo(calls.getQpIdentifiers)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      items: [
        {
          businessStreamId: '02',
          sessionId: 19722,
          assessmentCode: '9239',
          assessmentVersion: '4',
          componentId: '03',
        },
      ],
    })
  })

  test('an order, with its status and what is said of its being a repetition', async () => {
    const { status, body, headers } = await landscape.xapi.call(calls.createCustomerDirectives)
    expect(status).toBe(201)
    expect(headers['idempotent-replay']).toBe('true')
    expect(body).toMatchObject({ customerDirectives: [directive] })
  })

  test('a script, byte for byte, with its length', async () => {
    const { status, text, headers } = await landscape.xapi.call(calls.getScriptPdf)
    expect([status, text]).toEqual([200, scriptBytes.toString()])
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(scriptBytes.length),
    })
  })

  test("a candidate's result status", async () => {
    expect(await answerTo(calls.getCandidateResultStatus)).toEqual({
      status: 200,
      body: {
        businessStreamId: '02',
        sessionId: 14244,
        centreId: '04200',
        candidateNumber: '1804',
        assessmentCode: '0500',
        resultStatus: 'PENDING',
      },
    })
  })

  test('the enquiries about a component', async () => {
    expect(await answerTo(calls.getResultEnquiryStatus)).toEqual({
      status: 200,
      body: {
        businessStreamId: '04',
        sessionId: 3229,
        centreId: '43319',
        candidateNumber: '8129',
        assessmentCode: 'R031',
        componentId: '02',
        enquiries: [],
      },
    })
  })

  test("a session's result status, page and all", async () => {
    const { body: first } = await answerTo(calls.getSessionResultStatus)
    expect(first).toMatchObject({ page: { offset: 0, limit: 100, total: 1 } })
    const { body } = await answerTo(`${calls.getSessionResultStatus}?offset=7&limit=3`)
    expect(body).toMatchObject({
      items: [{ businessStreamId: '04', sessionId: 3229 }],
      page: { offset: 7, limit: 3, total: 1 },
    })
  })

  test.each(['03', '1', '00'])('business stream %s has no enquire services', async (stream) => {
    const path = `/v1/businessStreams/${stream}/sessions/3269/enquireServices?qualificationGroupId=1`
    expect((await answerTo(path)).body).toMatchObject({ errorCode: '70404' })
  })

  test.each([
    ['qualificationGroupId', '/v1/businessStreams/01/sessions/3269/enquireServices'],
    ['resultDateType', '/v1/businessStreams/02/sessions/16884/enquireServices?centreId=1126'],
    ['assessmentCode', '/v1/businessStreams/02/qpIdentifiers?sessionId=19722'],
  ])('is told 60001 where %s is missing', async (name, path) => {
    const { body } = await answerTo(path)
    expect(body).toMatchObject({ errorCode: '60001', details: [{ in: 'query', name }] })
  })
})

describe('with one system API', () => {
  let landscape: Landscape
  afterEach(() => landscape.stop())

  test('a call goes on under its transaction, for its consumer, with less time than its own', async () => {
    const seen: Record<string, unknown> = {}
    landscape = await startLandscape({
      'ca-eps-sapi': {
        getSessionResultStatus(request) {
          const transaction = currentTransaction()
          const { id, clientId, consumerId } = transaction ?? {}
          const inTime = (transaction?.timeLeftMs() ?? 1e9) <= 8000
          Object.assign(seen, { id, clientId, consumerId, inTime })
          return echo['ca-eps-sapi'].getSessionResultStatus(request)
        },
      },
    })
    const path = calls.getSessionResultStatus
    const { headers } = await landscape.xapi.call({
      path,
      headers: { 'x-transaction-id': 'ats-17' },
    })
    expect(headers['x-transaction-id']).toBe('ats-17')
    expect(seen).toEqual({
      id: 'ats-17',
      clientId: 'test-client',
      consumerId: 'test-client',
      inTime: true,
    })
  })

  const passing: FaultCode[] = ['60001', '60002', '70404', '60006', '70503', '70504']

  test.each(passing)('its fault %s comes through as it is', async (code) => {
    const details = [{ in: 'query' as const, name: 'limit', issue: 'is too much' }]
    landscape = await startLandscape({
      'ca-eps-sapi': {
        getCandidateResultStatus: () => {
          throw fault(code, code === '60002' ? { details } : {})
        },
      },
    })
    const { body } = await landscape.xapi.call(calls.getCandidateResultStatus)
    expect(body).toMatchObject({
      errorCode: code,
      transactionId: 'test-transaction',
      ...(code === '60002' && { details }),
    })
  })

  test.each(['70401', '70402', '70403'] as const)(
    'its fault %s is about our own credentials, and a technical error to the consumer',
    async (code) => {
      landscape = await startLandscape({
        'ca-eps-sapi': {
          getCandidateResultStatus: () => {
            throw fault(code, { headers: { 'WWW-Authenticate': 'inside' } })
          },
        },
      })
      const { body, headers } = await landscape.xapi.call(calls.getCandidateResultStatus)
      expect(body).toMatchObject({ errorCode: '60006' })
      expect(headers).not.toHaveProperty('www-authenticate')
    },
  )

  test.each(Object.keys(operationsOf) as SystemApiName[])(
    'gone, %s, its operations alone are 70503',
    async (name) => {
      landscape = await startLandscape()
      await landscape.systemApis[name].stop()
      for (const [operation, call] of Object.entries(calls)) {
        const { status, text } = await landscape.xapi.call(call)
        const isIts = operationsOf[name].includes(operation as keyof typeof calls)
        expect([operation, status === 503]).toEqual([operation, isIts])
        if (isIts) expect(text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|sapi/)
      }
    },
  )

  test('that does not answer, a call is 70504 within the time for the answer', async () => {
    const silent = { getSessionResultStatus: () => new Promise<never>(() => {}) }
    landscape = await startLandscape({ 'ca-eps-sapi': silent }, 300)
    const { body } = await landscape.xapi.call(calls.getSessionResultStatus)
    expect(body).toMatchObject({ errorCode: '70504' })
  })
})
