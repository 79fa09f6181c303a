import { fileURLToPath } from 'node:url'
import type { Generator, Seen } from './load.ts'
import { lastLineOf } from './output.ts'

const script = fileURLToPath(new URL('wrk.lua', import.meta.url))

/**
 * wrk, in one thread. It is written in C: a generator in JavaScript works as hard as what it
 * measures does, on a core that it shares with what answers behind that.
 * @param pinning the words before its command that keep it to its cores
 */
export function wrk(program: string, pinning: readonly string[]): Generator {
  return {
    name: 'wrk',
    canRest: true,
    async run({ origin, headers, path, sessions }, { connections, seconds, restMs }) {
      const { first, count, herd } = sessions
      const asked = [path, first, count, herd, restMs, ...Object.entries(headers).flat()]
      const line = await lastLineOf(
        program,
        [
          ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '-s', script],
          ...[origin, '--', ...asked.map(String)],
        ],
        pinning,
      )
      return JSON.parse(line) as Seen
    },
  }
}
