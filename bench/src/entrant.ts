import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Agent, fetch } from 'undici'
import type { Contender, Standing } from './contender.ts'
import type { Generator, Load, Seen } from './load/load.ts'
import type { Question } from './question.ts'
import { cpuMicros, memoryOf } from './readings.ts'
import type { Site } from './site.ts'

/** A contender that takes part in a comparison. */
export type Entry = {
  /** What the table calls it. Default: the contender's name. */
  readonly name?: string
  readonly contender: Contender
  readonly question: Question
  readonly connections: number
  /** As in {@link Load}. Default: 0. */
  readonly restMs?: number
  /** What is counted while it is measured, such as calls to its database. */
  readonly count?: (standing: Standing) => Promise<number>
}

/** One round of one contender. */
export type Sample = Seen & {
  /** Those that were answered as they should be. */
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  /** CPU time for one of those, in microseconds; undefined where it cannot be read. */
  readonly cpu: number | undefined
  /** Resident memory after the round in bytes, likewise. */
  readonly memory: number | undefined
  /** What {@link Entry.count} has counted. */
  readonly counted: number | undefined
}

/** How a contender is measured. */
export type Means = { readonly generator: Generator; readonly hasProc: boolean }

const answersWithinMs = 20_000

/**
 * Code is compiled while it runs, and who has more of it needs longer: until then it is several times
 * slower. In seconds.
 */
const longestWarmUp = 20
const calmSeconds = 4
/** What counts as faster: less is noise. */
const faster = 1.03

/** A contender in a comparison: standing, and measured round by round; or out, and why. */
export class Entrant {
  readonly name: string
  readonly samples: Sample[] = []
  /** Resident memory at its highest, in bytes. */
  highestMemory: number | undefined
  /** Why it is out: a contender that does not answer rightly is not fast but broken. */
  errors: string | undefined
  readonly #entry: Entry
  #standing: Standing | undefined

  constructor(entry: Entry) {
    this.name = entry.name ?? entry.contender.name
    this.#entry = entry
  }

  /** Starts it, and asks it once. */
  async start(site: Site): Promise<void> {
    try {
      this.#standing = await this.#entry.contender.start(site)
      await this.#verify(this.#standing, site)
    } catch (error) {
      this.errors = (error as Error).message
    }
  }

  /**
   * Puts all the load on it that it carries, which is not kept, until it has grown no faster for some
   * seconds. Where connections rest their rate would tell nothing of how fast it is.
   */
  async warmUp(means: Means): Promise<void> {
    if (!this.#standing || this.errors) return
    let fastest = 0
    let calm = 0
    for (let second = 1; second <= longestWarmUp && calm < calmSeconds; second++) {
      const { requestsPerSecond } = await this.#run(this.#standing, 1, means, { restMs: 0 })
      calm = requestsPerSecond > fastest * faster ? 0 : calm + 1
      fastest = Math.max(fastest, requestsPerSecond)
    }
  }

  async round(seconds: number, means: Means): Promise<void> {
    if (!this.#standing || this.errors) return
    const sample = await this.#run(this.#standing, seconds, means)
    this.samples.push(sample)
    this.errors = this.#wrongIn(sample)
  }

  async stop(): Promise<void> {
    await Promise.all((this.#standing?.processes ?? []).map((process) => process.stop()))
  }

  async #verify(standing: Standing, { tls }: Site): Promise<void> {
    const { path, sessions, accept } = this.#entry.question
    const ca = tls && readFileSync(tls.authorityFile)
    const agent = new Agent({ connect: { ca } })
    try {
      await accept(
        await fetch(standing.origin + path.replace('{session}', `${sessions.first}`), {
          dispatcher: agent,
          headers: { ...this.#headersFor(standing), 'X-TRANSACTION-ID': 'bench-first' },
          signal: AbortSignal.timeout(answersWithinMs),
        }),
      )
    } finally {
      await agent.close()
    }
  }

  async #run(
    standing: Standing,
    seconds: number,
    means: Means,
    { restMs = 0 }: { restMs?: number } = this.#entry,
  ): Promise<Sample> {
    const { question, connections, count } = this.#entry
    const { path, sessions } = question
    const { origin, processes } = standing
    const load: Load = { connections, seconds, restMs }
    const pids = processes.flatMap((process) => process.pids())
    // what the one before left for its processes to do is done by then
    await pause(100)
    const countedBefore = await count?.(standing)
    const before = cpuMicros(pids)
    const headers = this.#headersFor(standing)
    const seen = await means.generator.run({ origin, headers, path, sessions }, load)
    const spent = cpuMicros(pids) - before
    const counted = await count?.(standing)
    for (const process of processes) process.forgetLog()
    const good = this.#goodIn(seen)
    const memory = means.hasProc ? memoryOf(pids) : undefined
    this.highestMemory = memory?.highest
    return {
      ...seen,
      requestsPerSecond: good / seen.seconds,
      bytesPerSecond: seen.bytes / seen.seconds,
      cpu: means.hasProc && good > 0 ? spent / good : undefined,
      memory: memory?.now,
      counted: counted === undefined ? undefined : counted - (countedBefore ?? 0),
    }
  }

  #headersFor({ headers }: Standing): Record<string, string> {
    return { ...headers, ...this.#entry.question.headers }
  }

  #goodIn({ answered, refused }: Seen): number {
    return this.#entry.question.isRefused ? refused : answered - refused
  }

  #wrongIn(seen: Seen): string | undefined {
    const { answered, broken } = seen
    const good = this.#goodIn(seen)
    if (good === 0) return 'answered nothing as it should'
    if (broken > 0) return `${broken} connections or answers broke, beside ${answered} answers`
    if (good === answered || this.#entry.question.maybeShed) return undefined
    return `${answered - good} of ${answered} answers were not as they should be`
  }
}
