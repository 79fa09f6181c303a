import { once } from 'node:events'
import { IncomingMessage, type ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { CallerLeft, type Transaction } from '@ca/telemetry'
import { beforeItsEnd } from './deadline.ts'

/** Domain: after a PDF's first byte, 15 s without another end it. In milliseconds. */
const longestSilenceMs = 15_000
/** How long a caller may take nothing of what it is sent, in milliseconds. */
const longestRefusalMs = 60_000

/**
 * Sends an answer that comes in pieces, as fast as it is taken. The transaction's time counts for
 * the first of them: until then there can still be a fault. A stream that breaks off later closes
 * the connection, so that half an answer never looks whole.
 *
 * Pieces go from the source to the connection with nothing in between: what lies there would be
 * held in memory for every download.
 * @param length how many bytes the head promises, NaN where it does not
 * @param writeHead sends the answer's head
 * @throws {CallerLeft} when the caller closed the connection; else what the stream broke with
 */
export async function sendStream(
  response: ServerResponse,
  transaction: Transaction,
  source: Readable,
  length: number,
  writeHead: () => void,
): Promise<void> {
  // a source may break when nobody is looking; who looks next is told
  source.on('error', () => {})
  const leave = () => source.destroy()
  response.once('close', leave)
  try {
    await beforeItsEnd(transaction, () => firstPieceOf(source))
    transaction.end()
    writeHead()
    await passOn(source, response, length)
  } catch (error) {
    throw response.headersSent && response.destroyed ? new CallerLeft() : error
  } finally {
    response.off('close', leave)
    source.destroy()
  }
}

/** Settles when there is something to send, which may be the end of an empty stream. */
async function firstPieceOf(source: Readable): Promise<void> {
  const arrived = new AbortController()
  const isThere = once(source, 'readable', { signal: arrived.signal })
  const isOver = finished(source, { signal: arrived.signal })
  await Promise.race([isThere, isOver]).finally(() => arrived.abort())
}

/**
 * Passes pieces on, as many bytes as the head has promised: with fewer the caller would wait for
 * more, and what is too much it would take for the next answer's beginning. A piece is read when
 * the one before it has been sent, so a slow caller holds one or two in memory, not the script.
 */
async function passOn(source: Readable, response: ServerResponse, length: number): Promise<void> {
  let left = length
  let waitsForCaller = false
  const silence = setTimeout(() => {
    if (waitsForCaller) return
    source.destroy(new Error(`The stream stood still for ${longestSilenceMs} ms`))
  }, longestSilenceMs)
  const refusal = setTimeout(() => {
    if (waitsForCaller) response.destroy()
  }, longestRefusalMs)

  source.on('data', (piece: Buffer) => {
    left -= piece.length
    if (left < 0) {
      source.destroy(notAsPromised())
      return
    }
    source.pause()
    waitsForCaller = true
    refusal.refresh()
    response.write(piece, (error) => {
      if (error) return
      giveBack(piece, source)
      waitsForCaller = false
      silence.refresh()
      source.resume()
    })
  })
  try {
    await finished(source)
    if (left > 0) throw notAsPromised()
    waitsForCaller = true
    refusal.refresh()
    const sent = once(response, 'close')
    response.end()
    await sent
  } finally {
    clearTimeout(silence)
    clearTimeout(refusal)
  }
}

function notAsPromised(): Error {
  return new Error('The stream is not as long as its Content-Length says')
}

/**
 * Frees a piece that has been sent, now rather than when the garbage is collected: that does not
 * feel hurried by memory outside its heap, and hundreds of downloads would leave it tens of
 * megabytes to find. What came over HTTP was copied for its reader alone; any other stream's
 * pieces may be somebody's still.
 */
function giveBack(piece: Buffer, source: Readable): void {
  const isOnlyOurs = source instanceof IncomingMessage && piece.length === piece.buffer.byteLength
  if (isOnlyOurs) (piece.buffer as ArrayBuffer).transfer(0)
}
