import { renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { calls, needs, needsDatabase } from './calls.ts'
import { Landscape, type Part } from './landscape.ts'

let landscape: Landscape
const parts: Record<string, Part> = {}

beforeAll(async () => {
  landscape = await Landscape.open()
  landscape.keepDatabasesInFiles()
  await landscape.start('ca-results-xapi')
  for (const name of Object.keys(needs)) parts[name] = await landscape.start(name)
}, 60_000)

afterAll(() => landscape.close())

let transactions = 0

/** Makes every call at once, each under a transaction of its own. */
async function all(): Promise<Record<string, number | string>> {
  const answers = await Promise.all(
    Object.entries(calls).map(async ([operation, call]) => {
      transactions += 1
      const from = performance.now()
      const { status, body } = await landscape.call({
        ...call,
        headers: { ...call.headers, 'x-transaction-id': `outage-${transactions}` },
      })
      const tookMs = performance.now() - from
      const { errorCode } = body as { errorCode?: string }
      return [operation, tookMs > 10_000 ? 'late' : (errorCode ?? status)]
    }),
  )
  return Object.fromEntries(answers)
}

const fine = Object.fromEntries(
  Object.entries(calls).map(([operation, { method }]) => [
    operation,
    method === 'POST' ? 201 : 200,
  ]),
)

/** Calls until all is as it was. @returns how long that took, in milliseconds */
async function healed(): Promise<number> {
  const from = performance.now()
  for (;;) {
    const told = await all()
    const tookMs = performance.now() - from
    if (Object.keys(fine).every((operation) => told[operation] === fine[operation])) return tookMs
    if (tookMs > 10_000) throw new Error(`It does not heal: ${JSON.stringify(told)}`)
  }
}

/** What all calls are told while these operations are down. */
function without(operations: string[]) {
  return { ...fine, ...Object.fromEntries(operations.map((each) => [each, '70503'])) }
}

describe.each(Object.entries(needs))('without %s', (name, operations) => {
  test('its operations alone are 70503, in time, and heal within 2 s of its return', async () => {
    expect(await all()).toEqual(fine)
    await parts[name]?.kill(name)

    // more than enough to open the breaker
    for (let round = 0; round < 12; round += 1) expect(await all()).toEqual(without(operations))

    parts[name] = await landscape.start(name)
    expect(await healed()).toBeLessThan(2000)
  }, 60_000)
})

describe.each(Object.entries(needsDatabase))('without the database %s', (name, operations) => {
  test('its operations alone are 70503, in time, and heal within 2 s of its return', async () => {
    const file = landscape.databaseFile(name)
    expect(await all()).toEqual(fine)
    renameSync(file, `${file}.away`)
    for (let round = 0; round < 12; round += 1) expect(await all()).toEqual(without(operations))

    renameSync(`${file}.away`, file)
    expect(await healed()).toBeLessThan(2000)
  }, 60_000)
})
