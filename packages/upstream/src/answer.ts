import type { Readable } from 'node:stream'

/** An answer whose body has not been read yet. */
export type UpstreamAnswer = {
  status: number
  headers: Readonly<Record<string, string>>
  body: Readable
}

const longestBody = 16 * 1024 * 1024

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

/** `Retry-After`, given in seconds or as a date, in milliseconds; 0 where none can be read. */
export function retryAfterMs({ headers }: UpstreamAnswer): number {
  const value = headers['retry-after'] ?? ''
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? 0 : Math.max(0, ms)
}
