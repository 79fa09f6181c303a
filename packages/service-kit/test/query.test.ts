import { describe, expect, test } from '@jest/globals'
import { detailsOf, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()

function ask(query: string) {
  return service.call(`/v1/orders${query}`)
}

describe('a query', () => {
  test.each([
    ['?sessionId=3229', { sessionId: 3229, limit: 100 }],
    ['?limit=7&sessionId=3229', { sessionId: 3229, limit: 7 }],
    ['?sessionId=0003229', { sessionId: 3229, limit: 100 }],
    ['?sessionId=0&urgent=true', { sessionId: 0, limit: 100, urgent: true }],
    ['?sessionId=0&urgent=false', { sessionId: 0, limit: 100, urgent: false }],
    ['?sessionId=2147483647&leastFee=-1.50', { sessionId: 2147483647, limit: 100, leastFee: -1.5 }],
    ['?&&sessionId=1&', { sessionId: 1, limit: 100 }],
    ['?%73essionId=%31', { sessionId: 1, limit: 100 }],
  ])('%s is converted, and what it leaves out is filled in', async (query, asked) => {
    expect((await ask(query)).body).toEqual({ asked })
  })

  test.each(['', '?', '?limit=7', '?sessionid=7'])(
    '%j lacks a mandatory parameter',
    async (query) => {
      const answer = await ask(query)
      expect(told(answer)).toBe('400 60001')
      expect(detailsOf(answer)).toContainEqual({
        in: 'query',
        name: 'sessionId',
        issue: 'is missing',
      })
    },
  )

  test.each([
    ['sessionId', '', 'must be plain decimal digits'],
    ['sessionId', '1e3', 'must be plain decimal digits'],
    ['sessionId', '%2B5', 'must be plain decimal digits'],
    ['sessionId', '+5', 'must be plain decimal digits'],
    ['sessionId', '5%20', 'must be plain decimal digits'],
    ['sessionId', '5%0A', 'must be plain decimal digits'],
    ['sessionId', '0x10', 'must be plain decimal digits'],
    ['sessionId', '1.0', 'must be plain decimal digits'],
    ['sessionId', '-0', 'must be plain decimal digits'],
    ['sessionId', '%D9%A3', 'must be plain decimal digits'],
    ['sessionId', '2147483648', 'must be at most 2147483647'],
    ['sessionId', '9'.repeat(400), 'must be at most 2147483647'],
    ['limit', '0', 'must be at least 1'],
    ['limit', '2001', 'must be at most 2000'],
    ['leastFee', '1e2', 'must be a decimal number'],
    ['leastFee', '.5', 'must be a decimal number'],
    ['leastFee', '1,5', 'must be a decimal number'],
    ['leastFee', 'NaN', 'must be a decimal number'],
    ['leastFee', '-1000.5', 'must be at least -1000'],
    ['urgent', 'TRUE', 'must be true or false'],
    ['urgent', '1', 'must be true or false'],
    ['urgent', '', 'must be true or false'],
    ['sessionId', '%zz', 'has a % sequence that is not UTF-8'],
    ['urgent', '%ED%A0%80', 'has a % sequence that is not UTF-8'],
  ])('with %s=%s is refused, by the rule and without the value', async (name, value, issue) => {
    const answer = await ask(
      name === 'sessionId' ? `?${name}=${value}` : `?sessionId=1&${name}=${value}`,
    )
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'query', name, issue }])
  })

  test.each([
    ['?sessionId=1&sessionId=1', 'sessionId', 'is given more than once'],
    ['?sessionId=1&%73essionId=2', 'sessionId', 'is given more than once'],
    ['?sessionId=1&limits=7', 'limits', 'is not known'],
    ['?sessionId=1&Limit=7', 'Limit', 'is not known'],
    ['?sessionId=1&limit[]=7', 'limit[]', 'is not known'],
    ['?sessionId=1&__proto__=7', '__proto__', 'is not known'],
    ['?sessionId=1&constructor', 'constructor', 'is not known'],
    ['?sessionId=1&<script>=1', '(a name that is not repeated here)', 'is not known'],
    ['?sessionId=1&%00=1', '(a name that is not repeated here)', 'is not known'],
    ['?sessionId=1&=1', '(a name that is not repeated here)', 'is not known'],
    [`?sessionId=1&${'n'.repeat(65)}=1`, '(a name that is not repeated here)', 'is not known'],
    ['?sessionId=1&%zz=1', 'query', 'has a % sequence that is not UTF-8'],
  ])('%s is refused, naming only what can do no harm', async (query, name, issue) => {
    const answer = await ask(query)
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'query', name, issue }])
  })

  test('that is wrong in very many ways is told of twenty, and at once', async () => {
    const unknown = Array.from({ length: 1500 }, (_, at) => `u${at}`).join('&')
    const answer = await ask(`?${unknown}`)
    expect(told(answer)).toBe('400 60001')
    expect(detailsOf(answer)).toHaveLength(20)
    const repeated = await ask(`?sessionId=1${'&a'.repeat(5000)}`)
    expect(detailsOf(repeated)).toHaveLength(20)
  })

  test('is refused by an operation that takes none', async () => {
    expect(told(await service.call('/v1/orders/latest?'))).toBe('200')
    expect(told(await service.call('/v1/orders/latest?a=1'))).toBe('400 60002')
  })
})
