/** What a generator asks for, over and over. */
export type Target = {
  /** `http://127.0.0.1:8082`, with no path. */
  readonly origin: string
  /** Headers beside the transaction's id, of which every request has its own. */
  readonly headers: Readonly<Record<string, string>>
  /** `{session}` in it stands for the number of a session. */
  readonly path: string
  readonly sessions: Sessions
}

/**
 * Which sessions are asked for. Requests under way at once must not be the same where that is not
 * what is measured: a service may make the same call once for all of them.
 */
export type Sessions = {
  readonly first: number
  readonly count: number
  /**
   * How many requests in turn ask for the same session, while one in ten asks for any other; 1
   * where each asks for the next.
   */
  readonly herd: number
}

export type Load = {
  readonly connections: number
  readonly seconds: number
  /**
   * How long each connection rests after an answer, in milliseconds and on average: the rests are
   * spread as those of independent callers are. 0 for as much as can be carried.
   */
  readonly restMs: number
}

/** What a generator saw. Times are milliseconds. */
export type Seen = {
  readonly answered: number
  readonly seconds: number
  readonly bytes: number
  /** Answers other than 2xx. */
  readonly refused: number
  /** Connections that broke, answers that did not come. */
  readonly broken: number
  readonly p50: number
  readonly p99: number
}

/** Puts load on a target from a process of its own. */
export type Generator = {
  readonly name: string
  /** Whether it can let connections rest. */
  readonly canRest: boolean
  run(target: Target, load: Load): Promise<Seen>
}
