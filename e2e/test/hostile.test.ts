import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import net, { type Socket } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import { type Call, send } from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { calls } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'

const hostile = [
  '..%2f..%2fauth%2ftoken',
  "1'%20OR%20'1'='1",
  '%0d%0aforged',
  '%3Cforged%3E',
  '%00',
  '%',
]

let landscape: Landscape
let all: Part

beforeAll(async () => {
  landscape = await Landscape.open()
  all = await landscape.start()
}, 60_000)

afterAll(() => landscape.close())

/** A connection to the Results API on which TLS has not begun. */
async function bareConnection(): Promise<{ socket: Socket; received: Buffer[] }> {
  const { hostname, port } = new URL(landscape.resultsApi.url)
  const socket = net.connect({ host: hostname, port: Number(port) })
  const received: Buffer[] = []
  socket.on('data', (bytes) => received.push(bytes)).on('error', () => {})
  await once(socket, 'connect')
  return { socket, received }
}

describe('at the edge', () => {
  test.each([
    ['a request without TLS', 'GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['what is neither', Buffer.alloc(5000, 'A')],
  ])('%s has the connection closed, and hears nothing of us', async (_, bytes) => {
    const { socket, received } = await bareConnection()
    socket.write(bytes)
    await once(socket, 'close')
    // an alert of TLS at most
    expect(Buffer.concat(received).length).toBeLessThan(16)
  })

  test('a handshake that never ends has the connection closed after 10 s', async () => {
    const from = performance.now()
    const beginnings = ['', '\x16\x03\x01\x00\xfa\x01\x00\x00\xf6\x03\x03']
    await Promise.all(
      beginnings.map(async (bytes) => {
        const { socket } = await bareConnection()
        socket.write(Buffer.from(bytes, 'latin1'))
        await once(socket, 'close')
      }),
    )
    expect(performance.now() - from).toBeLessThan(15_000)
  })

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s is not spoken', async (version) => {
    const { hostname, port } = new URL(landscape.resultsApi.url)
    const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }
    const socket = tls.connect({
      host: hostname,
      port: Number(port),
      ca: landscape.resultsApi.ca,
      ...options,
    })
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/protocol version/i)
  })

  test.each(['/health/live', '/health/ready', '/metrics', '/control', '/auth/token', '/scripts'])(
    'there is no %s',
    async (path) => {
      expect((await landscape.call({ path })).body).toMatchObject({ errorCode: '70404' })
    },
  )

  test('a system API takes neither a consumer’s credentials nor none', async () => {
    const { headers } = landscape.resultsApi
    const { path } = calls.getSessionResultStatus as Call
    const { url } = landscape.systemApi('ca-eps-sapi')
    const id = { 'x-transaction-id': 'hostile-hop' }
    for (const [sent, errorCode] of [
      [{ ...headers, ...id }, '70401'],
      [{ ...headers, ...id, 'x-consumer-id': 'ca-results-xapi' }, '70401'],
      [id, '70402'],
    ] as const) {
      expect((await send(url, { path, headers: { ...sent } })).body).toMatchObject({ errorCode })
    }
  })
})

describe('of what hostile callers say', () => {
  test('nothing is in a log, where every line is a record and no secret or candidate stands', async () => {
    const before = await landscape.rm('GET')
    for (const value of hostile) {
      const headers = { 'x-transaction-id': 'hostile-1', 'user-agent': 'forged' }
      const all = [
        `/v1/candidates/scripts/pdf/${value}`,
        `/v1/businessStream/04/sessions/3229/resultStatus?limit=${value}`,
        `/v1/candidates/resultStatus/businessStream/02/sessions/14244/centres/04200/candidateNumber/${value}/assessments/0500`,
      ]
      for (const path of all) {
        const { status } = await landscape.call({ path, headers })
        expect([path, status]).toEqual([path, 400])
      }
    }
    for (const call of Object.values(calls)) {
      const headers = { ...call.headers, 'x-transaction-id': 'hostile-last' }
      expect((await landscape.call({ ...call, headers })).status).toBeLessThan(300)
    }
    await all.tells('ca-results-xapi', 'hostile-last')

    const folder = join(landscape.folder, '.local/logs')
    const secrets = Object.values(
      JSON.parse(readFileSync(join(landscape.folder, '.local/credentials.json'), 'utf8')),
    ).map(String)
    expect(secrets.length).toBeGreaterThan(1)
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      for (const line of text.split('\n').slice(0, -1)) {
        expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) })
      }
      for (const secret of secrets) expect(text).not.toContain(secret)
      expect(text).not.toMatch(/forged|Bearer|candidateNumber|%2f|OR '1'/i)
    }
    // only what the good calls at the end had for RM
    const after = await landscape.rm('GET')
    expect(after.counters.requests['GET /scripts/pdf']).toEqual(
      before.counters.requests['GET /scripts/pdf'],
    )
  })

  test('and nothing of it ended a process', () => {
    expect(all.hasEnded).toBe(false)
  })
})
