import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  ask,
  control,
  directive,
  makeOrder,
  ordersOf,
  postOrder,
  type Simulator,
  startSimulator,
} from './fixtures/simulator.ts'

let rm: Simulator

beforeAll(async () => {
  rm = await startSimulator()
})

afterAll(() => rm.stop())

describe('POST /scripts', () => {
  test('makes an order and repeats its keys', async () => {
    const second = directive({ candidateNumber: '0001', componentId: '1A', serviceType: 'ATSR' })
    const response = await postOrder(rm, {
      clientReference: 'a-reference',
      customerDirectives: [directive(), second],
    })

    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      clientReference: 'a-reference',
      customerDirectives: [
        {
          directiveId: expect.stringMatching(/^D-\d{8}-\d{6}-1$/),
          status: 'AVAILABLE',
          docStorePageIds: [expect.stringMatching(/^SC-[\w-]{22}-1$/)],
          ...directive(),
        },
        {
          directiveId: expect.stringMatching(/^D-\d{8}-\d{6}-2$/),
          status: 'AVAILABLE',
          docStorePageIds: [expect.stringMatching(/^SC-[\w-]{22}-1$/)],
          ...second,
        },
      ],
    })
  })

  test('makes a new order each time, for the same scripts', async () => {
    const first = await makeOrder(rm, 'twice')
    const second = await makeOrder(rm, 'twice')

    const [one] = first.customerDirectives
    const [two] = second.customerDirectives
    expect(one?.directiveId).not.toBe(two?.directiveId)
    expect(one?.docStorePageIds).toEqual(two?.docStorePageIds)
  })

  test.each([
    ['businessStreamId', '01'],
    ['sessionId', 14245],
    ['centreId', '4200'],
    ['candidateNumber', '1805'],
    ['assessmentCode', '0501'],
    ['componentId', '3'],
  ])('another %s is another script', async (key, value) => {
    const order = await makeOrder(rm, 'keys', [directive(), directive({ [key]: value })])

    const [one, two] = order.customerDirectives
    expect(one?.docStorePageIds).not.toEqual(two?.docStorePageIds)
  })

  test.each([
    ['8899', 'AVAILABLE', 1],
    ['1810', 'AVAILABLE', 2],
    ['8900', 'ACCEPTED', 0],
    ['8999', 'ACCEPTED', 0],
  ])('the order for candidate %s is %s with %d scripts', async (candidateNumber, status, count) => {
    const order = await makeOrder(rm, 'candidates', [directive({ candidateNumber })])

    const [{ docStorePageIds, ...ordered } = { docStorePageIds: [] }] = order.customerDirectives
    expect(ordered).toMatchObject({ status })
    expect(new Set(docStorePageIds).size).toBe(count)
  })

  test.each(['0000', '9000', '9999'])(
    'refuses an order with candidate %s as a whole',
    async (candidateNumber) => {
      const clientReference = `unknown-${candidateNumber}`
      const response = await postOrder(rm, {
        clientReference,
        customerDirectives: [directive(), directive({ candidateNumber })],
      })

      expect(response.status).toBe(422)
      expect(await response.json()).toEqual({ error: 'unknown_candidate', unknown: [1] })
      expect(await ordersOf(rm, clientReference)).toEqual([])
    },
  )

  const good = { clientReference: 'malformed', customerDirectives: [directive()] }
  test.each([
    ['no reference', { ...good, clientReference: undefined }],
    ['an empty reference', { ...good, clientReference: '' }],
    ['a reference out of form', { ...good, clientReference: 'a b' }],
    ['a reference that is too long', { ...good, clientReference: 'x'.repeat(129) }],
    ['no directives', { ...good, customerDirectives: undefined }],
    ['an empty list', { ...good, customerDirectives: [] }],
    ['101 directives', { ...good, customerDirectives: Array(101).fill(directive()) }],
    ['a list', [good]],
    ['more than it knows', { ...good, more: true }],
    ...Object.entries({
      businessStreamId: [2, '2', '002', 'CI'],
      sessionId: ['14244', -1, 1.5, 2_147_483_648],
      centreId: ['', '042001', '0420a', 4200],
      candidateNumber: ['804', '18040', '١٨٠٤', 1804],
      assessmentCode: ['05', '05000000000', '0500a'],
      componentId: ['', '0303', 3],
      serviceType: ['ats', 'ATSX', ''],
      candidateName: ['somebody'],
    }).flatMap(([key, values]) =>
      [undefined, ...values]
        .filter((value) => value !== undefined || key !== 'candidateName')
        .map((value): [string, object] => [
          `${key} ${JSON.stringify(value) ?? 'missing'}`,
          { ...good, customerDirectives: [directive({ [key]: value })] },
        ]),
    ),
  ])('refuses %s with 400', async (_what, body) => {
    const response = await postOrder(rm, body)

    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: 'invalid_request' })
    expect(await ordersOf(rm, 'malformed')).toEqual([])
  })

  test.each([
    ['no body', undefined, 'application/json', 400],
    ['what is no JSON', '{"clientReference":', 'application/json', 400],
    ['another media type', JSON.stringify(good), 'text/plain', 400],
    ['too large a body', `{"more":"${'x'.repeat(200_000)}"}`, 'application/json', 413],
  ])('refuses %s', async (_what, body, type, status) => {
    const response = await ask(rm, '/scripts', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })

    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: 'invalid_request' })
  })

  test('takes an order of 100', async () => {
    const order = await makeOrder(rm, 'hundred', Array(100).fill(directive()))

    expect(new Set(order.customerDirectives.map(({ directiveId }) => directiveId)).size).toBe(100)
  })

  test('100 at once are 100 orders', async () => {
    await control(rm, 'DELETE')
    const made = await Promise.all(Array.from({ length: 100 }, () => makeOrder(rm, 'at-once')))

    const ids = made.map(({ customerDirectives: [one] }) => one?.directiveId)
    expect(new Set(ids).size).toBe(100)
    const found = await ordersOf(rm, 'at-once')
    expect(found.map(({ customerDirectives: [one] }) => one?.directiveId).toSorted()).toEqual(
      ids.toSorted(),
    )
    expect((await control(rm)).counters.ordersMade).toBe(100)
  })
})

