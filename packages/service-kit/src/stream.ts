import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { finished, type Readable } from 'node:stream'
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
 * @param writeHead sends the answer's head
 * @throws {CallerLeft} when the caller closed the connection; else what the stream broke with
 */
export async function sendStream(
  response: ServerResponse,
  transaction: Transaction,
  source: Readable,
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
    await passOn(source, response)
  } catch (error) {
    throw response.headersSent && response.destroyed ? new CallerLeft() : error
  } finally {
    response.off('close', leave)
    source.destroy()
  }
}

/** Settles when there is something to send, which may be the end of an empty stream. */
function firstPieceOf(source: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopWatching = finished(source, (error) => (error ? reject(error) : resolve()))
    source.once('readable', () => {
      stopWatching()
      resolve()
    })
  })
}

/**
 * Passes pieces on, as many bytes as the head has promised: with fewer the caller would wait for
 * more, and what is too much it would take for the next answer's beginning.
 */
async function passOn(source: Readable, response: ServerResponse): Promise<void> {
  // where nothing is promised this is NaN, which is never too little or too much
  let left = Number(response.getHeader('Content-Length'))
  const pieces: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  for (;;) {
    const { done, value: piece } = await nextOf(pieces, source)
    if (done ? left > 0 : left < piece.length) {
      throw new Error('The stream is not as long as its Content-Length says')
    }
    if (done) break
    left -= piece.length
    if (!response.write(piece)) await drained(response)
  }
  const sent = once(response, 'close')
  response.end()
  await sent
}

/** The caller may be slow to take the pieces; only what we wait for must not stand still. */
async function nextOf(
  pieces: AsyncIterator<Buffer>,
  source: Readable,
): Promise<IteratorResult<Buffer>> {
  const timer = setTimeout(() => {
    source.destroy(new Error(`The stream stood still for ${longestSilenceMs} ms`))
  }, longestSilenceMs)
  try {
    return await pieces.next()
  } finally {
    clearTimeout(timer)
  }
}

/** A caller may be slow, but one that takes nothing at all has left without saying so. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => response.destroy(), longestRefusalMs)
    const onDrain = () => {
      clearTimeout(timer)
      response.off('close', onClose)
      resolve()
    }
    const onClose = () => {
      clearTimeout(timer)
      response.off('drain', onDrain)
      reject(new CallerLeft())
    }
    response.once('drain', onDrain)
    response.once('close', onClose)
  })
}
