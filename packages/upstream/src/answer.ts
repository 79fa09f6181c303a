import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { Verbatim } from '@ca/contracts'
import { isJson } from './json-text.ts'

/** An answer whose body has not been read yet. */
export type UpstreamAnswer = {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: AnswerBody
}

/** The body of an answer, for one reader. */
export type AnswerBody = {
  /**
   * Reads it to its end.
   * @param longest the most bytes that it may have
   * @throws {Error} when it is longer; what it broke off with
   */
  whole(longest: number): Promise<Buffer>
  /** Hands it on as it comes. */
  stream(): Readable
  /** Ends it, read or not. */
  drop(): void
  /** Whether it ended before its end. */
  readonly brokeOff: boolean
}

const longestBody = 16 * 1024 * 1024

/**
 * Reads a JSON answer whole.
 * @throws {Error} when it is none; what the body broke off with
 */
export async function readJson(answer: UpstreamAnswer): Promise<unknown> {
  return (await readVerbatim(answer)).data
}

/**
 * Reads a JSON answer whole and keeps its bytes, of which data is made when somebody wants it.
 * @throws {Error} when it is none; what the body broke off with
 */
export function readVerbatim({ body }: UpstreamAnswer): Promise<Verbatim> {
  return body.whole(longestBody).then(verbatim)
}

function verbatim(bytes: Buffer): Verbatim {
  // a byte that is no UTF-8 must not become a replacement character in somebody's name
  if (!isUtf8(bytes)) throw new Error('the answer is not UTF-8')
  // and the error of a parser would quote what it read, which may be a name or a token
  if (!isJson(bytes)) throw new Error('the answer is not JSON')
  return new Verbatim(bytes)
}

/** What a body says that is longer than it may be. */
export function tooLong(longest: number): Error {
  return new Error(`the answer is longer than ${longest} bytes`)
}

/** `Retry-After`, given in seconds or as a date, in milliseconds; 0 where none can be read. */
export function retryAfterMs({ headers }: UpstreamAnswer): number {
  const value = headers['retry-after'] ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}
