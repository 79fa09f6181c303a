import { connectRaw, send } from '@ca/test-kit'
import { describe, expect, test } from '@jest/globals'
import { readClientList, registryOf, secretEntry } from '../src/clients.ts'
import { fileOf } from './fixtures/files.ts'
import { detailsOf, goodOrders, ordering, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample()
const [goodOrder] = goodOrders.orders

/** A call whose body may be any JSON. */
function noting(body: string | Buffer) {
  return { ...ordering(body), method: 'PUT', path: '/v1/orders/7/notes' }
}

describe('JSON that readers take differently', () => {
  test('is read in one way and handed on so: of two of one name the last one counts', async () => {
    const body = '{"a":1,"a":2,"b":{"c":"x","c":"y"},"__proto__":1,"__proto__":2}'
    const { text } = await service.call(noting(body))
    expect(text).toBe('{"notes":{"a":2,"b":{"c":"y"},"__proto__":2}}')
  })

  test('may begin with a byte order mark, which is no part of it', async () => {
    const { body } = await service.call(noting('\ufeff{"a":"\ufeff"}'))
    expect(body).toEqual({ notes: { a: '\ufeff' } })
  })

  test.each([
    ['a mark within it', '{\ufeff"a":1}'],
    ['two marks', '\ufeff\ufeff{"a":1}'],
    ['a comment', '{"a":1}/**/'],
    ['a comma too many', '[1,]'],
    ['a number with zeros before it', '[01]'],
    ['a number in hexadecimal', '[0x10]'],
    ['a control character in a text', '["\u0001"]'],
    ['a space that is none', '\u00a0[1]'],
    ['two documents', '{}{}'],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['more than Unicode has', Buffer.from([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22])],
  ])('is refused with %s', async (_, body) => {
    expect(told(await service.call(noting(body)))).toBe('400 60002')
  })

  test.each([
    ['beyond what a number holds', '1e400', null],
    ['of very many digits', '9'.repeat(200_000), null],
    ['with a huge exponent', `1e${'9'.repeat(200_000)}`, null],
    ['as small as can be', '5e-324', 5e-324],
    ['next to nothing', `1e-${'9'.repeat(200_000)}`, 0],
  ])('has numbers %s, which do no harm', async (_, number, read) => {
    expect((await service.call(noting(`[${number}]`))).body).toEqual({ notes: [read] })
    const order = `{"orders":[{"candidateNumber":${number},"serviceType":"ATS"}]}`
    expect(told(await service.call(ordering(order)))).toBe('400 60002')
  })

  test.each([
    ['wide', `[${'{},'.repeat(80_000)}{}]`],
    ['full of escapes', `"${'\\u0041'.repeat(40_000)}"`],
    ['of one long name', `{"${'n'.repeat(250_000)}":1}`],
    ['of very many names', `{${Array.from({ length: 20_000 }, (_, at) => `"n${at}":1`)}}`],
    ['64 levels deep', `${'['.repeat(64)}${']'.repeat(64)}`],
  ])('that is %s is read at once', async (_, body) => {
    const from = performance.now()
    expect(told(await service.call(noting(body)))).toBe('200')
    expect(performance.now() - from).toBeLessThan(2000)
  })
})

describe('a name that objects inherit', () => {
  const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then']

  test.each(inherited)('%s is a name like any other in a body', async (name) => {
    const value = { prototype: { polluted: true }, polluted: true }
    const strict = `{"orders":[${JSON.stringify(goodOrder).slice(0, -1)},"${name}":${JSON.stringify(value)}}]}`
    const answer = await service.call(ordering(strict))
    expect(told(answer)).toBe('400 60002')
    expect(detailsOf(answer)).toEqual([
      { in: 'body', name: `orders/0/${name}`, issue: 'is not known' },
    ])
    const free = `{"${name}":${JSON.stringify(value)}}`
    expect((await service.call(noting(free))).text).toBe(`{"notes":${free}}`)
    expect({}).not.toHaveProperty('polluted')
  })

  test.each(inherited)('%s takes no mandatory one’s place', async (name) => {
    const answer = await service.call(ordering(`{"${name}":${JSON.stringify(goodOrders)}}`))
    expect(detailsOf(answer)).toContainEqual({ in: 'body', name: 'orders', issue: 'is missing' })
  })

  test.each(inherited)('%s is nobody’s id and no parameter', async (name) => {
    const headers = { client_id: name, client_secret: name }
    expect(told(await service.call({ path: '/v1/orders/7', headers }))).toBe('401 70401')
    const answer = await service.call(`/v1/orders?sessionId=1&${name}=1`)
    expect(detailsOf(answer)).toEqual([{ in: 'query', name, issue: 'is not known' }])
    expect((await service.call({ path: '/v1/orders/7', headers: { [name]: 'x' } })).status).toBe(
      200,
    )
  })

  test.each(inherited)(
    '%s as an id in the registry lets in with its own secret only',
    (clientId) => {
      const secrets = [secretEntry('its own')]
      const registry = registryOf([{ clientId, name: 'x', operations: ['*'], secrets }])
      expect(registry.find(clientId, 'its own')?.clientId).toBe(clientId)
      for (const other of inherited.filter((id) => id !== clientId)) {
        expect(registry.find(other, 'its own')).toBeUndefined()
      }
    },
  )
})

describe('credentials', () => {
  const tellingOf = async (headers: Record<string, string>) =>
    told(await service.call({ path: '/v1/orders/7', headers }))

  test.each([
    ['very long', 'x'.repeat(7000)],
    ['a digest’s name', 'sha256:'],
    ['nothing but zeros', '0'.repeat(64)],
    ['a wildcard', '*'],
    ['nothing that can be seen', '\u00a0'],
    ['SQL', "' OR '1'='1"],
    ['a header of its own', 'x: y'],
  ])('that are %s let nobody in, nor hurt', async (_, value) => {
    expect(await tellingOf({ client_secret: value })).toBe('401 70401')
    expect(await tellingOf({ client_id: value })).toBe('401 70401')
    expect(await tellingOf({ client_id: value, client_secret: value })).toBe('401 70401')
  })

  test('are the two headers and nothing else', async () => {
    const { client_id, client_secret } = service.credentials
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64')
    const none = { client_id: '', client_secret: '' }
    const others: Record<string, string>[] = [
      { authorization: `Basic ${basic}` },
      { authorization: `Bearer ${client_secret}` },
      { cookie: `client_id=${client_id}; client_secret=${client_secret}` },
      { 'client-id': client_id, 'client-secret': client_secret },
      { 'x-forwarded-client_id': client_id, 'x-original-url': '/v1/orders/latest' },
    ]
    for (const headers of others) {
      expect(await tellingOf({ ...none, ...headers })).toBe('401 70402')
    }
    const inQuery = `/v1/orders/7?client_id=${client_id}&client_secret=${client_secret}`
    expect(told(await service.call({ path: inQuery, headers: none }))).toBe('401 70402')
  })

  test('cannot be had by the method that another header names', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    const answer = await service.call({ path: '/v1/orders/latest', headers })
    expect(answer.body).toEqual({ orderId: 'order-7' })
  })
})

