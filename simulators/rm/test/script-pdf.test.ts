import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { readPdf } from './fixtures/pdf.ts'
import {
  ask,
  control,
  directive,
  makeOrder,
  requestText,
  type Simulator,
  startSimulator,
  until,
  wire,
} from './fixtures/simulator.ts'

const mebibyte = 1024 * 1024

let rm: Simulator
let id: string

beforeAll(async () => {
  rm = await startSimulator()
  id = await orderedScript()
})

afterEach(() => control(rm, 'DELETE'))

afterAll(() => rm.stop())

async function orderedScript(changes: Record<string, unknown> = {}): Promise<string> {
  const order = await makeOrder(rm, 'pdf', [directive(changes)])
  return String(order.customerDirectives[0]?.docStorePageIds.at(-1))
}

async function download(docStorePageId: string) {
  const response = await ask(rm, `/scripts/pdf/${docStorePageId}`)
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

describe('GET /scripts/pdf/{docStorePageId}', () => {
  test('gives the script, with its length and a name', async () => {
    const { response, bytes } = await download(id)

    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': `${bytes.length}`,
      'content-disposition': `attachment; filename="${id}.pdf"`,
      'cache-control': 'private, no-store',
      etag: expect.stringMatching(/^"[\w-]{43}-\d+"$/),
    })
    expect(response.headers.has('transfer-encoding')).toBe(false)
  })

  test('is a PDF whose cover says whose script it is, and has pages of answers', async () => {
    const { pages, text } = readPdf((await download(id)).bytes)

    for (const line of ['Candidate number\n1804', 'Centre number\n04200', 'Session\n14244']) {
      expect(text).toContain(line)
    }
    for (const line of [
      'Assessment\n0500',
      'Component\n03',
      'Business stream\n02',
      `Script\n${id}`,
    ]) {
      expect(text).toContain(line)
    }
    expect(pages).toBeGreaterThanOrEqual(4)
    expect(text).toContain(`${id}, page ${pages - 1} of ${pages - 1}`)
  })

  test('is the same each time, and whoever made it', async () => {
    const first = await download(id)
    const second = await download(id)
    const other = await startSimulator()
    await makeOrder(other, 'elsewhere')
    const elsewhere = await ask(other, `/scripts/pdf/${id}`)
    const third = Buffer.from(await elsewhere.arrayBuffer())
    await other.stop()

    expect(second.bytes.equals(first.bytes)).toBe(true)
    expect(third.equals(first.bytes)).toBe(true)
    expect(elsewhere.headers.get('etag')).toBe(first.response.headers.get('etag'))
  })

  test('another script is another document', async () => {
    const first = await download(id)
    const second = await download(await orderedScript({ candidateNumber: '1810' }))

    expect(second.bytes.equals(first.bytes)).toBe(false)
    expect(second.response.headers.get('etag')).not.toBe(first.response.headers.get('etag'))
    expect(readPdf(second.bytes).text).toContain('Candidate number\n1810')
  })

  test('of many scripts each is its own and shorter than 64 KiB', async () => {
    const candidates = Array.from({ length: 12 }, (_, index) => `${2001 + index}`)
    for (const candidateNumber of candidates.filter((number) => !number.endsWith('0'))) {
      const { bytes } = await download(await orderedScript({ candidateNumber }))
      expect(bytes.length).toBeLessThan(65_536)
      expect(readPdf(bytes).text).toContain(`Candidate number\n${candidateNumber}`)
    }
  })

  test.each(['SC-0500-03-1804-1', 'x', 'x'.repeat(64)])('does not know %s', async (unknown) => {
    const { response, bytes } = await download(unknown)

    expect(response.status).toBe(404)
    expect(JSON.parse(bytes.toString())).toEqual({ error: 'not_found' })
  })

  test.each(['a.b', 'x'.repeat(65), 'a%20b', '%2e%2e%2fetc', '%'])(
    'refuses the id %s',
    async (malformed) => {
      const { response, bytes } = await download(malformed)

      expect(response.status).toBe(400)
      expect(JSON.parse(bytes.toString())).toEqual({ error: 'invalid_request' })
    },
  )

  test('HEAD says how long it is', async () => {
    const response = await ask(rm, `/scripts/pdf/${id}`, { method: 'HEAD' })

    expect(response.headers.get('content-length')).toBe(`${(await download(id)).bytes.length}`)
    expect((await response.arrayBuffer()).byteLength).toBe(0)
  })
})

describe('pdfBytes', () => {
  test.each([65_536, 65_537, 100_001, 131_135, 131_136, 5_000_000, 20 * mebibyte])(
    'makes a script exactly %d bytes long, and it is the same script',
    async (pdfBytes) => {
      const plain = await download(id)
      await control(rm, 'PUT', { pdfBytes })
      const { response, bytes } = await download(id)

      expect(response.headers.get('content-length')).toBe(`${pdfBytes}`)
      expect(bytes.length).toBe(pdfBytes)
      expect(readPdf(bytes)).toEqual(readPdf(plain.bytes))
      expect(response.headers.get('etag')).not.toBe(plain.response.headers.get('etag'))
    },
  )

  test('what is sent waits for who reads it', async () => {
    const pdfBytes = 256 * mebibyte
    await control(rm, 'PUT', { pdfBytes })
    const caller = wire(rm, requestText(rm, `GET /scripts/pdf/${id}`))
    await caller.has(1)
    caller.socket.pause()
    await until(rm, ({ requests }) => (requests['GET /scripts/pdf']?.bodyBytes ?? 0) > 65_536)

    const { requests } = (await control(rm)).counters
    expect(requests['GET /scripts/pdf']).toMatchObject({ answered: 0, underWay: 1 })
    expect(requests['GET /scripts/pdf']?.bodyBytes).toBeLessThan(pdfBytes / 2)

    caller.socket.destroy()
    await until(rm, ({ requests }) => requests['GET /scripts/pdf']?.underWay === 0)
    expect((await control(rm)).counters.requests['GET /scripts/pdf']).toMatchObject({
      received: 1,
      done: 1,
      answered: 0,
    })
  })
})
