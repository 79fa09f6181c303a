import { expect, test } from '@jest/globals'
import { createTokens } from '../src/tokens.ts'

test('a token is valid until its time is over', () => {
  let now = 1_000_000
  const tokens = createTokens(10, () => now)
  const token = tokens.issue()

  expect(tokens.isValid(token)).toBe(true)
  now += 9_999
  expect(tokens.isValid(token)).toBe(true)
  now += 1
  expect(tokens.isValid(token)).toBe(false)
})

test('tokens that ended are forgotten and the others are kept', () => {
  let now = 0
  const tokens = createTokens(10, () => now)
  const first = tokens.issue()
  now = 6_000
  const second = tokens.issue()
  now = 12_000
  const third = tokens.issue()

  expect([first, second, third].map(tokens.isValid)).toEqual([false, true, true])
})

test('a token that was not given out is not valid', () => {
  const tokens = createTokens(10)
  tokens.issue()

  expect(tokens.isValid('')).toBe(false)
  expect(tokens.isValid('made-up')).toBe(false)
})
