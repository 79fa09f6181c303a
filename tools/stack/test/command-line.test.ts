import { expect, test } from '@jest/globals'
import { parseCommand, usage } from '../src/command-line.ts'

const known = ['experience', 'system', 'simulator']

test('without names it is the whole landscape', () => {
  expect(parseCommand([], known)).toEqual({ help: false, keepGoing: false, names: known })
})

test('names are put in the order of the landscape', () => {
  const { names } = parseCommand(['simulator', 'system', 'simulator'], known)

  expect(names).toEqual(['system', 'simulator'])
})

test('options may stand anywhere', () => {
  expect(parseCommand(['system', '--keep-going', '-h'], known)).toEqual({
    help: true,
    keepGoing: true,
    names: ['system'],
  })
})

test('unknown names are one line that lists the known ones', () => {
  expect(() => parseCommand(['system', 'nix', 'nada'], known)).toThrow(
    'There is no nix, nada; there are experience, system, simulator',
  )
})

test.each([['--keepgoing'], ['--keep-going=yes'], ['-x']])(
  '%s is refused in one line',
  (option) => {
    expect(() => parseCommand([option], known)).toThrow(/^[^\n]*--help says what there is$/)
  },
)

test('the help names every process', () => {
  expect(usage(known)).toContain('experience, system, simulator')
})
