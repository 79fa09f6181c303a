import { existsSync, readFileSync } from 'node:fs'
import { send } from '@ca/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { Crowd, type Told } from './crowds.ts'
import { Landscape, type Part, type ServiceName } from './landscape.ts'
import type { Question, Target } from './load.ts'
import { learn } from './questions.ts'

let landscape: Landscape
let part: Part
let crowd: Crowd | undefined

beforeAll(async () => {
  landscape = await Landscape.open()
  part = await landscape.start()
}, 60_000)

afterEach(async () => {
  crowd?.leave()
  await landscape.rm('DELETE')
})
afterAll(() => landscape.close())

const probeEveryMs = 50

/**
 * Asks a service whether it lives, again and again, until it is told to stop. A probe gives it 1 s
 * and, as probes do, a second chance: the machine may have more to do than this test.
 */
function watch(name: ServiceName) {
  const url = landscape.managementOf(name)
  const pid = part.pidOf(name)
  let lateNow = 0
  let lateInARow = 0
  let mostMegabytes = 0
  let isWatching = true
  const watching = (async () => {
    while (isWatching) {
      const from = performance.now()
      const { status } = await send(url, { path: '/health/live' })
      if (status !== 200) throw new Error(`it lives not: ${status}`)
      lateNow = performance.now() - from > 1000 ? lateNow + 1 : 0
      lateInARow = Math.max(lateInARow, lateNow)
      mostMegabytes = Math.max(mostMegabytes, memoryOf(pid))
      await new Promise((resolve) => setTimeout(resolve, probeEveryMs))
    }
  })()
  return async () => {
    isWatching = false
    await watching
    return { lateInARow, mostMegabytes }
  }
}

/** What a process has in memory, in MB; 0 where that cannot be seen. */
function memoryOf(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1]) / 1024
}

/** Asks everything until all of it is right. @returns how long it was not, in milliseconds */
async function unrest({ url, headers, ca }: Target, questions: Question[]): Promise<number> {
  const from = performance.now()
  for (;;) {
    const askedAt = performance.now()
    const answers = await Promise.all(
      questions.map(async ({ call, text }) => {
        const all = { ...headers, 'x-transaction-id': 'calm-again' }
        const answer = await send(url, { ...call, headers: all }, ca)
        return answer.status === 200 && answer.text === text
      }),
    )
    if (answers.every(Boolean)) return askedAt - from
    if (askedAt - from > 10_000) throw new Error('It does not come to rest')
  }
}

/** How long it took in milliseconds, for all that was told like that. */
function times(told: Told, pattern: RegExp): number[] {
  return Object.entries(told)
    .filter(([what]) => pattern.test(what))
    .flatMap(([, times]) => times)
    .sort((a, b) => a - b)
}

const shed = / 70503 again in 1 s$/
const right = / right$/
/** So many more are let in at a time, while it is not too much yet. */
const step = 250

const targets: [ServiceName, string[]][] = [
  ['ca-eps-sapi', ['getSessionResultStatus', 'getResultEnquiryStatus']],
  ['ca-results-xapi', ['getSessionResultStatus', 'getQpIdentifiers']],
]

describe.each(targets)('more is asked of %s than it can do', (name, operations) => {
  test('some are told so, the others are answered, all in time, and it lives', async () => {
    const isConsumers = name === 'ca-results-xapi'
    const target = isConsumers ? landscape.resultsApi : landscape.systemApi(name)
    const questions = await learn(target, operations)
    const lives = watch(name)
    crowd = new Crowd(target, questions, name)
    // how many are too many depends on the machine
    for (let connections = 0; crowd.count(shed) < 100; connections += step) {
      expect(connections).toBeLessThan(8000)
      const answered = crowd.count(/./)
      crowd.grow(step)
      // those who are new have to be connected before they count
      await crowd.hears(/./, answered + 2 * (connections + step))
    }
    const before = crowd.count(right)
    await crowd.hears(right, before + 200)
    const told = await crowd.disperse()
    expect(await unrest(target, questions)).toBeLessThan(2000)
    const { lateInARow, mostMegabytes } = await lives()

    const others = Object.keys(told).filter((what) => !shed.test(what) && !right.test(what))
    expect(others).toEqual([])
    expect(lateInARow).toBeLessThan(2)
    const [answered, turnedAway] = [times(told, right), times(told, shed)]
    expect(answered[Math.floor(answered.length * 0.99)]).toBeLessThan(10_000)
    // how soon depends on how many connections it took to be too many on this machine
    expect(turnedAway[turnedAway.length >> 1]).toBeLessThan(10_000)
    expect(mostMegabytes).toBeLessThan(500)
    expect(part.hasEnded).toBe(false)
  }, 120_000)
})

describe.each([
  ['GET /scripts/pdf', ['getScriptPdf']],
  ['POST /auth/token', ['getScriptPdf', 'getCandidateResultStatus']],
])('RM hangs at %s, and hundreds of requests need it', (endpoint, operations) => {
  test('they are told so in time, nobody else notices, and everything lives', async () => {
    const target = landscape.resultsApi
    const questions = await learn(target, [
      ...operations,
      'getSessionResultStatus',
      'getQpIdentifiers',
    ])
    await landscape.rm('PUT', { faults: [{ fault: 'hang', on: endpoint, times: 1_000_000 }] })
    const watches = (['ca-results-xapi', 'ca-eps-sapi', 'ca-rm-sapi'] as const).map(watch)
    crowd = new Crowd(target, questions, 'hang')
    crowd.grow(200)
    await crowd.hears(/ 7050[34]$/, 400)
    await landscape.rm('DELETE')
    const told = await crowd.disperse()
    expect(await unrest(target, questions)).toBeLessThan(2000)
    const seen = await Promise.all(watches.map((stop) => stop()))

    const others = Object.keys(told).filter((what) => {
      const [operation = ''] = what.split(' ')
      const isDown = operations.includes(operation) && / 7050[34]$/.test(what)
      return !isDown && !shed.test(what) && !right.test(what)
    })
    expect(others).toEqual([])
    expect(times(told, /./).at(-1)).toBeLessThan(12_000)
    for (const { lateInARow, mostMegabytes } of seen) {
      expect(lateInARow).toBeLessThan(2)
      expect(mostMegabytes).toBeLessThan(500)
    }
    expect(part.hasEnded).toBe(false)
  }, 90_000)
})
