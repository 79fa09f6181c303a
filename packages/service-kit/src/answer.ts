import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { Reply, Verbatim } from '@ca/contracts'
import type { Fault } from '@ca/faults'
import type { Transaction } from '@ca/telemetry'
import { sendStream } from './stream.ts'

type Headers = Readonly<Record<string, string>>

/**
 * How long a caller may go on sending after its answer, in milliseconds. To close at once could
 * take the answer back from it before it was read.
 */
export const lingerMs = 1000
/** How long a caller may take to take its answer, in milliseconds. A stream has times of its own. */
const takenWithinMs = 60_000

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
export function jsonHeaders(transactionId: string, json: string | Uint8Array): Headers {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(json)),
    ...fixedHeaders(transactionId),
  }
}

/**
 * Sends what an operation answered: data with 200, a {@link Reply} as it says.
 * @throws whatever kept it from being sent whole
 */
export function sendAnswer(
  response: ServerResponse,
  transaction: Transaction,
  answer: unknown,
): Promise<void> {
  if (!(answer instanceof Reply)) return sendJson(response, 200, transaction.id, answer, {})
  if (answer.body instanceof Readable) return sendPieces(response, transaction, answer)
  return sendJson(response, answer.status, transaction.id, answer.body, answer.headers)
}

function sendPieces(
  response: ServerResponse,
  transaction: Transaction,
  { status, body, headers }: Reply,
): Promise<void> {
  const writeItsHead = () => writeHead(response, status, headers, fixedHeaders(transaction.id))
  return sendStream(response, transaction, body as Readable, lengthIn(headers), writeItsHead)
}

/** How many bytes headers promise; NaN, which is never too little or too much, where they do not. */
function lengthIn(headers: Headers): number {
  const name = Object.keys(headers).find((name) => name.toLowerCase() === 'content-length')
  return name === undefined ? Number.NaN : Number(headers[name])
}

/** Sends a fault. */
export function sendFault(
  response: ServerResponse,
  { id }: Transaction,
  fault: Fault,
): Promise<void> {
  return sendJson(response, fault.status, id, fault.body(id), fault.headers)
}

/**
 * Ends the connection where an answer is not taken in time: what its caller does not read stays in
 * memory, and keeps all that was asked for behind it.
 */
export function endUnlessTaken(response: ServerResponse): void {
  const begin = () => {
    const timer = setTimeout(() => response.destroy(), takenWithinMs)
    response.once('close', () => clearTimeout(timer))
  }
  // one that waits behind another has no connection yet
  if (response.socket) begin()
  else response.once('socket', begin)
}

async function sendJson(
  response: ServerResponse,
  status: number,
  transactionId: string,
  body: unknown,
  headers: Headers,
): Promise<void> {
  const json = body instanceof Verbatim ? body.bytes : JSON.stringify(body)
  const { req: request } = response
  await arrivals()
  // what it still brings is not wanted, and nothing may be read from it as if it were a request
  if (!request.complete) response.setHeader('Connection', 'close')
  writeHead(response, status, headers, jsonHeaders(transactionId, json))
  if (request.complete || request.destroyed) {
    response.end(json)
    if (!isOut(response)) endUnlessTaken(response)
  } else {
    endUnlessTaken(response)
    response.write(json)
    await restOf(request)
    response.end()
  }
}

let arriving: Promise<void> | undefined

/**
 * Waits until all is read that has arrived by now, which is no time where nothing else has. Answers
 * that go out together cost less, since who takes them is woken once (docs/performance.md); and a
 * request's body that came together with its head is complete by then.
 */
function arrivals(): Promise<void> {
  arriving ??= setImmediate().then(() => {
    arriving = undefined
  })
  return arriving
}

/** Whether the kernel has all of an answer that was ended, which is so at once of most. */
function isOut({ socket }: ServerResponse): boolean {
  return socket !== null && socket.writableLength === 0
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
  // all in one: Node keeps no list of headers then, and makes the head at once
  const own = Object.keys(headers).length > 0
  response.writeHead(status, own ? { ...others(headers, fixed), ...fixed } : fixed)
}

/** The headers that are not among the fixed ones, whose names have no case. */
function others(headers: Headers, fixed: Headers): Headers {
  const taken = new Set(Object.keys(fixed).map((name) => name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !taken.has(name.toLowerCase())),
  )
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
