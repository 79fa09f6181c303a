import { Reply, Verbatim } from '@ca/contracts'
import { DependencyFailure, Fault } from '@ca/faults'
import { inTransaction, openShared, type Telemetry, type Transaction } from '@ca/telemetry'
import { Counter } from '@prometheus-io/client'

/** Reads that are each made once, however many ask for the same while they are under way. */
export type SharedReads = {
  /**
   * Reads, or waits for the one that is under way.
   * @param key says what is read, and for callers with which entitlement
   * @param asker whose deadline holds for the waiting; it is told whom it followed
   * @param read makes the read, in a transaction that lasts as long as anybody waits for it
   * @throws what the read failed with
   */
  read(key: string, asker: Transaction, read: () => Promise<unknown>): Promise<unknown>
}

type Read = { transaction: Transaction; answer: Promise<unknown>; isFollowed: boolean }

/**
 * Makes reads once for all who ask for the same at the same time: on results day thousands want
 * one session within a second, and the database need not be asked by each of them. Nothing is kept:
 * who comes after the answer asks anew.
 */
export function shareReads({ metrics }: Telemetry): SharedReads {
  const underWay = new Map<string, Read>()
  const followed = new Counter({
    name: 'http_server_requests_followed_total',
    help: 'Requests answered with what was being read for another that asked for the same',
    labelNames: ['operation'],
    registers: [metrics],
  })

  function lead(key: string, asker: Transaction, read: () => Promise<unknown>): Promise<unknown> {
    const transaction = openShared(asker)
    const own: Read = { transaction, answer: inTransaction(transaction, read), isFollowed: false }
    const forget = () => {
      if (underWay.get(key) === own) underWay.delete(key)
    }
    underWay.set(key, own)
    // what nobody waits for any more may end unheard, and is nothing to follow
    transaction.onceOver(forget)
    own.answer = own.answer.then(
      (answer) => {
        forget()
        return own.isFollowed ? madeOnce(answer) : answer
      },
      (error) => {
        forget()
        throw error
      },
    )
    return own.answer
  }

  async function follow(
    found: Read,
    key: string,
    asker: Transaction,
    read: () => Promise<unknown>,
  ): Promise<unknown> {
    found.isFollowed = true
    found.transaction.lastsFor(asker)
    asker.followed = found.transaction.id
    followed.inc({ operation: asker.operationId ?? 'none' })
    try {
      return await found.answer
    } catch (error) {
      // what it called had the time of those who came first, and this one may have more
      if (!isTimeOut(error) || asker.timeLeftMs() === 0) throw error
      return leadOrFollow(key, asker, read)
    }
  }

  function leadOrFollow(
    key: string,
    asker: Transaction,
    read: () => Promise<unknown>,
  ): Promise<unknown> {
    const found = underWay.get(key)
    return found ? follow(found, key, asker, read) : lead(key, asker, read)
  }

  return { read: leadOrFollow }
}

/** Data as JSON, so that it is not made anew for each of many who are sent it. */
function madeOnce(answer: unknown): unknown {
  if (answer instanceof Reply || answer instanceof Verbatim) return answer
  return new Verbatim(answer, Buffer.from(JSON.stringify(answer)))
}

function isTimeOut(error: unknown): boolean {
  if (error instanceof DependencyFailure) return error.asFault().code === '70504'
  return error instanceof Fault && error.code === '70504'
}