describe('a registry of clients', () => {
  const known = { clientId: 'ats', name: 'ATS', operations: ['*'], secrets: [secretEntry('x')] }
  const text = JSON.stringify({ clients: [known] })

  test.each([
    ['what objects inherit', text.replace('{"clients"', '{"__proto__":{"clients":[]},"clients"')],
    [
      'that in a client',
      text.replace('{"clientId"', '{"__proto__":{"operations":["*"]},"clientId"'),
    ],
    ['a list in place of a client', '{"clients":[[]]}'],
    ['clients by their ids', JSON.stringify({ clients: { ats: known } })],
    ['operations that are one text', text.replace('["*"]', '"*"')],
    ['an operation that is none', text.replace('["*"]', '[{"toString":"*"}]')],
    ['an end that is beyond all time', text.replace(/"expiresAt":"\d+/, '"expiresAt":"+275761')],
    ['a digest by another way', text.replace('sha256:', 'md5:')],
    ['a digest and more', text.replace(/(sha256:[0-9a-f]{64})/, '$1\\n')],
    ['very deep nesting', `{"clients":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nothing', ''],
    ['bytes', '\0\u0001\uffff'],
  ])('with %s is none, and says so in one short line', (_, spoilt) => {
    expect(spoilt).not.toBe(text)
    const file = fileOf(spoilt)
    expect(() => readClientList(file)).toThrow(/^.* is no registry of clients: [^\n]{1,2000}$/)
    expect({}).not.toHaveProperty('clients')
  })
})

describe('a fault', () => {
  const script = '<script>alert(1)</script>'

  test('repeats nothing that could be taken for anything but text', async () => {
    const encoded = encodeURIComponent(script)
    const answers = [
      await service.call(`/v1/${encoded}`),
      await service.call(`/v1/orders/${encoded}`),
      await service.call(`/v1/orders?${encoded}=${encoded}`),
      await service.call(`/v1/orders?sessionId=${encoded}`),
      await service.call({ path: '/v1/orders/7', headers: { accept: `text/html;${script}` } }),
      await service.call({ path: '/v1/orders/7', headers: { 'x-transaction-id': script } }),
      await service.call({ path: '/v1/orders/7', headers: { client_id: script } }),
      await service.call({ path: '/v1/orders?sessionId=1', headers: { 'x-deadline-ms': script } }),
      await service.call(ordering({ [script]: script })),
      await service.call(ordering({ orders: [{ candidateNumber: script, serviceType: script }] })),
      await service.call(ordering(script)),
      await service.call(ordering(goodOrders, { 'content-type': script })),
    ]
    for (const { status, headers, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      expect(`${text}${JSON.stringify(headers)}`).not.toMatch(/[<>]|alert|script/)
    }
  })

  test.each([
    `GET /${script} HTTP/1.1\r\n${script}\r\n\r\n`,
    `${script}\r\n\r\n`,
    `GET / HTTP/1.1\r\nX-TRANSACTION-ID: my-own-id\r\n${script}: x\r\n\r\n`,
  ])('of what is no request repeats nothing at all: %j', async (bytes) => {
    const connection = await connectRaw(service.url)
    connection.write(bytes)
    const { status, headers, text } = await connection.answer()
    expect(status).toBe(400)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-transaction-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(`${text}${JSON.stringify(headers)}`).not.toMatch(/[<>]|alert|my-own-id/)
  })
})

describe('the reference', () => {
  test('repeats nothing of what it is asked with', async () => {
    const evil = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      referer: 'http://evil',
    }
    for (const path of ['/docs', '/openapi.yaml', '/docs/reference.js']) {
      const plain = await send(service.url, { path })
      const asked = await send(service.url, {
        path: `${path}?url=//evil.example/<b>`,
        headers: evil,
      })
      expect(asked.text).toBe(plain.text)
      expect(JSON.stringify(asked.headers)).not.toContain('evil')
    }
    const { headers } = await send(service.url, { path: '/docs/', headers: evil })
    expect(headers.location).toBe('../docs')
  })

  test.each(['/docs', '/docs/swagger-ui.css', '/openapi.yaml'])(
    '%s may be neither framed nor guessed at',
    async (path) => {
      const { headers } = await send(service.url, { path })
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /default-src 'none'.*frame-ancestors 'none'/,
        ),
        'x-content-type-options': 'nosniff',
      })
    },
  )
})

describe('the management port', () => {
  const script = '%3Cscript%3Ealert(1)%3C/script%3E'

  test.each([
    '/',
    '/v1/orders/latest',
    '/docs',
    '/openapi.yaml',
    '/metrics/../v1/orders/latest',
    '/health/%2e%2e/v1/orders/latest',
    '//metrics.evil.example',
    '/health/ready%00',
    '/%zz',
    '/%',
    `/${script}`,
    '/__proto__',
    `/${'x'.repeat(12_000)}`,
  ])('has nothing at %s, and says nothing of the inside', async (path) => {
    const { status, headers, text } = await send(service.managementUrl, {
      path,
      headers: service.credentials,
    })
    expect([400, 404]).toContain(status)
    expect(text).not.toMatch(/<script|node_modules|\.ts\b|Error:|order-7/)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  test.each(['POST', 'PUT', 'DELETE', 'TRACE', 'PATCH'])('takes no %s', async (method) => {
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      const { status, text } = await send(service.managementUrl, {
        method,
        path,
        headers: { 'x-echo': 'do-not-echo-me' },
      })
      expect(status).toBe(404)
      expect(text).not.toContain('do-not-echo-me')
    }
  })
})
