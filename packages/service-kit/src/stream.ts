import type { ServerResponse } from 'node:http'
import { finished, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CallerLeft, type Transaction } from '@ca/telemetry'
import { beforeItsEnd } from './deadline.ts'

/**
 * Sends an answer that comes in pieces. The transaction's time counts for the first of them: until
 * then there can still be a fault. A stream that breaks off later closes the connection, so that
 * half an answer never looks whole.
 * @param writeHead sends the answer's head
 * @throws {CallerLeft} when the caller closed the connection; else what the stream broke with
 */
export async function sendStream(
  response: ServerResponse,
  transaction: Transaction,
  source: Readable,
  writeHead: () => void,
): Promise<void> {
  // the streams that a pipeline joins listen to each other more than once
  response.setMaxListeners(20)
  let broke: Error | undefined
  const note = (error: Error) => {
    // once the caller is gone, the streams are destroyed for it
    if (!response.destroyed) broke ??= error
  }
  source.once('error', note)
  try {
    await beforeItsEnd(transaction, () => firstPieceOf(source))
    transaction.end()
    writeHead()
    await pipeline(source, inFull(response).once('error', note), response)
  } catch (error) {
    throw response.headersSent ? (broke ?? new CallerLeft()) : error
  } finally {
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
function inFull(response: ServerResponse): Transform {
  // where nothing is promised this is NaN, which is never too little or too much
  let left = Number(response.getHeader('Content-Length'))
  const wrong = () => new Error('The stream is not as long as its Content-Length says')
  return new Transform({
    transform(piece: Buffer, _encoding, pass) {
      left -= piece.length
      pass(left < 0 ? wrong() : null, piece)
    },
    flush(end) {
      end(left > 0 ? wrong() : null)
    },
  })
}
