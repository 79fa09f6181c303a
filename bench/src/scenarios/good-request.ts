import { Comparison, cpu, type Effort, p99, rate } from '../comparison.ts'
import { bareProxy, contendersOn, fastifyProxy } from '../contenders.ts'
import type { Entry } from '../entrant.ts'
import { page, someConnections } from '../questions.ts'
import { resultsXapi } from '../results-xapi.ts'
import { atLeast, atMost, type Row } from '../row.ts'
import type { Scenario } from '../scenario.ts'
import { type Site, withTls } from '../site.ts'

/** So many that their rests add up to arrivals as of independent callers. */
const restingConnections = 256
/**
 * How many rounds there are at half load for one at full load. A full collection of V8's falls in
 * one round of several and is the p99 of that: with few rounds chance would decide the median.
 */
const halfLoadRounds = 3

const asked = { question: page, connections: someConnections }

/** A good request with every policy on, beside everything else that passes requests on. */
export const goodRequest: Scenario = {
  letter: 'a',
  title: 'a GET of 1 KB, the system API a stub',
  async run(site, effort) {
    const { present, missing } = contendersOn(site)
    for (const line of missing) effort.remark(line)
    const plain = await Comparison.run(
      present.map((contender) => ({ contender, ...asked })),
      site,
      effort,
    )
    const { name } = resultsXapi
    return [
      ...plain.rows('a', (contender) =>
        contender !== name
          ? {}
          : {
              targets: [
                ...atLeast('rate', plain.ratio(name, bareProxy.name, rate)?.median, 0.6),
                ...atMost('CPU', plain.ratio(name, bareProxy.name, cpu)?.median, 1.7),
                ...atLeast(
                  'rate beside @fastify/http-proxy',
                  plain.ratio(name, fastifyProxy.name, rate)?.median,
                  1,
                ),
              ],
            },
      ),
      ...(await overHttps(site, effort)),
      ...(await atHalfLoad(plain, site, effort, (line) => effort.remark(line))),
    ]
  },
}

async function overHttps(site: Site, effort: Effort): Promise<Row[]> {
  effort.progress('over HTTPS')
  const secure = await Comparison.run(
    [bareProxy, resultsXapi].map((contender) => ({ contender, ...asked })),
    withTls(site),
    effort,
  )
  return secure.rows('a/https')
}

/** Each contender gets half of what it carried. */
async function atHalfLoad(
  full: Comparison,
  site: Site,
  effort: Effort,
  remark: (line: string) => void,
): Promise<Row[]> {
  if (!effort.generator.canRest) {
    remark(`p99 at half load is left out: ${effort.generator.name} cannot keep a steady rate`)
    return []
  }
  const entries: Entry[] = [bareProxy, resultsXapi, fastifyProxy].map((contender) => {
    const carried = full.of(contender.name, rate)?.median ?? 1000
    return {
      contender,
      question: page,
      connections: restingConnections,
      restMs: (restingConnections / (carried / 2)) * 1000,
    }
  })
  const rounds = effort.rounds * halfLoadRounds
  const half = await Comparison.run(entries, site, { ...effort, rounds })
  return half.rows('a/half', (name) => ({
    note: `${shareOf(half, full, name)} of what it carries; ${spreadOf(half, name)}`,
    ...(name === resultsXapi.name && {
      targets: atMost('p99', half.ratio(name, bareProxy.name, p99)?.median, 1.5),
    }),
  }))
}

/** The p99 of single rounds: their median does not show what happens in few of them. */
function spreadOf(half: Comparison, name: string): string {
  const { least = 0, most = 0 } = half.of(name, p99) ?? {}
  return `p99 of a round ${least.toFixed(1)} to ${most.toFixed(1)} ms`
}

function shareOf(half: Comparison, full: Comparison, name: string): string {
  const share = (half.of(name, rate)?.median ?? 0) / (full.of(name, rate)?.median ?? 1)
  return `${Math.round(share * 100)} %`
}
