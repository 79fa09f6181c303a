import { Comparison } from '../comparison.ts'
import { bareProxy } from '../contenders.ts'
import { page, someConnections } from '../questions.ts'
import { resultsToDatabase } from '../results-xapi.ts'
import type { Scenario } from '../scenario.ts'

/** The same request all the way to a database. */
export const toDatabase: Scenario = {
  letter: 'b',
  title: 'the same through ca-eps-sapi to SQLite, all on one core',
  async run(site, effort) {
    const comparison = await Comparison.run(
      [bareProxy, resultsToDatabase].map((contender) => ({
        contender,
        question: page,
        connections: someConnections,
      })),
      site,
      effort,
    )
    return comparison.rows('b')
  },
}
