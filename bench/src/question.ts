import type { Response } from 'undici'
import type { Sessions } from './load/load.ts'

/** What a contender is asked, and what it has to answer. */
export type Question = {
  readonly path: string
  readonly sessions: Sessions
  /** Headers in place of those that the contender wants. */
  readonly headers?: Readonly<Record<string, string>>
  /** @throws {Error} that says what is wrong with an answer */
  readonly accept: (answer: Response) => Promise<void>
  /** Whether all answers are refusals. */
  readonly isRefused?: boolean
  /** Whether some may be told 503, as is right where more is asked than can be done. */
  readonly maybeShed?: boolean
}
