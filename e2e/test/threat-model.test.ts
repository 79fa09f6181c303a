import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8')

const threats = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat |'))
  .map((line) => {
    const [threat = '', defence = '', tests = ''] = line.slice(2, -2).split(' | ')
    return { threat, defence, tests }
  })

/** Where a file of the page is; files without a first folder are in `packages/`. */
function placeOf(file: string): string | undefined {
  return [join(root, file), join(root, 'packages', file)].find(existsSync)
}

/** The files that a cell names, each with the tests that it names after it. */
function namedIn(cell: string): { file: string; names: string[] }[] {
  return [...cell.matchAll(/`([^`]+\.[a-z]+|\.npmrc)`([^`]*)/g)].map(
    ([, file = '', after = '']) => ({
      file,
      names: [...after.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
    }),
  )
}

test('the threat model has threats, in three tables', () => {
  expect(threats.length).toBeGreaterThan(20)
  expect(page.match(/^\| threat \| defence \| test \|$/gm)).toHaveLength(3)
})

describe.each(threats)('$threat', ({ defence, tests }) => {
  test('is met where the page says so', () => {
    const files = namedIn(defence)
    expect(files).not.toEqual([])
    for (const { file } of files) expect([file, placeOf(file)]).not.toEqual([file, undefined])
  })

  test('is covered by the tests that the page names', () => {
    const files = namedIn(tests)
    expect(files).not.toEqual([])
    for (const { file, names } of files) {
      const text = readFileSync(placeOf(file) ?? file, 'utf8')
      expect(names).not.toEqual([])
      for (const name of names) {
        const isThere = [`'${name}'`, `"${name}"`, `\`${name}\``].some((each) =>
          text.includes(each),
        )
        expect([file, name, isThere]).toEqual([file, name, true])
      }
    }
  })
})
