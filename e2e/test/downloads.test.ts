import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { calls } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'

const scriptBytes = 20 * 1024 * 1024
/**
 * What nobody takes stands in the kernel's buffers between the three hops, about 10 MB of its memory
 * for each download. Beyond its limit (net.ipv4.tcp_mem, a tenth of the machine's memory) it breaks
 * connections off, whosever they are: 200 at once had 2.0 of 2.2 GB where there are 24.
 */
const downloads = 100
const layers = ['ca-results-xapi', 'ca-rm-sapi']

let landscape: Landscape
let part: Part
let path: string

beforeAll(async () => {
  landscape = await Landscape.open()
  part = await landscape.start()
  await landscape.rm('PUT', { pdfBytes: scriptBytes })
  const { body } = await landscape.call(calls.createCustomerDirectives as { path: string })
  const { customerDirectives } = body as { customerDirectives: { docStorePageIds: string[] }[] }
  path = `/v1/candidates/scripts/pdf/${customerDirectives[0]?.docStorePageIds[0]}`
}, 60_000)

afterAll(() => landscape.close())

/** Asks for the script, and takes no more of it than its head. */
async function ask(): Promise<IncomingMessage> {
  const { RESULTS_API = '', CLIENT_ID, CLIENT_SECRET, CA_FILE = '' } = landscape.demo
  const request = https.get(RESULTS_API + path, {
    agent: false,
    ca: readFileSync(CA_FILE),
    headers: {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      'x-transaction-id': 'download-1',
    },
  })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  // a script that is cut short is a caller's error; these tests look at what has arrived
  answer.on('error', () => {})
  return answer
}

/** Takes an answer to its end, however that comes. @returns its length in bytes */
async function take(answer: IncomingMessage): Promise<number> {
  let length = 0
  answer.on('data', (piece: Buffer) => {
    length += piece.length
  })
  await new Promise((resolve) => answer.once('close', resolve))
  return length
}

async function atRm() {
  const { counters } = await landscape.rm('GET')
  return counters.requests['GET /scripts/pdf']
}

/** Waits until RM sends nothing any more, because nobody takes it. */
async function heldBack(): Promise<void> {
  for (let before = -1; ; ) {
    const { bodyBytes } = await atRm()
    if (bodyBytes === before) return
    before = bodyBytes
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** The memory that each layer has for itself, with its share of what it shares, in MB. */
function memory(): number[] {
  return layers.map((name) => {
    const told = readFileSync(`/proc/${part.pidOf(name)}/smaps_rollup`, 'utf8')
    return Number(/^Pss: +(\d+) kB$/m.exec(told)?.[1]) / 1024
  })
}

test('100 scripts at once are held back, whole, or left, in 40 MB a layer', async () => {
  const canMeasure = existsSync('/proc/self/smaps_rollup')
  await take(await ask())
  const before = canMeasure ? memory() : []
  let most = before
  const watch = setInterval(() => {
    if (canMeasure) most = memory().map((now, layer) => Math.max(now, most[layer] ?? 0))
  }, 100)
  try {
    const answers: IncomingMessage[] = []
    while (answers.length < downloads) {
      // not all in one moment: a busy machine would have no time for the last one's first byte
      answers.push(...(await Promise.all(Array.from({ length: 20 }, ask))))
    }
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200))
    await heldBack()
    const held = await atRm()
    // how much has room between the hops is the kernel's, and now and then all of one has
    expect(held.underWay).toBeGreaterThan(downloads / 2)
    expect(held.underWay + held.answered).toBe(downloads + 1)
    expect(held.bodyBytes - scriptBytes).toBeLessThan(downloads * scriptBytes * 0.9)

    const [staying, leaving] = [answers.slice(0, 30), answers.slice(30)]
    for (const answer of leaving) answer.destroy()
    while ((await atRm()).underWay > staying.length);

    expect(new Set(await Promise.all(staying.map(take)))).toEqual(new Set([scriptBytes]))
    expect(staying.every((answer) => answer.complete)).toBe(true)
  } finally {
    clearInterval(watch)
  }
  const added = most.map((now, layer) => now - (before[layer] ?? 0))
  for (const megabytes of added) expect(megabytes).toBeLessThan(40)
}, 120_000)

test.each(['reset', 'close'])(
  'a script that RM cuts short never looks whole: %s',
  async (fault) => {
    await landscape.rm('PUT', {
      pdfBytes: scriptBytes,
      faults: [{ fault, at: 'body', on: 'GET /scripts/pdf' }],
    })
    const answer = await ask()
    expect(answer.headers['content-length']).toBe(String(scriptBytes))
    expect(await take(answer)).toBeLessThan(scriptBytes)
    expect(answer.complete).toBe(false)
  },
)
