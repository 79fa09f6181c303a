import { bareProxy } from './contenders.ts'
import { Entrant, type Entry, type Means, type Sample } from './entrant.ts'
import type { Row, Target } from './row.ts'
import type { Site } from './site.ts'
import { type Measured, measured } from './statistics.ts'

/** How long and how often contenders are measured, and with what. */
export type Effort = Means & {
  readonly seconds: number
  readonly rounds: number
  /** Told what is being done, in a few words. */
  readonly progress: (what: string) => void
}

/** A figure of one round. */
export type Figure = (sample: Sample) => number | undefined

/** Contenders that answered one after the other in every round: what slows the machine slows all. */
export class Comparison {
  readonly #entrants: readonly Entrant[]

  private constructor(entrants: readonly Entrant[]) {
    this.#entrants = entrants
  }

  static async run(entries: readonly Entry[], site: Site, effort: Effort): Promise<Comparison> {
    const { rounds, seconds, progress } = effort
    const entrants = entries.map((entry) => new Entrant(entry))
    try {
      for (const entrant of entrants) {
        progress(`${entrant.name}: start and warm-up`)
        await entrant.start(site)
        await entrant.warmUp(effort)
      }
      for (let round = 1; round <= rounds; round++) {
        // there and back: a machine that becomes slower favours none, and neighbours stay neighbours
        for (const entrant of round % 2 === 1 ? entrants : entrants.toReversed()) {
          progress(`${entrant.name}: round ${round} of ${rounds}`)
          await entrant.round(seconds, effort)
        }
      }
      return new Comparison(entrants)
    } finally {
      await Promise.all(entrants.map((entrant) => entrant.stop()))
    }
  }

  /** A contender's figure over all rounds. */
  of(name: string, figure: Figure): Measured | undefined {
    return measured(this.#samplesOf(name).map(figure))
  }

  /**
   * A contender's figure as a ratio to another's in the same round, over all rounds; undefined where
   * one of the two is broken.
   */
  ratio(name: string, base: string, figure: Figure): Measured | undefined {
    const others = this.#samplesOf(base)
    return measured(
      this.#samplesOf(name).map((sample, round) => {
        const other = others[round] && figure(others[round])
        const own = figure(sample)
        return own !== undefined && other ? own / other : undefined
      }),
    )
  }

  /**
   * The contenders as lines of the table, each beside the bare proxy.
   * @param more what the table says of a contender beside its figures
   */
  rows(
    scenario: string,
    more: (name: string) => Pick<Row, 'note'> & { targets?: readonly Target[] } = () => ({}),
  ): Row[] {
    return this.#entrants.map(({ name, errors, highestMemory }) => {
      if (errors !== undefined) return { scenario, contender: name, errors }
      const ratio = this.ratio(name, bareProxy.name, rate)
      const cpuRatio = this.ratio(name, bareProxy.name, cpu)
      return {
        scenario,
        contender: name,
        ratio: ratio?.median,
        ratioSpread: ratio && [ratio.least, ratio.most],
        cpuRatio: cpuRatio?.median,
        cpuRatioSpread: cpuRatio && [cpuRatio.least, cpuRatio.most],
        requestsPerSecond: this.of(name, rate)?.median,
        megabytesPerSecond: this.of(name, ({ bytesPerSecond }) => bytesPerSecond / 1e6)?.median,
        cpuMicros: this.of(name, cpu)?.median,
        p50: this.of(name, ({ p50 }) => p50)?.median,
        p99: this.of(name, p99)?.median,
        memoryMb: highestMemory && highestMemory / 1e6,
        ...more(name),
      }
    })
  }

  #samplesOf(name: string): readonly Sample[] {
    const entrant = this.#entrants.find((entrant) => entrant.name === name)
    return entrant && entrant.errors === undefined ? entrant.samples : []
  }
}

/** Requests a second. */
export const rate: Figure = ({ requestsPerSecond }) => requestsPerSecond
/** CPU time of one request. */
export const cpu: Figure = (sample) => sample.cpu
/** What one request in a hundred took longer than. */
export const p99: Figure = (sample) => sample.p99
