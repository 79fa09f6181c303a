import { type Fault, fault } from './fault.ts'

/**
 * The four ways in which something that we call can fail us:
 * - `unreachable`: no connection, a connection that broke, or a breaker that is open
 * - `timed out`: no answer in time
 * - `refused`: it answered, and said no
 * - `failed`: it answered with something that is no answer
 */
export type WayOfFailing = 'unreachable' | 'timed out' | 'refused' | 'failed'

/**
 * Which calls may be made again after this failure: `any` where the call cannot have had an
 * effect (the connection was never made), `reads` where it may have had one, else `none`.
 */
export type Repeat = 'any' | 'reads' | 'none'

export type DependencyFailureOptions = {
  /** Default `none`. */
  repeat?: Repeat
  /** How long the dependency asked us to wait before the next attempt, in milliseconds. */
  retryAfterMs?: number
  /** The HTTP status that it answered, where that was no success. */
  status?: number
  /** What the caller is told, where it is not what {@link WayOfFailing} alone says. */
  tells?: Fault
  cause?: unknown
}

/** A call to a database or another system that did not come to an answer. */
export class DependencyFailure extends Error {
  override readonly name = 'DependencyFailure'
  readonly dependency: string
  readonly way: WayOfFailing
  readonly repeat: Repeat
  readonly retryAfterMs: number
  readonly status: number | undefined
  readonly #tells: Fault | undefined

  /**
   * @param dependency its name in logs and metrics, such as `ca-eps-sapi` or `eps`
   * @param what what happened, for the log: no values of the request, no secrets
   */
  constructor(
    dependency: string,
    way: WayOfFailing,
    what: string,
    { repeat = 'none', retryAfterMs = 0, status, tells, cause }: DependencyFailureOptions = {},
  ) {
    super(`${dependency} ${way}: ${what}`, { cause })
    this.dependency = dependency
    this.way = way
    this.repeat = repeat
    this.retryAfterMs = retryAfterMs
    this.status = status
    this.#tells = tells
  }

  /** What the caller is told of this failure. */
  asFault(): Fault {
    if (this.#tells) return this.#tells
    if (this.way === 'unreachable') return fault('70503', { cause: this })
    if (this.way === 'timed out') return fault('70504', { cause: this })
    return fault('60006', { cause: this })
  }
}
