import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { describeError } from '../src/describe-error.ts'

describe('of an error the log tells', () => {
  test('type, message, code, stack and the chain of its causes', () => {
    const first = Object.assign(new TypeError('first'), { code: 'E_FIRST' })
    const second = new Error('second', { cause: first })
    const third = new RangeError('third', { cause: second })
    expect(describeError(third)).toEqual({
      type: 'RangeError',
      message: 'third',
      stack: third.stack,
      cause: {
        type: 'Error',
        message: 'second',
        stack: second.stack,
        cause: { type: 'TypeError', message: 'first', code: 'E_FIRST', stack: first.stack },
      },
    })
  })

  test('nothing else that hangs on it', () => {
    const error = Object.assign(new Error('refused', { cause: { password: 'of-the-cause' } }), {
      code: 407,
      config: { headers: { client_secret: 'hush' } },
      request: { body: 'hush' },
    })
    const told = JSON.stringify(describeError(error))
    expect(told).not.toMatch(/hush|of-the-cause|407/)
  })

  test('all errors of an aggregate, and its cause', () => {
    const error = new AggregateError([new Error('one'), 'two'], 'all failed', {
      cause: new Error('why'),
    })
    expect(describeError(error)).toMatchObject({
      type: 'AggregateError',
      message: 'all failed',
      cause: [{ message: 'one' }, 'two', { message: 'why' }],
    })
  })

  test('an end, where errors cause each other', () => {
    const error = new Error('the egg')
    error.cause = new Error('the hen', { cause: error })
    expect(JSON.stringify(describeError(error)).match(/"message":"the hen"/g)).toHaveLength(3)
  })

  test('what Node’s own errors say', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    await once(server, 'close')
    const error = await once(connect(port, '127.0.0.1'), 'connect').catch((reason) => reason)
    expect(describeError(error)).toMatchObject({ type: 'Error', code: 'ECONNREFUSED' })
  })

  test('what an aborted signal says', () => {
    const { signal } = new AbortController()
    expect(describeError(signal.reason)).toBe('undefined')
    expect(describeError(AbortSignal.abort().reason)).toMatchObject({ type: 'AbortError' })
  })
})

describe('what is thrown and is no error is told', () => {
  test.each([
    ['as the text that it is', 'a text', 'a text'],
    ['as a number', 42, '42'],
    ['as undefined', undefined, 'undefined'],
    ['as null', null, 'null'],
    ['as a symbol', Symbol('odd'), 'Symbol(odd)'],
  ])('%s', (_, thrown, told) => {
    expect(describeError(thrown)).toBe(told)
  })

  test('without its content, where it is an object', () => {
    expect(describeError({ password: 'hush' })).toBe('an object that is no error')
    expect(describeError(Object.create(null))).toBe('an object that is no error')
  })
})
