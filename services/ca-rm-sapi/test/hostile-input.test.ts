import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { contract } from '@ca/contracts'
import { type Served, serve } from '@ca/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createRmSapi } from '../src/main.ts'

const directive = {
  businessStreamId: '02',
  sessionId: 14244,
  centreId: '04200',
  candidateNumber: '1804',
  assessmentCode: '0500',
  componentId: '03',
  serviceType: 'ATS',
}

/** What RM was asked for, and how. */
const asked: { what: string; headers: http.IncomingHttpHeaders }[] = []
const rm = http.createServer((request, response) => {
  const { method, url, headers } = request
  if (url !== '/auth/token') asked.push({ what: `${method} ${url}`, headers })
  request.resume()
  const body = url === '/auth/token' ? { access_token: 'a-token', expires_in: 3600 } : {}
  response.writeHead(url === '/auth/token' ? 200 : 404, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
})
let service: Served

beforeAll(async () => {
  await once(rm.listen(0, '127.0.0.1'), 'listening')
  service = await serve(contract('ca-rm-sapi'), (settings) =>
    createRmSapi({
      ...settings,
      ORDERS_FILE: ':memory:',
      RM_URL: `http://127.0.0.1:${(rm.address() as AddressInfo).port}`,
      RM_CLIENT_ID: 'rm-sapi',
      RM_CLIENT_SECRET: 'a secret',
    }),
  )
})
afterAll(async () => {
  await service.stop()
  rm.close()
})
beforeEach(() => {
  asked.length = 0
})

describe('RM is asked for nothing', () => {
  test.each([
    '.',
    '..',
    '%2e%2e',
    '..%2f..%2fauth%2ftoken',
    'a%5cb',
    'a%3fb',
    'a%00',
    'a;b',
    "a'--",
  ])('for a script named %s', async (id) => {
    const { body } = await service.call(`/v1/candidates/scripts/pdf/${id}`)
    expect(body).toMatchObject({ errorCode: '60002' })
    expect(asked).toEqual([])
  })

  test.each(Object.keys(directive).filter((name) => name !== 'sessionId'))(
    'for an order with hostile text as its %s',
    async (name) => {
      for (const value of [
        "'; DROP TABLE x--",
        '../x',
        '\u0000',
        '04200\n',
        '<b>',
        '＇',
        '٣٣٣٣',
        '',
      ]) {
        const { body } = await order({ ...directive, [name]: value })
        expect([value, body]).toMatchObject([value, { errorCode: '60002' }])
      }
      expect(asked).toEqual([])
    },
  )

  test.each([-1, 1.5, 2 ** 31, 2 ** 53, '1', null, [1], { valueOf: 1 }])(
    'for an order of session %j',
    async (sessionId) => {
      expect((await order({ ...directive, sessionId })).body).toMatchObject({ errorCode: '60002' })
      expect(asked).toEqual([])
    },
  )
})

test.each(['-', '__proto__', 'constructor', '0x31', '_'.repeat(64)])(
  'RM is asked for the script %s at its place',
  async (id) => {
    expect((await service.call(`/v1/candidates/scripts/pdf/${id}`)).status).toBe(404)
    expect(asked.map(({ what }) => what)).toEqual([`GET /scripts/pdf/${id}`])
  },
)

test('RM is told nothing of who calls us but the transaction', async () => {
  await service.call({
    path: '/v1/candidates/scripts/pdf/SC-1',
    headers: {
      authorization: 'Bearer of-the-caller',
      cookie: 'of-the-caller=1',
      'x-consumer-id': 'of-the-caller',
      'x-forwarded-for': 'of-the-caller',
      'user-agent': 'of-the-caller',
    },
  })
  const [{ headers } = { headers: {} }] = asked
  expect(JSON.stringify(headers)).not.toMatch(/of-the-caller|client_|deadline|consumer/)
  expect(headers).toMatchObject({
    authorization: 'Bearer a-token',
    'x-transaction-id': 'test-transaction',
  })
})

function order(of: object) {
  return service.call({
    method: 'POST',
    path: '/v1/candidates/scripts',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customerDirectives: [of] }),
  })
}
