import { Comparison } from '../comparison.ts'
import { bareProxy, fastifyProxy } from '../contenders.ts'
import { longList, someConnections } from '../questions.ts'
import { resultsXapi } from '../results-xapi.ts'
import type { Scenario } from '../scenario.ts'

/** The longest answer of JSON that there is. */
export const listOfThousands: Scenario = {
  letter: 'e',
  title: 'a list of 2,000 items',
  async run(site, effort) {
    const comparison = await Comparison.run(
      [bareProxy, resultsXapi, fastifyProxy].map((contender) => ({
        contender,
        question: longList,
        connections: someConnections,
      })),
      site,
      effort,
    )
    return comparison.rows('e')
  },
}
