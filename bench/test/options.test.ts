import { expect, test } from '@jest/globals'
import { parseOptions } from '../src/options.ts'
import { scenarios } from '../src/scenarios.ts'

const letters = (args: string[]) =>
  parseOptions(args, scenarios).scenarios.map(({ letter }) => letter)

test('without a word, everything runs but the soak', () => {
  expect(letters([])).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  expect(letters(['--scenarios', 'c,h'])).toEqual(['c', 'h'])
})

test('seconds, rounds and the file are as they are given', () => {
  const args = ['--seconds', '5', '--rounds', '7', '--json', 'rows.json']
  expect(parseOptions(args, scenarios)).toMatchObject({ seconds: 5, rounds: 7, json: 'rows.json' })
})

test.each([
  [['--scenarios', 'a,z'], 'there is no scenario z'],
  [['--seconds', '0'], '--seconds wants a whole number from 1 on'],
  [['--rounds', '1.5'], '--rounds wants a whole number from 1 on'],
  [['--round', '1'], "'--round'"],
])('%p is refused', (args, why) => {
  expect(() => parseOptions(args, scenarios)).toThrow(why)
})
