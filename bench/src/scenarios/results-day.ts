import { Comparison, p99 } from '../comparison.ts'
import type { Standing } from '../contender.ts'
import { bareProxy } from '../contenders.ts'
import type { Sample } from '../entrant.ts'
import { metric } from '../metrics.ts'
import { pageForAll, pageOfMany } from '../questions.ts'
import { resultsToDatabase } from '../results-xapi.ts'
import { atMost } from '../row.ts'
import type { Scenario } from '../scenario.ts'

/** Nine in ten of them want the session of the moment. */
const connections = 2200
/** 2,000 requests wait for each other: in less time than this there are too few answers. */
const leastSeconds = 6
/** Rounds of that length are not so many. */
const mostRounds = 3
const requestsOfASession = pageForAll.sessions.herd * 0.9

const each = 'each another session'
const all = 'all the same session'

/**
 * 2,000 clients ask for the same session's status at once; after 2,000 requests it is the next
 * session's turn. One request in ten asks for another of 4,000 sessions meanwhile.
 */
export const resultsDay: Scenario = {
  letter: 'f',
  title: 'results day: 2,000 clients want the same session at once',
  async run(site, effort) {
    const comparison = await Comparison.run(
      [
        { contender: bareProxy, question: pageOfMany },
        { contender: resultsToDatabase, question: pageOfMany, name: each, count: databaseCalls },
        { contender: resultsToDatabase, question: pageForAll, name: all, count: databaseCalls },
      ].map((entry) => ({ ...entry, connections })),
      site,
      {
        ...effort,
        ...(effort.seconds < leastSeconds && {
          seconds: leastSeconds,
          rounds: Math.min(effort.rounds, mostRounds),
        }),
      },
    )
    return comparison.rows('f', (name) => {
      const shed = comparison.of(name, ({ refused, answered }) => (100 * refused) / answered)
      const told = `${(shed?.median ?? 0).toFixed(0)} % were told 503`
      if (name !== all) return { note: told }
      const calls = comparison.of(name, callsOfASession)?.median.toFixed(0)
      return {
        note: `${told}; ${calls} database calls for the ${requestsOfASession} requests of a session`,
        targets: atMost('p99 beside each another', comparison.ratio(name, each, p99)?.median, 2),
      }
    })
  },
}

/** How often the database was asked for a session of the moment, if for each other request once. */
function callsOfASession({ counted, answered }: Sample): number | undefined {
  const others = answered / 10
  const sessionsOfTheMoment = (answered - others) / requestsOfASession
  return counted === undefined ? undefined : (counted - others) / sessionsOfTheMoment
}

function databaseCalls({ services }: Standing): Promise<number> {
  return metric(
    services?.['ca-eps-sapi']?.managementUrl,
    /^dependency_attempts_total\{.*operation="GetSessionResultStatus"/,
  )
}
