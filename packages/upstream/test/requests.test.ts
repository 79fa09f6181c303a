import type { Socket } from 'node:net'
import { inTransaction, openTransaction } from '@ca/telemetry'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { closeAll, upstreamTo, wireFor } from './under-test.ts'
import { answer, bodyOf, closedPort, headersOf, jsonAnswer } from './wire.ts'

afterEach(async () => {
  jest.restoreAllMocks()
  await closeAll()
})

const okAnswer = jsonAnswer(200, { all: 'well' })
const ok = { onRequest: (socket: Socket) => socket.write(okAnswer) }

describe('on the wire', () => {
  test('a call is what it says, and no more', async () => {
    const wire = await wireFor(ok)
    const { body } = await upstreamTo(wire.url).ask({ path: '/scripts?clientReference=a%2Fb' })
    expect(body).toEqual({ all: 'well' })
    const [request] = wire.requests
    expect(request).toMatch(/^GET \/scripts\?clientReference=a%2Fb HTTP\/1\.1\r\n/)
    // to systems outside it also says who it is, and that it wants nothing packed
    const {
      'user-agent': agent = 'exam-board-integration',
      'accept-encoding': encoding = 'identity',
      ...others
    } = headersOf(request)
    expect([agent, encoding]).toEqual(['exam-board-integration', 'identity'])
    expect(others).toEqual({
      accept: 'application/json',
      'x-transaction-id': 'test-transaction',
      host: wire.url.slice('http://'.length),
      connection: 'keep-alive',
    })
  })

  test.each(['', '/', '/base', '/base/'])('its path stands below the URL: "%s"', async (base) => {
    const wire = await wireFor(ok)
    await upstreamTo(wire.url + base).ask({ path: '/v1/sessions' })
    expect(wire.requests[0]).toContain(`GET ${base.replace(/\/$/, '')}/v1/sessions `)
  })

  test('a form is a form', async () => {
    const wire = await wireFor(ok)
    await upstreamTo(wire.url).ask({ method: 'POST', form: { name: 'a b&c', other: 'ü' } })
    expect(headersOf(wire.requests[0])['content-type']).toMatch(
      /^application\/x-www-form-urlencoded/,
    )
    expect(bodyOf(wire.requests[0])).toBe('name=a+b%26c&other=%C3%BC')
  })

  test('a JSON body is JSON', async () => {
    const wire = await wireFor(ok)
    await upstreamTo(wire.url).ask({ method: 'POST', json: { ids: ['04200'] } })
    expect(headersOf(wire.requests[0])['content-type']).toMatch(/^application\/json/)
    expect(bodyOf(wire.requests[0])).toBe('{"ids":["04200"]}')
  })

  test('the upstream’s own headers are read anew for every attempt', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const wire = await wireFor({
      onRequest: (socket, nth) => socket.write(nth < 3 ? answer(503, '') : okAnswer),
    })
    let made = 0
    const headers = () => ({ 'X-Attempt': String(++made) })
    await upstreamTo(wire.url, { headers }).ask()
    expect(wire.requests.map((request) => headersOf(request)['x-attempt'])).toEqual(['1', '2', '3'])
  })

  test('a call outside every transaction carries none', async () => {
    const wire = await wireFor(ok)
    const upstream = upstreamTo(wire.url)
    await upstream.call({ operation: 'test', method: 'GET', path: '/' }, async ({ body }) => {
      body.stream().resume()
    })
    expect(headersOf(wire.requests[0])).not.toHaveProperty('x-transaction-id')
  })

  test('one connection serves one call after the other', async () => {
    const wire = await wireFor(ok)
    const { ask } = upstreamTo(wire.url)
    for (let made = 0; made < 5; made += 1) await ask()
    expect([wire.requests.length, wire.connections.length]).toEqual([5, 1])
  })

  test('a proxy that the environment names is not asked', async () => {
    const wire = await wireFor(ok)
    const before = process.env.http_proxy
    process.env.http_proxy = `http://127.0.0.1:${await closedPort()}`
    try {
      expect(await upstreamTo(wire.url).ask()).toMatchObject({ body: { all: 'well' } })
    } finally {
      if (before === undefined) delete process.env.http_proxy
      else process.env.http_proxy = before
    }
  })
})

test('a reader gets the status, the headers and the body as it comes', async () => {
  const wire = await wireFor({
    onRequest: (socket) => socket.write(answer(201, 'bytes', { 'X-Kind': 'PDF' })),
  })
  const upstream = upstreamTo(wire.url)
  const read = await inTransaction(openTransaction('test-transaction'), () =>
    upstream.call({ operation: 'test', method: 'GET', path: '/' }, async (answered) => answered),
  )
  expect(read).toMatchObject({ status: 201, headers: { 'x-kind': 'PDF', 'content-length': '5' } })
  expect(String(Buffer.concat(await read.body.stream().toArray()))).toBe('bytes')
})

describe('a check', () => {
  test('passes where the upstream takes connections', async () => {
    const wire = await wireFor()
    await expect(upstreamTo(wire.url).check()).resolves.toBeUndefined()
  })

  test('fails where it takes none', async () => {
    const port = await closedPort()
    await expect(upstreamTo(`http://127.0.0.1:${port}`).check()).rejects.toThrow('ECONNREFUSED')
  })

  test('finds an upstream that has an IPv6 address', async () => {
    await expect(upstreamTo(`http://[::1]:${await closedPort()}`).check()).rejects.toThrow(
      /connect E\w+ ::1:/,
    )
  })
})

test('an upstream that is closed keeps no connection', async () => {
  const wire = await wireFor(ok)
  const { ask, close } = upstreamTo(wire.url)
  await ask()
  close()
  await wire.until(() => wire.connections[0]?.isClosed === true)
})
