import { DependencyFailure } from '@ca/faults'
import { createTelemetry } from '@ca/telemetry'
import { connectRaw, sampleContract, sampleOperations, serve } from '@ca/test-kit'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createService } from '../src/index.ts'
import { told } from './fixtures/sample-service.ts'

/** What an operation fails with. */
let failure: unknown
/** The log as its reader gets it: what was written at once, for each time. */
const written: string[] = []
let wake = () => {}

const service = await serve(sampleContract, (settings) =>
  createService({
    contract: sampleContract,
    operations: {
      ...sampleOperations,
      getOrder: ({ params }) => {
        if (failure) throw failure
        return params
      },
    },
    settings,
    telemetry: createTelemetry('sample-sapi', {
      destination: {
        write(text) {
          written.push(text)
          wake()
        },
      },
    }),
    dependencies: [],
  }),
)
afterAll(() => service.stop())

const { client_id, client_secret } = service.credentials
const head = (requestLine: string, headers: Record<string, string>) =>
  [
    `${requestLine} HTTP/1.1`,
    ...Object.entries({ Host: 'localhost', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    '\r\n',
  ].join('\r\n')
const good = { client_id, client_secret, 'X-TRANSACTION-ID': 'hostile-log' }

/** Sends bytes, and waits until what was answered to them is in the log. */
async function say(bytes: string | Buffer): Promise<void> {
  const before = written.length
  const logged = new Promise<void>((resolve) => {
    wake = () => written.length > before && resolve()
  })
  const connection = await connectRaw(service.url)
  connection.write(bytes)
  await connection.answer()
  connection.destroy()
  await logged
}

/** Holds what was written to the form of a log: a JSON record is a line, and a line a record. */
function expectLines(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map((line) => {
    // the end of it, and nothing else that anyone takes for an end or a command
    expect(line).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+\n$/u)
    expect(line.length).toBeLessThan(64 * 1024)
    return JSON.parse(line)
  })
}

const texts: [what: string, text: string][] = [
  ['a record of its own', '\r\n{"level":60,"msg":"forged"}\r\n'],
  ['the end of a string', '","level":60,"msg":"forged'],
  ['a line separator', 'forged\u2028{"level":60}\u2029'],
  ['a line end of another time', 'forged\u0085{"level":60}\u000b\u000c'],
  ['commands to a terminal', '\u001b[2J\u001b]0;forged\u0007\u009b31mforged\b\b\b'],
  ['a null character', 'forged\0 forged'],
  ['half a character', 'forged\ud800'],
  ['very much', 'forged'.repeat(200_000)],
]

describe('whatever a caller says, its line is one, and it is not in there', () => {
  // of a header only what HTTP lets into one arrives at all
  const asHeader = (text: string) =>
    encodeURIComponent(text.toWellFormed().slice(0, 3000)).slice(0, 9000)

  test.each(texts)('%s', async (_, text) => {
    const from = written.length
    const raw = text.toWellFormed().slice(0, 9000)
    const inHeader = raw.replaceAll(/[^\t\x20-\x7e\u0080-\u{10ffff}]/gu, '')
    const inPath = asHeader(text)
    for (const name of Object.keys(good)) {
      await say(head('GET /v1/orders/7', { ...good, [name]: inHeader }))
    }
    for (const name of ['User-Agent', 'Referer', 'X-Forwarded-For', 'X-Consumer-Id', 'Accept']) {
      await say(head('GET /v1/orders/7', { ...good, [name]: inHeader }))
    }
    await say(head(`GET /v1/orders/${inPath}`, good))
    await say(head(`GET /v1/${inPath}`, good))
    await say(head(`GET /v1/orders?${inPath}=${inPath}`, good))
    await say(head(`GET http://${inPath}/v1/orders/7`, good))
    // these are no requests at all
    await say(`${raw}\r\n\r\n`)
    await say(`GET ${raw} HTTP/1.1\r\n\r\n`)
    await say(head('GET /v1/orders/7', { ...good, 'X-TRANSACTION-ID': `${raw}\r\n x` }))
    const lines = written.slice(from)
    for (const { level } of expectLines(lines)) expect(level).not.toBe(60)
    expect(lines.join('')).not.toContain('forged')
  })
})

describe('whatever another system says of itself, the line that tells of it is one, and short', () => {
  test.each(texts)('%s', async (_, text) => {
    const from = written.length
    const cause = Object.assign(new Error(text, { cause: text }), { code: text })
    for (const error of [
      cause,
      new DependencyFailure('rm', 'failed', text, { cause }),
      Object.assign(new Error('x'), { name: text, stack: text }),
      text,
    ]) {
      failure = error
      const answer = await service.call('/v1/orders/7')
      expect(told(answer)).toBe('500 60006')
      expect(answer.text).not.toContain('forged')
    }
    failure = undefined
    await say(head('GET /v1/orders/latest', good))
    const errors = expectLines(written.slice(from)).filter(({ level }) => level === 50)
    expect(errors).toHaveLength(4)
    expect(JSON.stringify(errors[0])).toContain('forged')
  })
})
