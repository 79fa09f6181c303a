import { DependencyFailure } from '@ca/faults'
import {
  createTelemetry,
  inTransaction,
  openTransaction,
  type Telemetry,
  type Transaction,
} from '@ca/telemetry'
import { jest } from '@jest/globals'
import { createUpstream, readJson, type Upstream } from '../src/index.ts'
import { openWire, type Wire } from './wire.ts'

type Options = Partial<Parameters<typeof createUpstream>[0]>
type Request = Partial<Parameters<Upstream['call']>[0]>

const opened: { close(): unknown }[] = []

/** Closes what the test has opened, and what it said to {@link closeLater}; for `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((each) => each.close()))
}

export function closeLater(each: { close(): unknown }): void {
  opened.push(each)
}

export function silentTelemetry(): Telemetry {
  return createTelemetry('test-service', { level: 'silent' })
}

/** A wire that lives as long as the test. */
export async function wireFor(...ends: Parameters<typeof openWire>): Promise<Wire> {
  const wire = await openWire(...ends)
  opened.push(wire)
  return wire
}

let sender: Options['sender']

/** What upstreams send by from here on. */
export function sendBy(other: Options['sender']): void {
  sender = other
}

/** An upstream that lives as long as the test. */
export function upstreamTo(url: string, options: Options = {}) {
  const upstream = createUpstream({
    name: 'rm',
    url,
    telemetry: silentTelemetry(),
    sender,
    ...options,
  })
  opened.push(upstream)
  return {
    ...upstream,

    /** Calls it inside a transaction, and tells how that ended: it never rejects. */
    async ask(request: Request = {}, { within, read = readJson }: Asking = {}) {
      const transaction = within ?? openTransaction('test-transaction')
      const whole = { operation: 'test', method: 'GET' as const, path: '/', ...request }
      const ended = await inTransaction(transaction, () => upstream.call(whole, read)).then(
        (body) => ({ body, failure: undefined }),
        (failure: unknown) => ({ body: undefined, failure }),
      )
      // by then its connection waits for the next request
      await new Promise(setImmediate)
      return { ...ended, attempts: attemptsOf(transaction) }
    },
  }
}

type Asking = { within?: Transaction; read?: typeof readJson }

/** A transaction that has so many milliseconds, and ends with the test. */
export function due(milliseconds: number): Transaction {
  const transaction = openTransaction('test-transaction')
  transaction.isDueWithin(milliseconds)
  opened.push({ close: () => transaction.end() })
  return transaction
}

/** What the caller of a service would be told of this failure. */
export function told(failure: unknown): string | undefined {
  return failure instanceof DependencyFailure ? failure.asFault().code : undefined
}

function attemptsOf({ calls }: Transaction): number {
  return calls.reduce((sum, { attempts }) => sum + attempts, 0)
}

/** Stops the clock. The wire is real, and what happens on it comes by what is left running. */
export function fakeTimers(now?: Date): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'hrtime'], ...(now && { now }) })
}
