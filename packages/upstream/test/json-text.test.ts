import { expect, test } from '@jest/globals'
import { isJson } from '../src/json-text.ts'

/** What V8's own parser says. */
function isJsonToV8(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const values = [
  '{}',
  '[]',
  '""',
  '0',
  ' \t\r\n[ ] \n',
  '{ "a" : [ 1 , { } , [ ] ] , "" : null }',
  '[true,false,null]',
  '-0',
  '-12.5e+10',
  '1E-2',
  '0.0',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD800"',
  '"Müller \u2028 👩‍🎓 \u007f"',
  '{"a":1,"a":2,"__proto__":3}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
]

test.each(values)('is JSON: %p', (text) => {
  expect(isJsonToV8(text)).toBe(true)
  expect(isJson(Buffer.from(text))).toBe(true)
})

const noValues = [
  '',
  ' ',
  '\ufeff{}',
  '\u00a0{}',
  '{}{}',
  '[],',
  '[1,]',
  '[,1]',
  '[1 2]',
  '[1',
  '[1}',
  '{"a":1]',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{,}',
  "{'a':1}",
  '{a:1}',
  '{"a":1 "b":2}',
  '{1:2}',
  '"',
  '"\\"',
  '"\\x41"',
  '"\\u12g4"',
  '"\\u123',
  '"\\',
  '"a\nb"',
  '"\u0000"',
  '01',
  '-',
  '+1',
  '.5',
  '1.',
  '1e',
  '1e+',
  '1.e1',
  '0x10',
  '1_000',
  'NaN',
  'Infinity',
  'tru',
  'truer',
  'nul',
  'undefined',
  '//\n1',
  '[1]\u0000',
  `${'['.repeat(5000)}${']'.repeat(4999)}`,
]

test.each(noValues)('is no JSON: %p', (text) => {
  expect(isJsonToV8(text)).toBe(false)
  expect(isJson(Buffer.from(text))).toBe(false)
})

test('it is of one mind with V8 about every text that is cut, or has one character changed', () => {
  const texts = [
    '{"a":[1.5e-3,"\\u00e9\\n",true],"b":{"c":null,"d":[]},"e":-0}',
    ' [ { "k" : false } , "x" , 10 ] ',
  ]
  const alphabet = '{}[],:"\\/ \n\t0123456789-+.eEtrufalsn\u0001\u007fé'
  const spoilt = texts.flatMap((text) =>
    [...text].flatMap((_, at) => [
      text.slice(0, at),
      text.slice(at),
      text.slice(0, at) + text.slice(at + 1),
      ...[...alphabet].flatMap((other) => [
        text.slice(0, at) + other + text.slice(at + 1),
        text.slice(0, at) + other + text.slice(at),
      ]),
    ]),
  )
  const disputed = spoilt.filter((text) => isJson(Buffer.from(text)) !== isJsonToV8(text))
  expect(disputed).toEqual([])
  expect(spoilt.filter(isJsonToV8).length).toBeGreaterThan(500)
  expect(spoilt.length).toBeGreaterThan(7000)
})
