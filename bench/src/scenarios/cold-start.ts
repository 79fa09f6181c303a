import type { Response } from 'undici'
import { type BenchClient, headersOf, makeClient } from '../clients.ts'
import type { Contender } from '../contender.ts'
import { Entrant } from '../entrant.ts'
import type { Question } from '../question.ts'
import { page, script, someConnections } from '../questions.ts'
import { memoryOf } from '../readings.ts'
import { resultsXapi } from '../results-xapi.ts'
import { atMost, type Row } from '../row.ts'
import type { Scenario, ScenarioEffort } from '../scenario.ts'
import { type Site, startStub } from '../site.ts'
import { measured } from '../statistics.ts'
import { epsSapi, interchangeSapi, libsSapi, rmSapi, type SystemApi } from '../system-apis.ts'

const bareServer: Contender = {
  name: 'bare node:http server',
  async start({ folder, cores }) {
    const { url, process } = await startStub(folder, cores.contender, 0)
    return { origin: url, headers: {}, processes: [process] }
  },
}

const enquireServices: Question = {
  ...page,
  path: '/v1/businessStreams/01/sessions/3301/enquireServices?qualificationGroupId=2&limit=100',
  accept: acceptGood,
}

const questionPapers: Question = {
  ...page,
  path: '/v1/businessStreams/02/qpIdentifiers?sessionId=19722&assessmentCode=0500&limit=100',
  accept: acceptGood,
}

/** Every service, what it is asked, and by how many at once. */
const services: readonly (readonly [Contender, Question, connections: number])[] = [
  [bareServer, page, someConnections],
  [resultsXapi, page, someConnections],
  [alone(epsSapi), page, someConnections],
  [alone(interchangeSapi), enquireServices, someConnections],
  [alone(libsSapi), questionPapers, someConnections],
  [alone(rmSapi), script, 16],
]

/** How soon a service takes requests, and what memory it takes. */
export const coldStart: Scenario = {
  letter: 'g',
  title: 'from spawn to ready, and memory under load',
  async run(site, effort) {
    const rows: Row[] = []
    for (const [contender, question, connections] of services) {
      rows.push(await rowOf(contender, question, connections, site, effort))
    }
    return rows
  },
}

async function rowOf(
  contender: Contender,
  question: Question,
  connections: number,
  site: Site,
  effort: ScenarioEffort,
): Promise<Row> {
  const { name } = contender
  effort.progress(`${name}: starts`)
  const starts: number[] = []
  const idle: number[] = []
  for (let round = 0; round < effort.rounds; round++) {
    const { processes } = await contender.start(site)
    starts.push(...processes.map(({ readyAfterMs }) => readyAfterMs))
    idle.push(memoryOf(processes.flatMap((process) => process.pids())).now)
    await Promise.all(processes.map((process) => process.stop()))
  }
  effort.progress(`${name}: load`)
  const entrant = new Entrant({ contender, question, connections })
  try {
    await entrant.start(site)
    await entrant.round(effort.seconds * effort.rounds, effort)
  } finally {
    await entrant.stop()
  }
  const { errors, highestMemory } = entrant
  if (errors !== undefined) return { scenario: 'g', contender: name, errors }
  const readyMs = measured(starts)?.median
  const memoryMb = highestMemory && highestMemory / 1e6
  return {
    scenario: 'g',
    contender: name,
    readyMs,
    memoryMb,
    note: effort.hasProc
      ? `${((measured(idle)?.median ?? 0) / 1e6).toFixed(0)} MB after the start`
      : undefined,
    ...(contender !== bareServer && {
      targets: [...atMost('ready, ms', readyMs, 1000), ...atMost('memory, MB', memoryMb, 150)],
    }),
  }
}

/** A system API as a contender, asked as ca-results-xapi asks it. */
function alone({ name, start }: SystemApi): Contender {
  return {
    name,
    async start(site) {
      const client: BenchClient = makeClient(site.folder, 'ca-results-xapi')
      const { process, port } = await start(site, client)
      return {
        origin: `http://127.0.0.1:${port}`,
        headers: headersOf(client),
        processes: [process],
      }
    },
  }
}

async function acceptGood(answer: Response): Promise<void> {
  await answer.text()
  if (answer.status !== 200) throw new Error(`answers ${answer.status}`)
}
