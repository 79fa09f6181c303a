import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type FaultCode, fault } from '@ca/faults'
import { inTransaction, openTransaction, type Telemetry } from '@ca/telemetry'
import { jsonHeaders, lingerMs } from './answer.ts'

/** Node's names for a head, or an extension of a chunk, that is longer than it may be. */
const tooLarge = ['HPE_HEADER_OVERFLOW', 'HPE_CHUNK_EXTENSIONS_OVERFLOW']

/**
 * Answers bytes that are no request, or one whose head is too large: Node's parser gave up before
 * there was a request to handle, so the fault is written to the connection by hand.
 */
export function answerUnreadable({ log }: Telemetry) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // it is answered already, and the parser complains of whatever else arrives
    if (socket.writableEnded) return
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const errorCode: FaultCode = tooLarge.includes(error.code ?? '') ? '60413' : '60002'
    const refusal = fault(errorCode)
    const { status } = refusal
    const transaction = openTransaction(randomUUID())
    const text = JSON.stringify(refusal.body(transaction.id))
    const headers = { ...jsonHeaders(transaction.id, text), Connection: 'close' }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`)
    setTimeout(() => socket.destroy(), lingerMs).unref()
    inTransaction(transaction, () =>
      log.info({ status, errorCode, why: error.code }, `unreadable request ${status}`),
    )
  }
}
