import { describe, expect, test } from '@jest/globals'
import { goodOrders, startSample, told } from './fixtures/sample-service.ts'

const clients = { reader: ['getOrder', 'getLatestOrder'] }
const service = await startSample({ createOrders: undefined }, { clients })

/** Everything that can be wrong with an order, in the order in which it is judged. */
const flaws = [
  { name: 'without a secret', earns: '401 70402', flaw: { client_secret: '' } },
  { name: 'with a wrong secret', earns: '401 70401', flaw: { client_secret: 'wrong' } },
  { name: 'without a transaction', earns: '400 60004', flaw: { 'x-transaction-id': '' } },
  { name: 'by another method', earns: '405 60405', flaw: { method: 'PATCH' } },
  { name: 'from one who may not', earns: '403 70403', flaw: { as: 'reader' } },
  { name: 'for an answer in HTML', earns: '406 60406', flaw: { accept: 'text/html' } },
  { name: 'of too many bytes', earns: '413 60413', flaw: { body: 'x'.repeat(300 * 1024) } },
  { name: 'in XML', earns: '415 60415', flaw: { 'content-type': 'application/xml' } },
  { name: 'out of form', earns: '400 60002', flaw: { body: '{}' } },
  { name: 'that nobody takes', earns: '501 60501', flaw: {} },
].map((flaw, at, all) => ({ ...flaw, laterFlaws: all.slice(at + 1) }))

describe('of all that is wrong with a call, its caller is told the first', () => {
  test.each(flaws)('an order $name', async ({ earns, flaw, laterFlaws }) => {
    const spoilt = [...laterFlaws.map((later) => later.flaw).reverse(), flaw]
    const {
      method = 'POST',
      body = JSON.stringify(goodOrders),
      as = 'test-client',
      ...headers
    }: Record<string, string> = Object.assign({}, ...spoilt)
    const answer = await service.call({
      method,
      path: '/v1/orders',
      headers: {
        'content-type': 'application/json',
        ...service.credentialsOf(as),
        ...headers,
      },
      body,
    })
    expect(told(answer)).toBe(earns)
  })

  test.each([
    ['an unknown path', { path: '/v2/nothing' }],
    ['a path that is no text', { path: '/v1/orders/%zz' }],
    ['a method that is not there', { method: 'DELETE', path: '/v1/orders' }],
    ['an unknown query', { path: '/v1/orders?nothing=1' }],
    ['a body that is none', { method: 'POST', path: '/v1/orders', body: '{' }],
    ['nothing wrong', { path: '/v1/orders/latest' }],
    ['a target that is no address', { path: 'http://[::1/v1/orders/latest' }],
  ])('who does not say who calls learns nothing of %s', async (_, call) => {
    const answer = await service.call({ ...call, headers: { client_id: '', client_secret: '' } })
    expect(told(answer)).toBe('401 70402')
    expect(answer.body).not.toHaveProperty('details')
  })
})

describe('who calls', () => {
  test.each([
    ['no id', { client_id: '' }, '401 70402'],
    ['no secret', { client_secret: '' }, '401 70402'],
    ['an unknown id', { client_id: 'nobody' }, '401 70401'],
    ['a wrong secret', { client_secret: 'wrong' }, '401 70401'],
    ['the id of an inherited property', { client_id: 'constructor' }, '401 70401'],
  ])('with %s is refused, and told how to say it', async (_, headers, earns) => {
    const answer = await service.call({ path: '/v1/orders/latest', headers })
    expect(told(answer)).toBe(earns)
    expect(answer.headers['www-authenticate']).toBe(
      'ClientCredentials realm="sample-sapi", headers="client_id client_secret"',
    )
  })

  test('is told the same of an unknown id and of a wrong secret', async () => {
    const [unknown, wrong] = await Promise.all(
      [['client_id'], ['client_secret']].map(([header]) =>
        service.call({ path: '/v1/orders/latest', headers: { [String(header)]: 'nobody' } }),
      ),
    )
    expect(unknown?.text).toBe(wrong?.text)
  })

  test('with an id that is empty, or given twice, is refused', async () => {
    const { client_secret } = service.credentials
    const connection = await service.connect()
    connection.write(
      `GET /v1/orders/latest HTTP/1.1\r\nHost: localhost\r\nclient_id:  \r\nclient_secret: ${client_secret}\r\n\r\n`,
    )
    expect(told(await connection.answer())).toBe('401 70402')
    connection.write(`${service.head('GET /v1/orders/latest')}client_id: other\r\n\r\n`)
    expect(told(await connection.answer())).toBe('401 70401')
  })

  test('may call the operations that the registry names, and no others', async () => {
    const headers = service.credentialsOf('reader')
    const tellingOf = async (path: string) => told(await service.call({ path, headers }))
    expect(await tellingOf('/v1/orders/latest')).toBe('200')
    expect(await tellingOf('/v1/orders/7')).toBe('200')
    expect(await tellingOf('/v1/orders/7/script')).toBe('403 70403')
    expect(await tellingOf('/v1/nothing')).toBe('404 70404')
  })
})

describe('the transaction id', () => {
  test.each(['five5', 'a'.repeat(128), 'ATS:2026.11-22_000017'])(
    '%s comes back with the answer',
    async (id) => {
      const headers = { 'x-transaction-id': id }
      const answer = await service.call({ path: '/v1/orders/latest', headers })
      expect([answer.status, answer.headers['x-transaction-id']]).toEqual([200, id])
    },
  )

  test.each([
    'four',
    'a'.repeat(129),
    'with space',
    'new\tline',
    'quote"quote',
    '../../etc',
    '%0d%0aX: 1',
    'zwölf',
  ])('%j is refused, and does not come back', async (id) => {
    const headers = { 'x-transaction-id': id }
    const answer = await service.call({ path: '/v1/orders/latest', headers })
    expect(told(answer)).toBe('400 60004')
    expect(answer.headers['x-transaction-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.text).not.toContain(id)
  })

  test('is refused when it is missing or given twice', async () => {
    const connection = await service.connect()
    const head = service.head('GET /v1/orders/latest')
    connection.write(`${head}X-TRANSACTION-ID: another-one\r\n\r\n`)
    expect(told(await connection.answer())).toBe('400 60004')
    const headers = { 'x-transaction-id': '' }
    expect(told(await service.call({ path: '/v1/orders/latest', headers }))).toBe('400 60004')
  })

  test('of a caller that is not let in comes back all the same', async () => {
    const headers = { client_id: '', 'x-transaction-id': 'who-am-i' }
    const answer = await service.call({ path: '/v1/orders/latest', headers })
    expect(answer.headers['x-transaction-id']).toBe('who-am-i')
  })
})
