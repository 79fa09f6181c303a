import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { lines, logLine } from '../src/log-line.ts'

describe('a line of a process', () => {
  test('is kept to the letter when it is a JSON object', () => {
    const text = '{"level":30, "msg":"ready","time":1 }'

    expect(logLine('ca-eps-sapi', text)).toEqual({
      text,
      record: { level: 30, msg: 'ready', time: 1 },
    })
  })

  test.each(['    at crash (main.ts:1:2)', '{"level":30,', '"text"', '7', 'null', '[1]', '{x}'])(
    'becomes a record of its own when it is none: %s',
    (text) => {
      const { text: json, record } = logLine('ca-eps-sapi', text)

      expect(record).toEqual({
        level: 50,
        time: expect.any(Number),
        service: 'ca-eps-sapi',
        msg: text,
      })
      expect(JSON.parse(json)).toEqual(record)
    },
  )
})

describe('a stream is cut into lines', () => {
  async function cut(...pieces: string[]): Promise<string[]> {
    const whole: string[] = []
    for await (const line of lines(Readable.from(pieces))) whole.push(line)
    return whole
  }

  test.each([
    ['one in pieces', ['{"a', '":', '1}\n'], ['{"a":1}']],
    ['several at once', ['1\n2\n3\n'], ['1', '2', '3']],
    ['with the end of one in the piece of the next', ['1', '\n2', '\n'], ['1', '2']],
    ['the last without its end', ['1\n2'], ['1', '2']],
    ['as Windows ends them', ['1\r', '\n2\r\n'], ['1', '2']],
    ['not at what JSON may hold', ['"1\u2028\u2029\u0085"\n'], ['"1\u2028\u2029\u0085"']],
    ['empty ones left out', ['\n\n1\n  \n'], ['1']],
    ['none', [], []],
  ])('%s', async (_what, pieces, expected) => {
    expect(await cut(...pieces)).toEqual(expected)
  })

  test('a long one is not cut off', async () => {
    const piece = 'x'.repeat(65_536)

    expect(await cut(...Array(32).fill(piece), '\n')).toEqual([piece.repeat(32)])
  })
})
