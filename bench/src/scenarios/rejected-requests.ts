import { Comparison, rate } from '../comparison.ts'
import { bareProxy } from '../contenders.ts'
import { page, someConnections, withBadParameter, withBadSecret } from '../questions.ts'
import { resultsXapi } from '../results-xapi.ts'
import { atLeast } from '../row.ts'
import type { Scenario } from '../scenario.ts'

const good = `${resultsXapi.name}, good`

/** Requests that are turned down must cost less than good ones: they are what an attack consists of. */
export const rejectedRequests: Scenario = {
  letter: 'c',
  title: 'requests that are turned down',
  async run(site, effort) {
    const comparison = await Comparison.run(
      [
        { contender: bareProxy, question: page },
        { contender: resultsXapi, question: page, name: good },
        {
          contender: resultsXapi,
          question: withBadSecret,
          name: `${resultsXapi.name}, bad secret`,
        },
        {
          contender: resultsXapi,
          question: withBadParameter,
          name: `${resultsXapi.name}, bad parameter`,
        },
      ].map((entry) => ({ ...entry, connections: someConnections })),
      site,
      effort,
    )
    return comparison.rows('c', (name) =>
      name.includes(', bad')
        ? {
            targets: atLeast(
              'rate beside good ones',
              comparison.ratio(name, good, rate)?.median,
              2,
            ),
          }
        : {},
    )
  },
}
