import { describe, expect, test } from '@jest/globals'
import { detailsOf, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()
const qa = await startSample({}, { basePath: '/ca-results-qa1' })

describe('a path that the contract does not have is not found', () => {
  test.each([
    '/',
    '/v1',
    '/v1/',
    '/v1/order',
    '/v2/orders/latest',
    '/V1/orders/latest',
    '/v1/Orders/latest',
    '/v1/orders/latest/',
    '/v1//orders/latest',
    '//v1/orders/latest',
    '/v1/orders//script',
    '/v1/./orders/latest',
    '/v1/x/../orders/latest',
    '/v1/orders%2Flatest',
    '/v1/orders;a=1',
    '/api/api/v1/orders/latest',
    '*',
    'http://localhost',
    'http://localhost?/v1/orders/latest',
    'http://[::1/v1/nothing',
  ])('%s', async (path) => {
    expect(told(await service.call(path))).toBe('404 70404')
  })
})

describe('a path that the contract has is found', () => {
  test.each([
    ['as it stands there', '/v1/orders/latest', { orderId: 'order-7' }],
    ['with /api before it', '/api/v1/orders/latest', { orderId: 'order-7' }],
    ['with a literal that is encoded without need', '/v1/%6frders/latest', { orderId: 'order-7' }],
    ['with a parameter where no literal fits', '/v1/orders/Latest', { orderId: 'Latest' }],
    ['in the absolute form', 'http://localhost/v1/orders/7', { orderId: '7' }],
    ['in the absolute form with a query', 'HTTPS://x.org:1/v1/orders/7?', { orderId: '7' }],
  ])('%s', async (_, path, body) => {
    expect((await service.call(path)).body).toEqual(body)
  })
})

describe("a path's parameter", () => {
  test.each([
    ['a slash', 'a%2Fb', 'a/b'],
    ['two dots', '..', '..'],
    ['encoded dots', '%2e%2E', '..'],
    ['a per cent sign', '%2525', '%25'],
    ['a plus sign', 'a+b', 'a+b'],
    ['more than ASCII', '%F0%9F%99%82', '🙂'],
    ['a null character', 'a%00b', 'a\0b'],
    ['a name that objects inherit', '__proto__', '__proto__'],
  ])('may be free text with %s, decoded once', async (_, encoded, word) => {
    expect((await service.call(`/v1/words/${encoded}`)).body).toEqual({ word })
  })

  test.each(['a%2Fb', '..', '%00', '%F0%9F%99%82', 'a%0Ab', 'a%0A', '%20a', 'a'.repeat(65)])(
    '%s is refused where its form does not allow it',
    async (orderId) => {
      const answer = await service.call(`/v1/orders/${orderId}`)
      expect(told(answer)).toBe('400 60002')
      expect(detailsOf(answer)).toEqual([
        { in: 'path', name: 'orderId', issue: 'must match ^[A-Za-z0-9_-]{1,64}$' },
      ])
    },
  )

  test.each(['%', '%2', '%zz', '%C3', '%C3%28', '%FF', '%ED%A0%80', '%ED%B0%80', '%C0%AF'])(
    '%s is refused, because it is no text',
    async (word) => {
      const answer = await service.call(`/v1/words/${word}`)
      expect(told(answer)).toBe('400 60002')
      expect(detailsOf(answer)).toEqual([
        { in: 'path', name: 'path', issue: 'has a % sequence that is not UTF-8' },
      ])
    },
  )

  test('of some thousand characters reaches its operation', async () => {
    const word = 'a'.repeat(15_000)
    expect((await service.call(`/v1/words/${word}`)).body).toEqual({ word })
  })
})

describe('a method that a path does not have', () => {
  test.each(['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'PUT', 'PROPFIND', 'QUERY'])(
    'is refused, and those that it has are named: %s',
    async (method) => {
      const { status, headers } = await service.call({ method, path: '/v1/orders' })
      expect([status, headers.allow]).toEqual([405, 'GET, POST'])
    },
  )

  test('is refused naming each of them once, where a literal and a templated path fit', async () => {
    const answer = await service.call({ method: 'PUT', path: '/v1/orders/latest' })
    expect([told(answer), answer.headers.allow]).toEqual(['405 60405', 'GET, DELETE'])
  })

  test('is looked for in the templated path that also fits', async () => {
    const answer = await service.call({ method: 'DELETE', path: '/v1/orders/latest' })
    expect(answer.body).toEqual({ orderId: 'latest' })
  })
})

describe('without a base path', () => {
  test.each(['/v1/orders/latest', '/api/v1/orders/latest'])('%s is found', async (path) => {
    expect(told(await service.call(path))).toBe('200')
  })

  test.each(['/ca-results-qa1/v1/orders/latest', '/API/v1/orders/latest', '/api', '/apiv1/orders'])(
    '%s is not',
    async (path) => {
      expect(told(await service.call(path))).toBe('404 70404')
    },
  )
})

describe('with the base path /ca-results-qa1', () => {
  test.each([
    '/ca-results-qa1/v1/orders/latest',
    '/ca-results-qa1/api/v1/orders/latest',
    'http://localhost/ca-results-qa1/v1/orders/latest',
  ])('%s is found', async (path) => {
    expect(told(await qa.call(path))).toBe('200')
  })

  test.each([
    '/v1/orders/latest',
    '/api/v1/orders/latest',
    '/ca-results-qa2/v1/orders/latest',
    '/CA-RESULTS-QA1/v1/orders/latest',
    '/ca-results-qa1v1/orders/latest',
    '/ca-results-qa1',
    '/ca-results-qa1/',
    '/ca-results-qa1/ca-results-qa1/v1/orders/latest',
    '/x/../ca-results-qa1/v1/orders/latest',
  ])('%s is not', async (path) => {
    expect(told(await qa.call(path))).toBe('404 70404')
  })

  test('a path outside of it that is no text is not found either', async () => {
    expect(told(await qa.call('/%zz'))).toBe('404 70404')
    expect(told(await qa.call('/ca-results-qa1/%zz'))).toBe('400 60002')
  })
})
