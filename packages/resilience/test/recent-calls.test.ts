import { afterEach, expect, jest, test } from '@jest/globals'
import { RecentCalls } from '../src/recent-calls.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

/** Numbers between 0 and 1 that are the same in every run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** The rule as it is told: of at least 10 calls in 10 s, half failed. */
function tooBad(calls: { at: number; failed: boolean }[], now: number): boolean {
  const recent = calls.filter(({ at }) => at > now - 10_000)
  return recent.length >= 10 && recent.filter(({ failed }) => failed).length * 2 >= recent.length
}

test.each([
  ['few', 2500, 600],
  ['some', 400, 2000],
  // slowly, so that the ring goes round, and then as many in 10 s as make room several times
  ['many', 20, 8000],
])('%s calls are judged by those of the last 10 s', (_, mostApartMs, count) => {
  const chance = chances(count)
  let now = 0
  jest.spyOn(performance, 'now').mockImplementation(() => now)
  const recent = new RecentCalls()
  const all: { at: number; failed: boolean }[] = []
  const judgements = new Set<boolean>()
  for (let made = 0; made < count; made += 1) {
    now += chance() * (made % 1000 < 300 ? mostApartMs * 40 : mostApartMs)
    // about half of them, so that each one may decide it
    const failed = chance() < 0.5
    recent.add(failed)
    all.push({ at: now, failed })
    if (all.length > 2000) all.shift()
    expect(recent.areTooBad).toBe(tooBad(all, now))
    judgements.add(recent.areTooBad)
  }
  expect(judgements).toEqual(new Set([true, false]))
})
