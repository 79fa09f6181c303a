import { Comparison, rate } from '../comparison.ts'
import { bareProxy, fastifyProxy } from '../contenders.ts'
import { script } from '../questions.ts'
import { resultsXapi } from '../results-xapi.ts'
import { atLeast, atMost } from '../row.ts'
import type { Scenario } from '../scenario.ts'

/** Scripts pass through ca-results-xapi alone: the stub behind it is the bare proxy's too. */
export const scriptDownload: Scenario = {
  letter: 'd',
  title: 'a script of 5 MB',
  async run(site, effort) {
    const comparison = await Comparison.run(
      [bareProxy, resultsXapi, fastifyProxy].map((contender) => ({
        contender,
        question: script,
        connections: 16,
      })),
      site,
      effort,
    )
    return comparison.rows('d', (name) => {
      const memory = comparison.of(name, ({ memory }) => memory)
      const growth = memory && memory.most / memory.least
      return {
        note:
          memory &&
          `after each round it had ${megabytes(memory.least)} to ${megabytes(memory.most)}`,
        ...(name === resultsXapi.name && {
          targets: [
            ...atLeast('bytes', comparison.ratio(name, bareProxy.name, rate)?.median, 0.9),
            ...atMost('memory, most beside least', growth, 1.25),
          ],
        }),
      }
    })
  },
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
