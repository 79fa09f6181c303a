import { Reply, Verbatim } from '@ca/contracts'
import { DependencyFailure, Fault } from '@ca/faults'
import type { Telemetry, Transaction } from '@ca/telemetry'
import { Counter } from '@prometheus-io/client'

/** Reads that are each made once, however many ask for the same while they are under way. */
export type SharedReads = {
  /**
   * Reads, or waits for the one that is under way.
   * @param key says what is read, and for callers with which entitlement
   * @param asker whose deadline holds for the waiting; it is told whom it followed
   * @param read makes the read, in the asker's transaction, which then lasts as long as anybody waits
   * @throws what the read failed with
   */
  read(key: string, asker: Transaction, read: () => unknown): Promise<unknown>
}

type Read = {
  /** Of the one that asked first; it lasts as long as anybody waits. */
  readonly transaction: Transaction
  isFollowed: boolean
  answer: Promise<unknown> | undefined
}

/**
 * After so many reads their Map is made anew. When V8's Map makes room, its old table points at the
 * new one. Once an old table has come through a full collection, it keeps all later ones, and all
 * reads in them, until the next: kilobytes for every request (docs/decisions/0027).
 */
const renewedAfter = 256

/**
 * Makes reads once for all who ask for the same at the same time: on results day thousands want
 * one session within a second, and the database need not be asked by each of them. Nothing is kept:
 * who comes after the answer asks anew.
 */
export function shareReads({ metrics }: Telemetry): SharedReads {
  let underWay = new Map<string, Read>()
  let removed = 0
  const followed = new Counter({
    name: 'http_server_requests_followed_total',
    help: 'Requests answered with what was being read for another that asked for the same',
    labelNames: ['operation'],
    registers: [metrics],
  })

  async function lead(own: Read, key: string, read: () => unknown): Promise<unknown> {
    try {
      const answer = await read()
      return own.isFollowed ? madeOnce(answer) : answer
    } finally {
      if (underWay.get(key) === own) remove(key)
    }
  }

  function remove(key: string): void {
    underWay.delete(key)
    removed += 1
    if (removed < renewedAfter) return
    removed = 0
    underWay = new Map(underWay)
  }

  async function follow(
    found: Read,
    key: string,
    asker: Transaction,
    read: () => unknown,
  ): Promise<unknown> {
    found.isFollowed = true
    found.transaction.isFollowedBy(asker)
    followed.inc({ operation: asker.operationId ?? 'none' })
    try {
      return await found.answer
    } catch (error) {
      // what it called had the time of those who came first, and this one may have more
      if (!isTimeOut(error) || asker.timeLeftMs() === 0) throw error
      return leadOrFollow(key, asker, read)
    }
  }

  function leadOrFollow(key: string, asker: Transaction, read: () => unknown): Promise<unknown> {
    const found = underWay.get(key)
    // one that all have left is being ended
    if (found && !found.transaction.endedBy) return follow(found, key, asker, read)
    const own: Read = { transaction: asker, isFollowed: false, answer: undefined }
    underWay.set(key, own)
    const answer = lead(own, key, read)
    own.answer = answer
    return answer
  }

  return { read: leadOrFollow }
}

/** Data as JSON, so that it is not made anew for each of many who are sent it. */
function madeOnce(answer: unknown): unknown {
  if (answer instanceof Reply || answer instanceof Verbatim) return answer
  return new Verbatim(Buffer.from(JSON.stringify(answer)))
}

function isTimeOut(error: unknown): boolean {
  if (error instanceof DependencyFailure) return error.asFault().code === '70504'
  return error instanceof Fault && error.code === '70504'
}
