import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { needs, needsDatabase } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'
import { Load, type Outcome, type Question, tally } from './load.ts'
import { byOperation, inTurn, learn, orders } from './questions.ts'

const lanes = 30

let landscape: Landscape
const parts: Record<string, Part> = {}
let reads: Question[]
const nextOrder = orders()
let loads = 0

beforeAll(async () => {
  landscape = await Landscape.open()
  landscape.keepDatabasesInFiles()
  for (const name of ['ca-results-xapi', ...Object.keys(needs)]) {
    parts[name] = await landscape.start(name)
  }
  reads = await learn(landscape.resultsApi)
}, 60_000)

afterAll(() => landscape.close())

/** Asks for all operations, in turn and without a pause. */
function begin({ resultsApi: target }: Landscape, questions = reads, order = nextOrder): Load {
  loads += 1
  const next = inTurn(order, ...byOperation(questions))
  return new Load({ target, next, lanes, name: `load-${loads}` })
}

/** Waits until so many more requests of each of these operations have ended like this. */
function eachSees(load: Load, operations: string[], isSuch: (outcome: Outcome) => boolean) {
  return Promise.all(
    operations.map((operation) =>
      load.sees(10, (outcome) => outcome.question.operation === operation && isSuch(outcome)),
    ),
  )
}

const isRight = ({ told }: Outcome) => told === 'right'
/** A machine that has much else to do may leave a service too little, and then it says this. */
const isShed = ({ told }: Outcome) => told === '70503 again in 1 s'
const isOfOrder = ({ question }: Outcome) => question.operation === 'createCustomerDirectives'

/** Repeats an order under its transaction until it is placed. */
async function placed({ question, transactionId }: Outcome): Promise<void> {
  for (;;) {
    const { call } = question
    const headers = { ...call.headers, 'x-transaction-id': transactionId }
    const { status, text } = await landscape.call({ ...call, headers })
    // it timed out and is not ordered again for a while, or there was no time for it now
    if (status === 504 || status === 503) continue
    expect([status, question.isRight(Buffer.from(text))]).toEqual([201, true])
    return
  }
}

/** What goes away, what needs it, and how it goes and comes back. */
type Outage = { operations: string[]; leaves: () => Promise<void>; returns: () => Promise<void> }

function killed(name: string, operations: string[]): Outage {
  return {
    operations,
    leaves: async () => parts[name]?.kill(name),
    returns: async () => {
      parts[name] = await landscape.start(name)
    },
  }
}

const outages: Record<string, Outage> = {
  'the database of EPS': {
    operations: needsDatabase.eps ?? [],
    leaves: async () => renameSync(landscape.databaseFile('eps'), landscape.databaseFile('away')),
    returns: async () => renameSync(landscape.databaseFile('away'), landscape.databaseFile('eps')),
  },
  RM: killed('rm-simulator', [...(needs['rm-simulator'] ?? []), 'getScriptPdf']),
  'ca-eps-sapi': killed('ca-eps-sapi', needs['ca-eps-sapi'] ?? []),
  'ca-rm-sapi': killed('ca-rm-sapi', [...(needs['ca-rm-sapi'] ?? []), 'getScriptPdf']),
}

describe.each(Object.entries(outages))('%s goes and comes back under load', (_name, outage) => {
  test('only what needs it fails, is told so, and is right again within 2 s of its return', async () => {
    const ordersBefore = landscape.ordersAtRm().length
    const load = begin(landscape)
    const operations = ['createCustomerDirectives', ...new Set(reads.map((each) => each.operation))]
    await eachSees(load, operations, isRight)

    await outage.leaves()
    await eachSees(load, outage.operations, (outcome) => !isRight(outcome))
    await outage.returns()
    const backAt = performance.now()
    await eachSees(load, operations, (outcome) => outcome.startedAt > backAt + 2000)
    const outcomes = await load.end()

    const shed = outcomes.filter(isShed)
    expect(shed.length).toBeLessThan(outcomes.length / 10)
    const failed = outcomes.filter((outcome) => !isRight(outcome) && !isShed(outcome))
    const unexpected = failed.filter(({ question: { operation }, told }) => {
      // the head of a script's answer may be out already
      const isCutScript = operation === 'getScriptPdf' && told === 'cut'
      return !outage.operations.includes(operation) || !(/^7050[34]$/.test(told) || isCutScript)
    })
    expect(tally(unexpected)).toBe('{}')
    expect(Math.max(...failed.map(({ startedAt }) => startedAt - backAt))).toBeLessThan(2000)
    expect(Object.keys(parts).filter((name) => parts[name]?.hasEnded)).toEqual([])

    const ordered = outcomes.filter(isOfOrder)
    await Promise.all(ordered.filter((outcome) => !isRight(outcome)).map(placed))
    const atRm = landscape.ordersAtRm().slice(ordersBefore)
    expect([atRm.length, new Set(atRm).size]).toEqual([ordered.length, ordered.length])
  }, 90_000)
})

