import { expect, test } from '@jest/globals'
import { atMost } from '../src/row.ts'
import { tableOf } from '../src/table.ts'

test('figures stand with their spread, a missed target with its figure, a broken contender with why', () => {
  const table = tableOf([
    { scenario: 'a', contender: 'bare proxy', ratio: 1, ratioSpread: [1, 1] },
    {
      scenario: 'a',
      contender: 'ours',
      ratio: 0.5,
      ratioSpread: [0.4, 0.6],
      targets: atMost('CPU', 2, 1.7),
    },
    { scenario: 'a', contender: 'theirs', errors: 'answers 500' },
  ])
  expect(table.split('\n')).toEqual([
    '|   | contender  | rate             | target                  | note                      |',
    '|---|------------|------------------|-------------------------|---------------------------|',
    '| a | bare proxy | 1.00             |                         |                           |',
    '| a | ours       | 0.50 (0.40–0.60) | CPU ≤ 1.70: 2.00 MISSED |                           |',
    '| a | theirs     |                  |                         | NOT MEASURED: answers 500 |',
  ])
})
