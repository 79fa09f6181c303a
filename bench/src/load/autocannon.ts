import { fileURLToPath } from 'node:url'
import type { Generator, Seen } from './load.ts'
import { lastLineOf } from './output.ts'

const main = fileURLToPath(new URL('autocannon-process.ts', import.meta.url))

/**
 * autocannon, in a process of its own, where there is no wrk. It cannot let connections rest: its
 * rate is a burst at the beginning of every second.
 * @param pinning the words before its command that keep it to its cores
 */
export function autocannon(pinning: readonly string[]): Generator {
  return {
    name: 'autocannon',
    canRest: false,
    async run(target, { connections, seconds }) {
      const given = JSON.stringify({ ...target, connections, seconds })
      return JSON.parse(await lastLineOf(process.execPath, [main, given], pinning)) as Seen
    },
  }
}