describe('GET /scripts', () => {
  test('finds all orders of a reference, as they were answered', async () => {
    const first = await makeOrder(rm, 'look-up')
    const second = await makeOrder(rm, 'look-up', [directive({ candidateNumber: '8950' })])
    await makeOrder(rm, 'look-up-other')

    const response = await ask(rm, '/scripts?clientReference=look-up')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ orders: [first, second] })
  })

  test('finds nothing where there is nothing', async () => {
    const response = await ask(rm, '/scripts?clientReference=never-sent')

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ orders: [] })
  })

  test.each([
    '',
    '?clientReference=',
    '?clientReference=a%20b',
    '?clientReference=a&clientReference=b',
  ])('refuses the query %j', async (query) => {
    const response = await ask(rm, `/scripts${query}`)

    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: 'invalid_request' })
  })
})

describe('a token', () => {
  const requests: [string, RequestInit][] = [
    ['/scripts', { method: 'POST' }],
    ['/scripts?clientReference=x', {}],
    ['/scripts/pdf/SC-1', {}],
  ]
  const bad: [string, string][] = [
    ['that is missing', ''],
    ['that RM did not give', 'Bearer made-up'],
    ['of another kind', 'Basic bWFkZTp1cA=='],
    ['that is empty', 'Bearer '],
  ]

  test.each(
    requests.flatMap(([path, init]) =>
      bad.map(([what, sent]) => [path, what, sent, init] as const),
    ),
  )('%s refuses one %s', async (path, _what, authorization, init) => {
    const response = await fetch(rm.address + path, { ...init, headers: { authorization } })

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(await response.json()).toEqual({ error: 'invalid_token' })
  })

  test('is refused before the body is looked at', async () => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer made-up' }
    const response = await fetch(`${rm.address}/scripts`, { method: 'POST', headers, body: '{' })

    expect(response.status).toBe(401)
  })

  test('is refused once it has ended', async () => {
    let now = 0
    const other = await startSimulator({ tokenSeconds: 10, now: () => now })
    const path = '/scripts?clientReference=x'

    const before = await ask(other, path)
    now = 10_000
    const after = await ask(other, path)
    await other.stop()

    expect([before.status, after.status]).toEqual([200, 401])
    expect(await after.json()).toEqual({ error: 'invalid_token' })
  })

  test('of another RM, or of this one before it restarted, is refused', async () => {
    const other = await startSimulator()
    const response = await ask({ ...rm, token: other.token }, '/scripts?clientReference=x')
    await other.stop()

    expect(response.status).toBe(401)
  })

  test('is found whatever the case of its scheme', async () => {
    const headers = { authorization: `bearer ${rm.token}` }
    const response = await fetch(`${rm.address}/scripts?clientReference=x`, { headers })

    expect(response.status).toBe(200)
  })
})

test.each([
  ['PUT', '/scripts'],
  ['POST', '/scripts/pdf/SC-1'],
  ['GET', '/scripts/pdf'],
  ['GET', '/scripts/SC-1'],
  ['POST', '/control'],
])('%s %s is unknown', async (method, path) => {
  const response = await ask(rm, path, { method })

  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ error: 'not_found' })
})
