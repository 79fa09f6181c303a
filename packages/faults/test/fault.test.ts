import { describe, expect, test } from '@jest/globals'
import { catalogue, DependencyFailure, Fault, fault, isFaultBody } from '../src/index.ts'

describe('a fault', () => {
  test.each(Object.entries(catalogue))(
    '%s has the status and message of the catalogue',
    (...given) => {
      const [code, { status, message }] = given
      const thrown = fault(code as keyof typeof catalogue)
      expect(thrown).toBeInstanceOf(Fault)
      expect(thrown).toMatchObject({ code, status, message, details: [], headers: {} })
      expect(thrown.body('test-transaction')).toEqual({
        errorCode: code,
        errorMessage: message,
        transactionId: 'test-transaction',
      })
    },
  )

  test('tells its details and never its cause', () => {
    const details = [{ in: 'query' as const, name: 'limit', issue: 'is missing' }]
    const thrown = fault('60001', { details, cause: new Error('hush') })
    expect(thrown.body('test-transaction')).toMatchObject({ details })
    expect(JSON.stringify(thrown.body('test-transaction'))).not.toContain('hush')
    expect(thrown.cause).toMatchObject({ message: 'hush' })
  })

  test('carries the headers that it needs', () => {
    expect(fault('60429', { headers: { 'Retry-After': '7' } }).headers).toEqual({
      'Retry-After': '7',
    })
  })
})

describe('a body is a fault’s', () => {
  test.each([
    ['as it was made', fault('70404').body('test-transaction')],
    ['as it was parsed', JSON.parse(JSON.stringify(fault('60006').body('test-transaction')))],
  ])('%s', (_, body) => {
    expect(isFaultBody(body)).toBe(true)
  })

  test.each([
    ['whose code is not in the catalogue', { errorCode: '99999' }],
    ['whose code every object has', { errorCode: 'toString' }],
    ['whose code is a number', { errorCode: 70404 }],
    ['without a code', { error: 'not_found' }],
    ['whose details are no list', { errorCode: '70404', details: null }],
    ['that is a text', '70404'],
    ['that is null', null],
    ['that is none', undefined],
  ])('but not one %s', (_, body) => {
    expect(isFaultBody(body)).toBe(false)
  })
})

describe('a dependency that fails', () => {
  test.each([
    ['unreachable', '70503', 503],
    ['timed out', '70504', 504],
    ['refused', '60006', 500],
    ['failed', '60006', 500],
  ] as const)('by being %s is, to the caller, %s', (way, code, status) => {
    const failure = new DependencyFailure('eps', way, 'as the test wants it')
    expect(failure.asFault()).toMatchObject({ code, status, cause: failure })
    expect(failure.message).toBe(`eps ${way}: as the test wants it`)
  })

  test('tells the caller what it was given to tell', () => {
    const tells = fault('70404')
    expect(new DependencyFailure('rm', 'refused', 'answered 422', { tells }).asFault()).toBe(tells)
  })

  test('is not to be repeated unless it says so', () => {
    expect(new DependencyFailure('eps', 'unreachable', 'no')).toMatchObject({
      repeat: 'none',
      retryAfterMs: 0,
      status: undefined,
    })
  })
})