/** Of what a load came to, what must not be where the service it asks is stopped. */
function lost(outcomes: Outcome[], stoppedAt: number): Outcome[] {
  return outcomes.filter((outcome) => {
    const comesTooLate = /^(refused|not taken)$/.test(outcome.told) && isAfter(outcome, stoppedAt)
    return !isRight(outcome) && !isShed(outcome) && !comesTooLate
  })
}

function isAfter({ startedAt, tookMs }: Outcome, moment: number): boolean {
  return startedAt + tookMs > moment
}

describe('a SIGTERM under load loses no request that was accepted', () => {
  test('of ca-eps-sapi', async () => {
    const name = 'ca-eps-sapi'
    const own = reads.filter(({ operation }) => needs[name]?.includes(operation))
    const next = inTurn(...byOperation(own))
    const direct = new Load({ target: landscape.systemApi(name), next, lanes, name: 'direct' })
    const consumers = begin(landscape)
    await direct.sees(300, isRight)

    const stoppedAt = performance.now()
    process.kill(parts[name]?.pidOf(name) ?? 0, 'SIGTERM')
    await Promise.all([parts[name]?.ended(), direct.ended])
    expect(parts[name]?.output).toContain(`${name}: died (exit code 0)`)
    expect(tally(lost(direct.outcomes, stoppedAt))).toBe('{}')
    expect(direct.outcomes.some((outcome) => isRight(outcome) && outcome.isLast)).toBe(true)
    expect(direct.outcomes.at(-1)?.told).toBe('refused')

    await eachSees(consumers, needs[name] ?? [], ({ told }) => told === '70503')
    parts[name] = await landscape.start(name)
    await eachSees(consumers, needs[name] ?? [], isRight)
    const told = (await consumers.end()).filter(
      (outcome) =>
        !isRight(outcome) &&
        !isShed(outcome) &&
        !(outcome.told === '70503' && needs[name]?.includes(outcome.question.operation)),
    )
    expect(tally(told)).toBe('{}')
  }, 90_000)

  test('of ca-results-xapi', async () => {
    const name = 'ca-results-xapi'
    const ordersBefore = landscape.ordersAtRm().length
    const load = begin(landscape)
    await load.sees(300, isRight)

    const stoppedAt = performance.now()
    process.kill(parts[name]?.pidOf(name) ?? 0, 'SIGTERM')
    await Promise.all([parts[name]?.ended(), load.ended])
    expect(parts[name]?.output).toContain(`${name}: died (exit code 0)`)
    expect(tally(lost(load.outcomes, stoppedAt))).toBe('{}')
    expect(load.outcomes.some((outcome) => isRight(outcome) && outcome.isLast)).toBe(true)
    const ordered = load.outcomes.filter(isOfOrder).filter(isRight)
    expect(landscape.ordersAtRm().length - ordersBefore).toBe(ordered.length)
  }, 90_000)

  test('of the whole landscape', async () => {
    const whole = await Landscape.open()
    try {
      const all = await whole.start()
      const questions = await learn(whole.resultsApi)
      const ordersBefore = whole.ordersAtRm().length
      const load = begin(whole, questions, orders())
      await load.sees(300, isRight)

      const stoppedAt = performance.now()
      expect(await all.stop()).toBe(0)
      await load.ended
      expect(tally(lost(load.outcomes, stoppedAt))).toBe('{}')
      expect(load.outcomes.some((outcome) => isRight(outcome) && outcome.isLast)).toBe(true)
      const ordered = load.outcomes.filter(isOfOrder).filter(isRight)
      expect(whole.ordersAtRm().length - ordersBefore).toBe(ordered.length)
    } finally {
      await whole.close()
    }
  }, 90_000)
})
