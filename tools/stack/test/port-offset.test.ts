import { describe, expect, test } from '@jest/globals'
import { moved, portsOf, processes } from '../src/landscape.ts'
import { effectiveOffset, parsePortOffset } from '../src/port-offset.ts'

const ports = portsOf(processes)

describe('the offset in force', () => {
  test.each([0, 1, 100, 500, 1001, 2000, 10_000, -2000])('%i is taken as it is', (offset) => {
    expect(effectiveOffset(offset)).toBe(offset)
  })

  test.each([
    [1000, 11_000],
    [3000, 13_000],
    [11_000, 21_000],
    [-1000, 9000],
  ])('%i, an odd multiple of 1000, becomes %i', (asked, inForce) => {
    expect(effectiveOffset(asked)).toBe(inForce)
  })

  test.each([1000, 2000, 3000, -1000])('%i shares no port with a landscape not moved', (offset) => {
    const others = portsOf(moved(processes, effectiveOffset(offset)))

    expect(new Set([...ports, ...others]).size).toBe(2 * ports.length)
  })
})

describe('PORT_OFFSET', () => {
  test.each([
    [undefined, 0],
    ['', 0],
    ['0', 0],
    ['1000', 1000],
    ['+5', 5],
    ['-5', -5],
  ])('%p is %i', (text, offset) => {
    expect(parsePortOffset(text, ports)).toBe(offset)
  })

  test.each(['1e3', '0x10', '1.5', ' 5', 'a lot', '5\n'])('%p is refused', (text) => {
    expect(() => parsePortOffset(text, ports)).toThrow(/^PORT_OFFSET must be a whole number[^\n]*$/)
  })

  test.each(['60000', '99999', '-8082', '56093', '55000'])(
    '%s moves a port out of 1 to 65535 and is refused',
    (text) => {
      expect(() => parsePortOffset(text, ports)).toThrow(`PORT_OFFSET=${text} would give ports`)
    },
  )

  test('may reach both ends', () => {
    expect(parsePortOffset('-8080', ports)).toBe(-8080)
    expect(parsePortOffset('56092', ports)).toBe(56_092)
  })
})
