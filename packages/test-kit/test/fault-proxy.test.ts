import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import { createFaultProxy, type FaultProxy, type WireFault } from '@ca/test-kit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

/** A system that repeats every line that it is told, whatever the protocol. */
const heard: string[] = []
const system = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', (bytes) => {
    heard.push(bytes.toString())
    socket.write(bytes)
  })
  socket.on('end', () => socket.end())
  socket.on('error', () => {})
})
let proxy: FaultProxy

beforeAll(async () => {
  system.listen(0, '127.0.0.1')
  await once(system, 'listening')
})
afterAll(() => void system.close())
beforeEach(async () => {
  heard.length = 0
  proxy = await createFaultProxy((system.address() as AddressInfo).port)
})
afterEach(() => proxy.close())

/** A client of the system, which keeps what it receives and how its connection ended. */
class Client {
  text = ''
  end: 'end' | 'ECONNRESET' | 'ECONNREFUSED' | undefined
  readonly #socket: Socket

  constructor(port = proxy.port) {
    this.#socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket
      .on('data', (bytes) => {
        this.text += bytes
      })
      .once('end', () => {
        this.end = 'end'
      })
      .once('error', (error: NodeJS.ErrnoException) => {
        this.end = error.code as Client['end']
      })
  }

  say(text: string): this {
    this.#socket.write(text)
    return this
  }

  leave(): void {
    this.#socket.end()
  }

