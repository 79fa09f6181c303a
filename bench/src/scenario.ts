import type { Effort } from './comparison.ts'
import type { Row } from './row.ts'
import type { Site } from './site.ts'

/** One of the benchmark's scenarios. */
export type Scenario = {
  readonly letter: string
  readonly title: string
  /** It runs only when it is asked for by name. */
  readonly onRequest?: boolean
  readonly run: (site: Site, effort: ScenarioEffort) => Promise<Row[]>
}

export type ScenarioEffort = Effort & {
  /** How long the soak lasts. */
  readonly soakMinutes: number
  /** Says something that stays under the table. */
  readonly remark: (line: string) => void
}
