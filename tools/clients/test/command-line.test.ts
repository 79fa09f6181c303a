import { expect, test } from '@jest/globals'
import { parseCommand, usage, WrongUse } from '../src/command-line.ts'

const name = ['--name', 'Access to Scripts']
const there = ['--service', 'ca-eps-sapi']

test('options may stand anywhere', () => {
  expect(parseCommand(['--json', 'rotate', '--finish', ...there, 'ats'])).toEqual({
    action: 'finish',
    clientId: 'ats',
    service: 'ca-eps-sapi',
    file: undefined,
    json: true,
  })
})

test('operations are taken once each, and all of them where none is named', () => {
  const operations = (...args: string[]) =>
    parseCommand(['create', 'ats', ...name, ...there, ...args])
  expect(operations('--operations', ' a,b ,,a')).toMatchObject({ operations: ['a', 'b'] })
  expect(operations()).toMatchObject({ operations: ['*'] })
})

test('the help is told to whom asks for it, however', () => {
  expect(parseCommand(['rotate', '-h'])).toEqual({ action: 'help' })
  expect(usage(['one', 'two'])).toContain('whose clients: one, two\n')
})

test.each([
  ['another action', ['constructor', ...there], 'There is no constructor: list, create'],
  ['an unknown option', ['list', '--nix', ...there], "Unknown option '--nix'"],
  ['no service', ['list'], 'Say whose clients: --service ca-results-xapi, or --file'],
  ['no client', ['rotate', ...there], 'Say which client: rotate <clientId>'],
  ['two clients', ['revoke', 'a', 'b', ...there], 'revoke takes one client, not b too'],
  ['an id out of form', ['create', 'a b', ...name, ...there], 'A clientId has 1 to 64 of'],
  ['no name', ['create', 'a', ...there], 'Say who it is: --name'],
  ['a name with a line break', ['create', 'a', '--name', 'a\nb', ...there], 'control characters'],
  ['no operations', ['entitle', 'a', ...there], 'Say what it may call: --operations'],
  ['an empty list', ['entitle', 'a', '--operations', ',', ...there], '--operations names none'],
  ['a list for list', ['list', 'a', ...there], 'list takes no a'],
])('%s is refused in one line', (_, args, why) => {
  const parsing = () => parseCommand(args)
  expect(parsing).toThrow(WrongUse)
  expect(parsing).toThrow(why)
  expect(parsing).not.toThrow(/\n/)
})
