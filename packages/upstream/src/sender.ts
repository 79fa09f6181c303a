import type { UpstreamAnswer } from './answer.ts'

/** A request as it goes out. */
export type Outgoing = {
  readonly method: 'GET' | 'POST'
  /** Below the upstream's URL, with a leading slash. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Whether its answer may be long and is handed on as it comes. */
  readonly isStreamed?: boolean
}

/** A request that is under way. */
export type Sending = {
  /**
   * The answer, once its head is here.
   * @throws {BrokenRequest} where none comes
   */
  readonly answer: Promise<UpstreamAnswer>
  /** Ends it, or the reading of its answer's body; what is over already stays as it is. */
  abort(reason: Error): void
}

/** What requests to one upstream go out by, and answers come in. */
export type Sender = {
  send(request: Outgoing): Sending
  /** Closes the connections that wait for their next request: they may be as dead as one that hung. */
  dropIdle(): void
  close(): void
}

/**
 * How far a request came, which decides whether it may be made again: `unmade` before anything
 * was tried, `connecting` while not a byte of it can have been sent, `sent` once it can have been,
 * `answering` from the first byte of the answer on.
 */
export type Stage = 'unmade' | 'connecting' | 'sent' | 'answering'

/** A request that ended without the head of an answer, and how far it had come. */
export class BrokenRequest extends Error {
  override readonly name = 'BrokenRequest'
  readonly stage: Stage
  /** Whether the other side answered, but not in HTTP. */
  readonly isNotHttp: boolean

  /** @param cause the reason where it was aborted for one */
  constructor(stage: Stage, cause: unknown, isNotHttp: boolean) {
    super('The request ended without an answer', { cause })
    this.stage = stage
    this.isNotHttp = isNotHttp
  }
}

/** A connection is made within this time, TLS included, or not at all; in milliseconds. */
export const connectWithinMs = 1000
