import type { IncomingMessage } from 'node:http'
import { type Fault, fault } from '@ca/faults'

/** Larger than any order of 100 scripts, smaller than what would hurt. In bytes. */
const longestBody = 256 * 1024
/** Deeper than any contract's schema, shallower than what a recursive reader could not stand. */
const deepestBody = 64

/** @throws {Fault} 60413 where a request says that its body is too long, wanted or not */
export function checkLength({ headers }: IncomingMessage): void {
  if (Number(headers['content-length'] ?? 0) > longestBody) throw fault('60413')
}

/**
 * Reads a request's JSON body.
 * @param types the media types that the operation takes
 * @returns the parsed body, or undefined where none came
 * @throws {Fault} 60413, 60415, or 60002 where it is no JSON or does not arrive whole
 */
export async function readBody(
  request: IncomingMessage,
  types: readonly string[],
): Promise<unknown> {
  if (!announcesBody(request)) return undefined
  if (!isReadable(request, types)) throw fault('60415')
  const bytes = await bytesOf(request)
  if (bytes.length === 0) return undefined
  const body = parse(bytes)
  checkTexts(body)
  return body
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** JSON travels as UTF-8 (RFC 8259), and nobody needs to compress what is this short. */
function isReadable({ headers }: IncomingMessage, types: readonly string[]): boolean {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.find((parameter) => parameter.startsWith('charset')) ?? 'charset=utf-8'
  return (
    types.includes(type) &&
    /^charset="?utf-?8"?$/.test(charset) &&
    (headers['content-encoding'] ?? 'identity') === 'identity'
  )
}

/** @throws {Fault} 60413 as soon as there are too many; 60002 where they stop making sense */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let length = 0
    request.on('data', (piece: Buffer) => {
      length += piece.length
      if (length > longestBody) reject(fault('60413'))
      else pieces.push(piece)
    })
    request.once('end', () => resolve(Buffer.concat(pieces)))
    request.once('unreadable', (cause) => reject(unfit('does not arrive whole', cause)))
  })
}

function parse(bytes: Buffer): unknown {
  try {
    // a byte that is no UTF-8 must not become a replacement character in somebody's name
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw unfit('is not JSON in UTF-8', cause)
  }
}

/** JSON can escape half a character, which no database or other system could take. */
function checkTexts(body: unknown): void {
  let level = [body]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestBody) throw unfit('is nested too deeply')
    if (level.some((value) => typeof value === 'string' && !value.isWellFormed())) {
      throw unfit('has text that is not Unicode')
    }
    level = level.flatMap(partsOf)
  }
}

/** What stands in a list, or the names and the values of an object. */
function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Array.isArray(value) ? value : Object.entries(value).flat()
}

function unfit(issue: string, cause?: unknown): Fault {
  return fault('60002', { details: [{ in: 'body', name: 'body', issue }], cause })
}
