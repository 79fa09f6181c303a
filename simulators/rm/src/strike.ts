import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Body } from './answer.ts'
import type { Conditions, Fault } from './conditions.ts'

/** Lets a fault strike a request, and says whether the request goes on after it. */
export async function outlives(
  fault: Fault,
  response: ServerResponse,
  conditions: Conditions,
): Promise<boolean> {
  switch (fault.fault) {
    case 'trickle':
      return true
    case 'hang':
      await conditions.hang(response)
      return !response.destroyed
    case 'status':
      answerWith(fault, response)
      return false
    default:
      await cut(response, fault.fault)
      return false
  }
}

/** The pieces of a body that a fault strikes; they end where the request does not go on. */
export async function* struck(
  body: Body,
  fault: Fault,
  response: ServerResponse,
  conditions: Conditions,
): AsyncGenerator<Uint8Array> {
  if (fault.fault === 'trickle') {
    yield* trickling(body, fault)
    return
  }
  const half = Math.floor(body.bytes / 2)
  const afterBytes = 'afterBytes' in fault ? fault.afterBytes : undefined
  // at the latest before the last byte: what is cut is never whole
  const at = Math.min(afterBytes ?? half, body.bytes - 1)
  let sent = 0
  for (const piece of body.pieces) {
    const strikesHere = sent <= at && at < sent + piece.length
    if (strikesHere) {
      yield piece.subarray(0, at - sent)
      if (!(await outlives(fault, response, conditions))) return
    }
    yield strikesHere ? piece.subarray(at - sent) : piece
    sent += piece.length
  }
}

async function* trickling(
  { pieces }: Body,
  { pieceBytes, everyMs }: { pieceBytes: number; everyMs: number },
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; from += pieceBytes) {
      yield piece.subarray(from, from + pieceBytes)
      await setTimeout(everyMs)
    }
  }
}

function answerWith(
  { status, retryAfterSeconds }: { status: number; retryAfterSeconds?: number },
  response: ServerResponse,
): void {
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds)
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify({ error: 'simulated' }))
}

/** Ends a connection after what was written to it: properly, or by a reset. */
async function cut(response: ServerResponse, how: 'close' | 'reset'): Promise<void> {
  if (!response.socket) return
  const closed = once(response, 'close')
  if (how === 'close') response.socket.destroySoon()
  else resetAfterWriting(response.socket)
  await closed
}

function resetAfterWriting(socket: Socket): void {
  socket.write('', () => socket.resetAndDestroy())
}
