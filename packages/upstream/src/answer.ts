import { Readable } from 'node:stream'

/** An answer whose body has not been read yet. */
export type UpstreamAnswer = {
  status: number
  headers: Readonly<Record<string, string>>
  body: Readable
}

const longestBody = 16 * 1024 * 1024
/** Domain: after a PDF's first byte, 15 s without another end it. In milliseconds. */
const longestSilenceMs = 15_000

/**
 * Reads a JSON answer whole.
 * @throws {Error} when it is none; what the stream throws when it breaks off
 */
export async function readJson({ body }: UpstreamAnswer): Promise<unknown> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > longestBody) throw new Error(`the answer is longer than ${longestBody} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    // the parser's error quotes what it read, which may be a name or a token
    throw new Error('the answer is not JSON')
  }
}

/**
 * Hands an answer's body on, piece by piece, as fast as it is taken.
 *
 * What comes of it may take its time, but not stand still: when a piece is wanted and none comes
 * within 15 s, it breaks off.
 */
export function readStream({ body }: UpstreamAnswer): Readable {
  return Readable.from(pieces(body), { objectMode: false })
}

async function* pieces(body: Readable): AsyncGenerator<Buffer> {
  const standsStill = () =>
    body.destroy(new Error(`the answer stood still for ${longestSilenceMs} ms`))
  let watch = setTimeout(standsStill, longestSilenceMs)
  try {
    for await (const piece of body) {
      // whoever takes the pieces may be slow; only what we wait for counts
      clearTimeout(watch)
      yield piece
      watch = setTimeout(standsStill, longestSilenceMs)
    }
  } finally {
    clearTimeout(watch)
    body.destroy()
  }
}

/** `Retry-After`, given in seconds or as a date, in milliseconds; 0 where none can be read. */
export function retryAfterMs({ headers }: UpstreamAnswer): number {
  const value = headers['retry-after'] ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}