  async hears(text: string): Promise<void> {
    while (this.text !== text) await once(this.#socket, 'data')
  }

  async ended(): Promise<Client['end']> {
    while (!this.#socket.closed) await once(this.#socket, 'close').catch(() => {})
    return this.end
  }
}

test('what is said passes, both ways, and so does an end', async () => {
  const client = new Client().say('one')
  await client.hears('one')
  await client.say(' two').hears('one two')
  client.leave()
  expect(await client.ended()).toBe('end')
  await proxy.until(() => proxy.openConnections === 0)
  expect([proxy.connections, proxy.requests]).toEqual([1, []])
})

describe('each fault', () => {
  const ends: [WireFault, text: string, end: Client['end'], heard: string[]][] = [
    ['refuse', '', 'ECONNREFUSED', []],
    ['resetAtOnce', '', 'ECONNRESET', []],
    [{ resetAfter: 0 }, '', 'ECONNRESET', ['question']],
    [{ resetAfter: 3 }, 'que', 'ECONNRESET', ['question']],
    [{ cutAfter: 0 }, '', 'end', ['question']],
    [{ cutAfter: 3 }, 'que', 'end', ['question']],
  ]

  test.each(ends)('%p lets %p pass and ends a new connection with %s', async (...given) => {
    const [fault, text, end, reached] = given
    await proxy.set(fault)
    const client = new Client().say('question')
    expect(await client.ended()).toBe(end)
    expect([client.text, heard]).toEqual([text, reached])
  })

  test.each(ends)('%p is a fault of connections that are open already', async (...given) => {
    const [fault, text, , reached] = given
    const client = new Client().say('hello')
    await client.hears('hello')
    await proxy.set(fault)
    client.say('question')
    expect(await client.ended()).toBe(
      typeof fault === 'object' && 'cutAfter' in fault ? 'end' : 'ECONNRESET',
    )
    expect([client.text, heard]).toEqual([`hello${text}`, ['hello', ...reached]])
  })

  test('hang holds what is said, and lets it pass when it ends', async () => {
    const open = new Client().say('hello')
    await open.hears('hello')
    await proxy.set('hang')
    const both = [open.say(' again'), new Client().say('question')]
    await proxy.until(() => proxy.openConnections === 2)
    const past = new Client((system.address() as AddressInfo).port)
    await past.say('past it').hears('past it')
    past.leave()
    expect([heard, both.map(({ text }) => text)]).toEqual([
      ['hello', 'past it'],
      ['hello', ''],
    ])

    await proxy.set('pass')
    await both[0]?.hears('hello again')
    await both[1]?.hears('question')
  })

  test.each([0, 3])(
    'hangAfter lets %i bytes of every answer pass, and the rest later',
    async (bytes) => {
      await proxy.set({ hangAfter: bytes })
      const client = new Client().say('question')
      await proxy.until(() => heard.length === 1)
      await client.hears('question'.slice(0, bytes))
      await proxy.set('pass')
      await client.hears('question')
    },
  )

  test('blackhole is for ever to the connections that it meets, and to no others', async () => {
    const open = new Client().say('hello')
    await open.hears('hello')
    await proxy.set('blackhole')
    const met = new Client().say('question')
    await proxy.until(() => proxy.openConnections === 2)
    await proxy.set('pass')
    open.say(' again')
    await new Client().say('question').hears('question')
    expect([heard, open.text, met.text]).toEqual([['hello', 'question'], 'hello', ''])
  })

  test('an answer of the test’s own is given to every word, and ends it if it shall', async () => {
    await proxy.set({ answer: 'no' })
    const client = new Client()
    await client.say('question').hears('no')
    await client.say('question').hears('nono')
    await proxy.set({ answer: '!', end: true })
    expect(await client.say('question').ended()).toBe('end')
    expect([client.text, heard]).toEqual(['nono!', []])
  })

  test('garbage is answered and nothing passes', async () => {
    await proxy.set('garbage')
    const client = new Client().say('question')
    client.leave()
    expect(await client.ended()).toBe('end')
    expect(client.text).toMatch(/garbage/)
    expect(heard).toEqual([])
  })

  test('trickle lets everything pass, slowly', async () => {
    await proxy.set({ trickle: 3, everyMs: 20 })
    const from = performance.now()
    await new Client().say('0123456789').hears('0123456789')
    // four lots: three pauses, whose timers may be a millisecond early each
    expect(performance.now() - from).toBeGreaterThanOrEqual(57)
  })

  test.each<WireFault>(['refuse', 'resetAtOnce', 'garbage', 'hang', { cutAfter: 0 }])(
    '%p ends: the same port serves again',
    async (fault) => {
      await proxy.set(fault)
      new Client().say('lost')
      await proxy.set('pass')
      await new Client().say('question').hears('question')
    },
  )
})

test('the length of an answer counts anew with every question', async () => {
  const client = new Client()
  await proxy.set({ cutAfter: 9 })
  await client.say('12345678').hears('12345678')
  await client.say('abcdefgh').hears('12345678abcdefgh')
  expect(client.end).toBeUndefined()
})

test('something can be said to a client that has not asked', async () => {
  const client = new Client()
  await client.say('hello').hears('hello')
  proxy.say(' and more')
  await client.hears('hello and more')
})

test('a client that leaves while the wire hangs is no longer open', async () => {
  await proxy.set('hang')
  const client = new Client()
  await proxy.until(() => proxy.openConnections === 1)
  client.leave()
  await proxy.until(() => proxy.openConnections === 0)
})

test('a system that is not there resets, as often as it is asked', async () => {
  const nobody = await createFaultProxy(1)
  proxy.close()
  proxy = nobody
  expect(await new Client().ended()).toBe('ECONNRESET')
})

test('an answer that is longer than the wire holds passes whole', async () => {
  const script = Buffer.alloc(64 * 1024 * 1024)
  const source = http.createServer((_, response) => response.end(script)).listen(0, '127.0.0.1')
  await once(source, 'listening')
  const wire = await createFaultProxy((source.address() as AddressInfo).port)
  let length = 0
  const request = http.get(`${wire.url}/script`, (response) => {
    response.on('data', (bytes: Buffer) => {
      length += bytes.length
    })
  })
  await once(request, 'close')
  expect(length).toBe(script.length)
  await wire.close()
  source.closeAllConnections()
  source.close()
})

test('requests are known by their first line, on kept connections too', async () => {
  const agent = new http.Agent({ keepAlive: true })
  const server = http.createServer((_, response) => response.end('yes')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const wire = await createFaultProxy((server.address() as AddressInfo).port)
  for (const [method, path] of [
    ['GET', '/scripts?a=b'],
    ['POST', '/auth/token'],
  ] as const) {
    const request = http.request(wire.url, { method, path, agent })
    // a body of its own segment is no request of its own
    if (method === 'POST') request.flushHeaders()
    request.end(method === 'POST' ? 'GET / HTTP/1.1' : undefined)
    const [response] = await once(request, 'response')
    response.resume()
    await once(response, 'end')
    await new Promise(setImmediate)
  }
  expect([wire.connections, wire.requests]).toEqual([1, ['GET /scripts?a=b', 'POST /auth/token']])
  wire.forget()
  expect([wire.connections, wire.requests]).toEqual([0, []])
  agent.destroy()
  await wire.close()
  server.close()
})
