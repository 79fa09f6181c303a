import type { ServerResponse } from 'node:http'
import { type Fault, fault } from '@ca/faults'
import { outsideTransactions, type Telemetry } from '@ca/telemetry'
import { Counter, Gauge } from '@prometheus-io/client'

/** How much is asked of a service, and whether it can do one more. */
export type Load = {
  /**
   * Waits for a request's turn, which is at once while there is time. From then until its answer
   * is closed it counts as under way.
   * @throws {Fault} 70503 with `Retry-After`, when more is asked than can be done
   */
  turn(response: ServerResponse): Promise<void> | undefined
}

type Waiting = {
  since: number
  response: ServerResponse
  begun(): void
  turnedAway(refusal: Fault): void
}

/** So long requests are begun in a turn of the event loop, in milliseconds; then others come first. */
const sliceMs = 2
/** A burst is worked off in less; only a line that lasts longer is more than can be done. */
const lastingMs = 1000
/** Who has waited longer than this in a line that lasts is turned away. */
const patienceMs = 500
/** The time for turning away is to the time for work as 1 to this. */
const workShare = 2
/** How far it may lag behind, in milliseconds of work. */
const mostOwedMs = 200

/**
 * Lets requests wait in line for their turn, so that a turn of the event loop stays short however
 * many come at once, and a probe of our health, a new connection or an answer from elsewhere is
 * not kept waiting behind all of them.
 *
 * The line says by itself when more is asked than can be done: it has not been empty for a second,
 * and who stands at its head has waited for half of one. Those are turned away, in a third of the
 * time; in the rest those that have waited less are begun. So work goes on even where all the time
 * would not do for turning away. Requests beyond `atOnce` are turned away whatever the reason for
 * their number.
 *
 * @param atOnce the most requests that may be under way at once
 */
export function watchLoad(atOnce: number, { log, metrics }: Telemetry): Load {
  new Gauge({
    name: 'http_server_requests_in_progress',
    help: 'Requests that are begun and whose answers are not out yet',
    registers: [metrics],
    collect() {
      this.set(underWay)
    },
  })
  const turnedAway = new Counter({
    name: 'http_server_requests_shed_total',
    help: 'Requests answered with 503 because more was asked than could be done',
    labelNames: ['reason'],
    registers: [metrics],
  })
  const line: Waiting[] = []
  /** Those of the line that are to be turned away. */
  const late: Waiting[] = []
  let lineSince = 0
  let isShedding = false
  let underWay = 0
  let owedMs = 0
  let isWorking = false
  let sliceEndsAt: number | undefined

  /** Counts a request that is turned away, and says what it is told. */
  function refusal(reason: string): Fault {
    turnedAway.inc({ reason })
    const cause = new Error(`shed: ${reason}`)
    return fault('70503', { headers: { 'Retry-After': '1' }, cause })
  }

  /** @throws {Fault} when too many are under way */
  function begin(response: ServerResponse): void {
    if (underWay >= atOnce) throw refusal('too many at once')
    if (response.closed) return
    underWay += 1
    response.on('close', isOver)
  }

  function isOver(): void {
    underWay -= 1
  }

  function beginWaiting({ response, begun, turnedAway }: Waiting): void {
    try {
      begin(response)
      begun()
    } catch (refusal) {
      turnedAway(refusal as Fault)
    }
  }

  /** Moves from the line who has waited too long in it. */
  function sortOut(now: number): void {
    if (now - lineSince < lastingMs) return
    for (let first = line[0]; first && now - first.since > patienceMs; first = line[0]) {
      late.push(first)
      line.shift()
    }
    if (late.length > 0 && !isShedding) {
      isShedding = true
      log.warn({ underWay, waiting: line.length }, 'more is asked than can be done')
    }
  }

  function endLine(): void {
    if (isShedding) log.info({ underWay }, 'no more is asked than can be done')
    isShedding = false
    owedMs = 0
  }

  /** Whether there is time in this turn of the event loop. */
  function hasTime(now: number): boolean {
    if (sliceEndsAt === undefined) {
      sliceEndsAt = now + sliceMs
      setImmediate(() => {
        sliceEndsAt = undefined
        // that of the request which happens to come first is not the line's
        void outsideTransactions(workOff)
      })
    }
    return now < sliceEndsAt
  }

  async function workOff(): Promise<void> {
    if (isWorking) return
    isWorking = true
    for (let from = performance.now(); line.length + late.length > 0 && hasTime(from); ) {
      sortOut(from)
      const first = owedMs >= 0 || line.length === 0 ? late.shift() : undefined
      if (first) first.turnedAway(refusal('waited too long'))
      else beginWaiting(line.shift() as Waiting)
      await allThatCanBeDoneNow()
      const now = performance.now()
      const spentMs = first ? workShare * (from - now) : now - from
      owedMs = late.length > 0 ? Math.min(mostOwedMs, owedMs + spentMs) : 0
      from = now
    }
    isWorking = false
    if (line.length + late.length === 0) endLine()
  }

  return {
    turn(response) {
      const now = performance.now()
      const isEmpty = line.length + late.length === 0
      if (isEmpty && hasTime(now)) {
        begin(response)
        return undefined
      }
      if (isEmpty) lineSince = now
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      line.push({ since: now, response, begun: resolve, turnedAway: reject })
      return promise
    },
  }
}

/** Node comes to its next tick when no promise has anything left to do. */
function allThatCanBeDoneNow(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}
