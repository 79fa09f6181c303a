import { type ContractOperationsOf, contract, type Operations } from '@ca/contracts'
import { type FaultCode, fault } from '@ca/faults'
import { currentTransaction } from '@ca/telemetry'
import { type Served, serve, serveOperations } from '@ca/test-kit'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createResultsXapi } from '../src/main.ts'

type Eps = Operations<ContractOperationsOf<'ca-eps-sapi'>>

const result = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  resultStatus: 'PENDING' as const,
}
const calls = {
  getCandidateResultStatus:
    '/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/1804/assessments/0500',
  getResultEnquiryStatus:
    '/v1/businessStream/04/sessions/3229/centres/43319/candidateNumber/8129/assessments/R031/components/02/resultEnquiryStatus',
  getSessionResultStatus: '/v1/businessStream/04/sessions/3229/resultStatus',
}

/** A stand-in for ca-eps-sapi whose answers echo the request, so that a lost part of it shows. */
const echo: Eps = {
  getCandidateResultStatus: ({ params }) => ({ ...params, resultStatus: 'PENDING' }),
  getResultEnquiryStatus: ({ params }) => ({ ...params, enquiries: [] }),
  getSessionResultStatus: ({ params, query }) => ({
    items: [{ ...params, assessmentCode: 'R031', resultStatus: 'PENDING' }],
    page: { ...query, total: 1 },
  }),
}

let started: Served[] = []

async function start(operations: Partial<Eps>, { answerWithinMs = 10_000, url = '' } = {}) {
  const eps = await serveOperations(contract('ca-eps-sapi'), { ...echo, ...operations })
  const xapi = await serve(contract('ca-results-xapi'), (settings) =>
    createResultsXapi({
      ...settings,
      ANSWER_WITHIN_MS: answerWithinMs,
      TLS: 'off',
      EPS_SAPI_URL: url || eps.url,
      SAPI_CLIENT_ID: eps.credentials.client_id,
      SAPI_CLIENT_SECRET: eps.credentials.client_secret,
    }),
  )
  started = [xapi, eps]
  return { xapi, eps }
}

afterEach(async () => {
  for (const service of started) await service.stop()
  started = []
})

describe('every operation asks the system API for what it was asked for', () => {
  test("a candidate's result status", async () => {
    const { xapi } = await start({})
    const { status, body } = await xapi.call(calls.getCandidateResultStatus)
    expect([status, body]).toEqual([200, result])
  })

  test('the enquiries about a component', async () => {
    const { xapi } = await start({})
    const { status, body } = await xapi.call(calls.getResultEnquiryStatus)
    expect([status, body]).toEqual([
      200,
      {
        businessStreamId: '04',
        sessionId: 3229,
        centreId: '43319',
        candidateNumber: '8129',
        assessmentCode: 'R031',
        componentId: '02',
        enquiries: [],
      },
    ])
  })

  test("a session's result status, page and all", async () => {
    const { xapi } = await start({})
    const first = await xapi.call(calls.getSessionResultStatus)
    expect(first.body).toMatchObject({ page: { offset: 0, limit: 100, total: 1 } })
    const other = await xapi.call(`${calls.getSessionResultStatus}?offset=7&limit=3`)
    expect(other.body).toMatchObject({
      items: [{ businessStreamId: '04', sessionId: 3229 }],
      page: { offset: 7, limit: 3, total: 1 },
    })
  })

  test('under the same transaction, with less time than its own', async () => {
    const seen: { id?: string; leftMs?: number } = {}
    const { xapi } = await start({
      getSessionResultStatus(request) {
        const transaction = currentTransaction()
        seen.id = transaction?.id
        seen.leftMs = transaction?.timeLeftMs()
        return echo.getSessionResultStatus(request)
      },
    })
    const { headers } = await xapi.call({
      path: calls.getSessionResultStatus,
      headers: { 'x-transaction-id': 'ats-17' },
    })
    expect([seen.id, headers['x-transaction-id']]).toEqual(['ats-17', 'ats-17'])
    expect(seen.leftMs).toBeLessThanOrEqual(8000)
  })
})

describe('a fault of the system API', () => {
  const passing: FaultCode[] = ['60001', '60002', '70404', '60006', '70503', '70504']

  test.each(passing)('%s comes through as it is', async (code) => {
    const details = [{ in: 'query' as const, name: 'limit', issue: 'is too much' }]
    const { xapi } = await start({
      getCandidateResultStatus: () => {
        throw fault(code, code === '60002' ? { details } : {})
      },
    })
    const { body } = await xapi.call(calls.getCandidateResultStatus)
    expect(body).toMatchObject({
      errorCode: code,
      transactionId: 'test-transaction',
      ...(code === '60002' && { details }),
    })
  })

  test.each(['70401', '70402', '70403'] as const)(
    '%s is about our own credentials, and a technical error to the consumer',
    async (code) => {
      const { xapi } = await start({
        getCandidateResultStatus: () => {
          throw fault(code, { headers: { 'WWW-Authenticate': 'inside' } })
        },
      })
      const { body, headers } = await xapi.call(calls.getCandidateResultStatus)
      expect(body).toMatchObject({ errorCode: '60006' })
      expect(headers).not.toHaveProperty('www-authenticate')
    },
  )
})

test.each(Object.entries(calls))('%s is 70503 without the system API', async (_, path) => {
  const { xapi, eps } = await start({})
  await eps.stop()
  const { body, text } = await xapi.call(path)
  expect(body).toMatchObject({ errorCode: '70503' })
  expect(text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|eps/)
  started = [xapi]
})

test('a system API that does not answer is 70504 within the time for the answer', async () => {
  const { xapi } = await start(
    { getSessionResultStatus: () => new Promise(() => {}) },
    { answerWithinMs: 300 },
  )
  const { body } = await xapi.call(calls.getSessionResultStatus)
  expect(body).toMatchObject({ errorCode: '70504' })
})
