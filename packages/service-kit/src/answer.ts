import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { Reply } from '@ca/contracts'
import type { Fault } from '@ca/faults'
import type { Transaction } from '@ca/telemetry'
import { sendStream } from './stream.ts'

type Headers = Readonly<Record<string, string>>

/**
 * How long a caller may go on sending after its answer, in milliseconds. To close at once could
 * take the answer back from it before it was read.
 */
export const lingerMs = 1000

/** The headers that every answer has, whatever an operation says. */
function fixedHeaders(transactionId: string): Headers {
  return {
    'X-TRANSACTION-ID': transactionId,
    // results are personal and change; and nobody should guess what an answer is
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** The headers of an answer in JSON. */
export function jsonHeaders(transactionId: string, text: string): Headers {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    ...fixedHeaders(transactionId),
  }
}

/**
 * Sends what an operation answered: data with 200, a {@link Reply} as it says.
 * @throws whatever kept it from being sent whole
 */
export async function sendAnswer(
  response: ServerResponse,
  transaction: Transaction,
  answer: unknown,
): Promise<void> {
  const { status, body, headers } = answer instanceof Reply ? answer : new Reply(200, answer, {})
  if (body instanceof Readable) {
    await sendStream(response, transaction, body, () =>
      writeHead(response, status, headers, fixedHeaders(transaction.id)),
    )
  } else {
    await sendJson(response, status, transaction.id, body, headers)
  }
}

/** Sends a fault. */
export async function sendFault(
  response: ServerResponse,
  { id }: Transaction,
  fault: Fault,
): Promise<void> {
  await sendJson(response, fault.status, id, fault.body(id), fault.headers)
}

async function sendJson(
  response: ServerResponse,
  status: number,
  transactionId: string,
  body: unknown,
  headers: Headers,
): Promise<void> {
  const text = JSON.stringify(body)
  const { req: request } = response
  // a body that came together with its head is about to be complete
  if (!request.complete) await setImmediate()
  // what it still brings is not wanted, and nothing may be read from it as if it were a request
  if (!request.complete) response.setHeader('Connection', 'close')
  writeHead(response, status, headers, jsonHeaders(transactionId, text))
  if (request.complete || request.destroyed) {
    response.end(text)
  } else {
    response.write(text)
    await restOf(request)
    response.end()
  }
}

function writeHead(
  response: ServerResponse,
  status: number,
  headers: Headers,
  fixed: Headers,
): void {
  // an answer that could not be sent may have left some of its own
  for (const name of response.getHeaderNames()) {
    if (name !== 'connection') response.removeHeader(name)
  }
  response.setHeaders(new Map(Object.entries(headers)))
  response.setHeaders(new Map(Object.entries(fixed)))
  response.writeHead(status)
}

/** Reads and drops what is left of a request that was answered without it, but not for ever. */
function restOf(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, lingerMs)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    for (const event of ['end', 'unreadable', 'close']) request.once(event, done)
    request.resume()
  })
}
