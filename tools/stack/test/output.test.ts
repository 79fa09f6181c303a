import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { logLine } from '../src/log-line.ts'
import { createOutput, logFile } from '../src/output.ts'
import { temporaryFolder } from './temporary-folder.ts'

const names = ['ca-eps-sapi', 'rm-simulator']

function line(fields: Record<string, unknown>) {
  const record = { level: 30, time: 0, service: 'ca-eps-sapi', ...fields }
  return logLine('ca-eps-sapi', JSON.stringify(record))
}

function outputTo(terminal?: { colours: boolean }) {
  const screen = new PassThrough({ encoding: 'utf8' })
  const logFolder = join(temporaryFolder(), 'logs')
  const output = createOutput({ screen, terminal, names, logFolder })
  return { output, logFolder, shown: (): string => screen.read() ?? '' }
}

describe('the log file of a process', () => {
  test('gets its lines as they are, after those of earlier starts', () => {
    const { output, logFolder } = outputTo()
    const [first, second] = [line({ msg: 'one' }), line({ msg: 'two' })]
    output.keep('ca-eps-sapi', first)
    createOutput({ screen: new PassThrough(), terminal: undefined, names, logFolder }).keep(
      'ca-eps-sapi',
      second,
    )

    const file = logFile(logFolder, 'ca-eps-sapi')
    expect(readFileSync(file, 'utf8')).toBe(`${first.text}\n${second.text}\n`)
    expect(readFileSync(logFile(logFolder, 'rm-simulator'), 'utf8')).toBe('')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('is not what is shown', () => {
    const { output, shown } = outputTo()
    output.keep('ca-eps-sapi', line({ msg: 'kept' }))

    expect(shown()).toBe('')
  })
})

describe('elsewhere than at a terminal', () => {
  test('lines are the JSON lines of the processes', () => {
    const { output, shown } = outputTo()
    const ready = line({ msg: 'ready' })
    output.show('ca-eps-sapi', ready)
    output.show('ca-eps-sapi', logLine('ca-eps-sapi', 'a line of a stack'))
    output.say('The landscape is ready')

    const [first, second, ...said] = shown().split('\n')
    expect(first).toBe(ready.text)
    expect(JSON.parse(second ?? '')).toMatchObject({ level: 50, msg: 'a line of a stack' })
    expect(said).toEqual(['The landscape is ready', ''])
  })
})

describe('at a terminal', () => {
  test('a line has the process, time, level, message and fields', () => {
    const { output, shown } = outputTo({ colours: false })
    output.show('ca-eps-sapi', line({ msg: 'request', status: 200, transactionId: 'hello-1' }))

    expect(shown()).toMatch(
      /^ca-eps-sapi {2}\| \[\d\d:\d\d:\d\d\.000\] INFO: request \{"status":200,"transactionId":"hello-1"\}\n$/,
    )
  })

  test('each line of a stack has the column of its process', () => {
    const { output, shown } = outputTo({ colours: false })
    const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at one\n    at two' }
    output.show('ca-eps-sapi', line({ level: 50, msg: 'failed', err }))

    const lines = shown().trimEnd().split('\n')
    expect(lines.join('\n')).toMatch(/Error: no\n.*at one\n.*at two/)
    for (const text of lines) expect(text).toMatch(/^ca-eps-sapi {2}\| /)
  })

  test('colours only decorate', () => {
    const [plain, coloured] = [outputTo({ colours: false }), outputTo({ colours: true })]
    for (const { output } of [plain, coloured]) output.show('rm-simulator', line({ msg: 'ready' }))

    const shown = coloured.shown()
    expect(shown).toContain('\u001b[')
    expect(stripVTControlCharacters(shown)).toBe(plain.shown())
  })

  const evil = '\u001b[2J\u001b]0;title\u0007\r\n\u009b31m\u007f\u202e\u2028end'

  test.each([
    ['the message', { msg: evil }],
    ['a field', { msg: 'x', path: evil }],
    ['a field of a field', { msg: 'x', calls: [{ to: evil }] }],
    ["a field's name", { msg: 'x', [evil]: 1 }],
    ["an error's message", { msg: 'x', err: { type: 'Error', message: evil, stack: evil } }],
    ['the level', { msg: 'x', level: evil }],
    ['the time', { msg: 'x', time: evil }],
  ])('%s cannot command it, nor make up a line of another process', (_what, fields) => {
    const { output, shown } = outputTo({ colours: false })
    output.show('ca-eps-sapi', line(fields))

    const text = shown()
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    for (const shownLine of text.trimEnd().split('\n'))
      expect(shownLine).toMatch(/^ca-eps-sapi {2}\|/)
  })

  test('what is not shown as it is can be seen, and nothing is cut off', () => {
    const { output, shown } = outputTo({ colours: false })
    output.show('ca-eps-sapi', line({ msg: `${evil}${'x'.repeat(10_000)}` }))

    expect(shown()).toContain(`␛[2J␛]0;title␇␍␊�31m␡��end${'x'.repeat(10_000)}\n`)
  })
})
