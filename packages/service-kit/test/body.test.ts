import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { detailsOf, goodOrders, ordering, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()
const limit = 256 * 1024

/** A call whose body may be any JSON. */
function noting(body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { ...ordering(text), method: 'PUT', path: '/v1/orders/7/notes' }
}

describe('a body', () => {
  test('that fits the contract reaches the operation', async () => {
    const answer = await service.call(ordering(goodOrders))
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ orders: [{ ...goodOrders.orders[0], orderId: 'order-0' }] })
  })

  test.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json; charset="UTF-8"',
  ])('of type %s is taken', async (type) => {
    const answer = await service.call(ordering(goodOrders, { 'content-type': type }))
    expect(told(answer)).toBe('201')
  })

  test.each([
    [{ 'content-type': '' }],
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'application/jsonp' }],
    [{ 'content-type': 'application/merge-patch+json' }],
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'application/json; charset=iso-8859-1' }],
    [{ 'content-type': 'application/json; charset=utf-16' }],
    [{ 'content-encoding': 'gzip' }],
    [{ 'content-encoding': 'br' }],
    [{ 'content-encoding': 'nonsense' }],
  ])('with %j is of no media type that the operation takes', async (headers) => {
    expect(told(await service.call(ordering(goodOrders, headers)))).toBe('415 60415')
  })

  test('that would unpack to something huge is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '))
    const answer = await service.call(ordering(bomb, { 'content-encoding': 'gzip' }))
    expect(told(answer)).toBe('415 60415')
  })

  test.each([
    ['cut short', '{"orders":[{"candidateNumber":"18'],
    ['no JSON', "{'orders': []}"],
    ['JSON and more', '{"orders":[]}}'],
    ['not a number', '{"orders":NaN}'],
    ['no text', Buffer.from('{"orders":[{"note":"\xe9"}]}', 'latin1')],
    ['text in another encoding', Buffer.from(JSON.stringify(goodOrders), 'utf16le')],
    ['half of an encoded character', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('that is %s is refused', async (_, body) => {
    const answer = await service.call(ordering(body))
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'body', name: 'body', issue: 'is not JSON in UTF-8' }])
  })

  test.each([
    ['a value', '{"a":["\\ud800"]}'],
    ['a name', '{"a":{"\\udc00":1}}'],
    ['the whole', '"\\ud83d"'],
  ])('with half a character in %s is refused', async (_, body) => {
    const answer = await service.call(noting(body))
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([
      { in: 'body', name: 'body', issue: 'has text that is not Unicode' },
    ])
  })

  test('with whole characters beyond the basic plane is taken', async () => {
    expect((await service.call(noting('["\\ud83d\\ude42","🙂"]'))).body).toEqual({
      notes: ['🙂', '🙂'],
    })
  })

  test.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`],
    ['objects that never end', '{"a":'.repeat(30_000)],
  ])('of very many nested %s is refused', async (_, body) => {
    expect(told(await service.call(noting(body)))).toBe('400 60002')
  })

  test('that is not there is refused only where it must be', async () => {
    const answer = await service.call({ ...ordering(''), headers: {} })
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'body', name: 'body', issue: 'is missing' }])
    expect((await service.call({ ...noting(''), headers: {} })).body).toEqual({})
  })

  test('that is announced and then empty is not there', async () => {
    const connection = await service.connect()
    for (const [method, path, expected] of [
      ['POST', '/v1/orders', '400 60002'],
      ['PUT', '/v1/orders/7/notes', '200'],
    ]) {
      connection.write(
        `${service.head(`${method} ${path}`)}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      )
      expect(told(await connection.answer())).toBe(expected)
    }
  })

  test('as long as may be is taken, and one byte longer refused', async () => {
    const longest = JSON.stringify('x'.repeat(limit - 2))
    expect(told(await service.call(noting(longest)))).toBe('200')
    expect(told(await service.call(noting(`${longest} `)))).toBe('413 60413')
  })

  test.each([
    ['another type', { orders: 'none' }, 'orders', 'must be array'],
    ['an empty list', { orders: [] }, 'orders', 'must NOT have fewer than 1 items'],
    ['something unknown', { ...goodOrders, extra: 1 }, 'extra', 'is not known'],
    ['no list', {}, 'orders', 'is missing'],
    [
      'a wrong word',
      { orders: [{ candidateNumber: '1804', serviceType: 'secret-word' }] },
      'orders/0/serviceType',
      'must be one of ATS, ATSR',
    ],
    [
      'a wrong form',
      { orders: [{ candidateNumber: 'secret-word', serviceType: 'ATS' }] },
      'orders/0/candidateNumber',
      'must match ^[0-9]{4}$',
    ],
    [
      'a text that is too long',
      { orders: [{ ...goodOrders.orders[0], note: 'secret-word'.repeat(9) }] },
      'orders/0/note',
      'must NOT have more than 40 characters',
    ],
    [
      'a harmful name',
      { ...goodOrders, '<secret-word>': 1 },
      '(a name that is not repeated here)',
      'is not known',
    ],
  ])('with %s is refused, by the rule and without the value', async (_, body, name, issue) => {
    const answer = await service.call(ordering(body))
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'body', name, issue }])
    expect(answer.text).not.toContain('secret-word')
  })

  test.each(['null', '1', '"text"', 'true', '[]'])('that is %s is refused', async (body) => {
    const answer = await service.call(ordering(body))
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([{ in: 'body', name: 'body', issue: 'must be object' }])
  })

  test('cannot change what objects inherit', async () => {
    const body = '{"orders":[{"candidateNumber":"1804","serviceType":"ATS"}],"__proto__":{"a":1}}'
    const answer = await service.call(ordering(body))
    expect(told(answer)).toBe('400 60002')
    const noted = await service.call(noting('{"__proto__":{"polluted":true}}'))
    expect(noted.text).toBe('{"notes":{"__proto__":{"polluted":true}}}')
    expect({}).not.toHaveProperty('polluted')
  })

  test('that is wrong in very many ways is told of twenty, and at once', async () => {
    const names = Array.from({ length: 20_000 }, (_, at) => [`n${at}`, 1])
    for (const body of [Object.fromEntries(names), { orders: Array(100_000).fill(0) }]) {
      const startedAt = performance.now()
      const answer = await service.call(ordering(body))
      expect(detailsOf(answer)).toHaveLength(20)
      expect(performance.now() - startedAt).toBeLessThan(2000)
    }
  })
})
