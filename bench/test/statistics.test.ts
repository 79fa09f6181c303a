import { expect, test } from '@jest/globals'
import { measured, median, trend } from '../src/statistics.ts'

test('the median of an even number of rounds lies between the two in the middle', () => {
  expect(median([9, 1, 3, 5])).toBe(4)
  expect(median([9, 1, 3])).toBe(3)
})

test('a figure that a round lacks is left out, and none at all is no figure', () => {
  expect(measured([3, undefined, Number.NaN, 1])).toEqual({ median: 2, least: 1, most: 3 })
  expect(measured([undefined])).toBeUndefined()
})

test('a trend comes with how sure it is', () => {
  const line = [0, 1, 2, 3, 4].map((x) => [x, 7 + 2 * x] as const)
  expect(trend(line)).toEqual({ slope: 2, error: 0 })

  // noise about a level: its slope is within twice its error of none
  const level = [5, 3, 4, 5, 3, 4, 5, 3].map((y, x) => [x, y] as const)
  const { slope, error } = trend(level)
  expect(Math.abs(slope)).toBeLessThan(2 * error)
})
