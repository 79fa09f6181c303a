import type { Contender, Standing } from '../contender.ts'
import { Entrant } from '../entrant.ts'
import { heapAfterCollection } from '../heap.ts'
import { page, someConnections } from '../questions.ts'
import { resultsToDatabase } from '../results-xapi.ts'
import type { Row } from '../row.ts'
import type { Scenario } from '../scenario.ts'
import { trend } from '../statistics.ts'

const segmentSeconds = 10
const leastSegments = 10
/** Code is compiled and caches fill in this share of the time; what grows then is no leak. */
const settlingShare = 0.2
/** A slope that comes to less than this over the whole soak is none that matters, in bytes. */
const noticeable = 1e6

/** What was left in each service's heap after every segment, by the service's name. */
type Heaps = Map<string, readonly number[]>

/** Full load for minutes, and whether the heaps of both services grow. */
export const soak: Scenario = {
  letter: 'h',
  title: 'a soak: the heaps after full garbage collections',
  onRequest: true,
  async run(site, effort) {
    let standing: Standing | undefined
    const contender: Contender = {
      name: resultsToDatabase.name,
      async start(place) {
        standing = await resultsToDatabase.start(place)
        return standing
      },
    }
    const entrant = new Entrant({ contender, question: page, connections: someConnections })
    const heaps: Heaps = new Map()
    const segments = Math.max(leastSegments, (effort.soakMinutes * 60) / segmentSeconds)
    try {
      await entrant.start({ ...site, isInspected: true })
      for (let segment = 1; segment <= segments && !entrant.errors; segment++) {
        effort.progress(`soak: ${segment * segmentSeconds} of ${segments * segmentSeconds} s`)
        await entrant.round(segmentSeconds, effort)
        await readHeaps(standing, heaps)
      }
    } finally {
      await entrant.stop()
    }
    if (entrant.errors) return [{ scenario: 'h', contender: entrant.name, errors: entrant.errors }]
    return [...heaps].map(([name, bytes]) => rowOf(name, bytes))
  },
}

async function readHeaps(standing: Standing | undefined, heaps: Heaps): Promise<void> {
  for (const [name, { inspectorPort }] of Object.entries(standing?.services ?? {})) {
    const bytes = await heapAfterCollection(inspectorPort ?? 0)
    heaps.set(name, [...(heaps.get(name) ?? []), bytes])
  }
}

function rowOf(contender: string, heaps: readonly number[]): Row {
  const settled = heaps.slice(Math.floor(heaps.length * settlingShare))
  const points = settled.map((bytes, i) => [(i * segmentSeconds) / 60, bytes] as const)
  const { slope, error } = trend(points)
  const minutes = (settled.length * segmentSeconds) / 60
  const grows = slope - 2 * error > 0 && slope * minutes > noticeable
  return {
    scenario: 'h',
    contender,
    note: `heap: ${megabytes(settled[0])}, and ${minutes.toFixed(0)} minutes later ${megabytes(settled.at(-1))}`,
    targets: [
      {
        wanted: 'no growth',
        is: `${(slope / 1000).toFixed(1)} ± ${((2 * error) / 1000).toFixed(1)} kB a minute`,
        met: !grows,
      },
    ],
  }
}

function megabytes(bytes = 0): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
