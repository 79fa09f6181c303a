import { createHash } from 'node:crypto'
import type { ContractOperationsOf, OperationRequest } from '@ca/contracts'
import { DependencyFailure, fault } from '@ca/faults'
import { currentTransaction, inOwnTime } from '@ca/telemetry'
import type { OrderRecord } from './order-record.ts'
import { type PlacedOrder, type Rm, UnansweredOrder } from './rm.ts'

type Order = OperationRequest<
  ContractOperationsOf<'ca-rm-sapi'>['createCustomerDirectives']
>['body']

/** An order that was placed, now or before. */
type Outcome = { placed: PlacedOrder; isReplay: boolean }

/**
 * How long RM may still be at work on an order that it has not answered in time, in milliseconds.
 * Ordered again meanwhile, it could be there twice.
 */
const unsettledForMs = 30_000

/**
 * Orders, neither doubled nor lost. An order is known by its consumer, its transaction and its
 * body, and is recorded as pending before RM is asked. While it is pending, which it stays after a
 * crash or a time-out, RM is asked whether it has it before it is asked for it again.
 * @param withinMs the time to place an order, in milliseconds
 */
export function createOrders(record: OrderRecord<PlacedOrder>, rm: Rm, withinMs: number) {
  const underWay = new Map<string, Promise<Outcome>>()

  return {
    /**
     * Places an order, once, however often and at what moment it is repeated.
     * @throws {Fault} 70404 where RM does not know a candidate; nothing was ordered then
     */
    async place(order: Order): Promise<Outcome> {
      const reference = referenceOf(order)
      const first = underWay.get(reference)
      if (first) return { ...(await first), isReplay: true }
      // in a time of its own: an order that is begun is ended, whether its caller waits or not
      const placing = inOwnTime(withinMs, () => settle(reference, order)).finally(() =>
        underWay.delete(reference),
      )
      underWay.set(reference, placing)
      return placing
    },
  }

  async function settle(reference: string, order: Order): Promise<Outcome> {
    const known = record.find(reference)
    if (known?.placed) return { placed: known.placed, isReplay: true }

    const found = known && (await rm.find(known.clientReference))
    const { clientReference, unsettledUntil } = known ?? record.begin(reference)
    const waitMs = unsettledUntil - Date.now()
    if (!found && waitMs > 0) {
      throw fault('70504', { headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } })
    }
    const placed = found ?? (await ask(reference, clientReference, order))
    record.complete(reference, placed)
    return { placed, isReplay: found !== undefined }
  }

  async function ask(
    reference: string,
    clientReference: string,
    order: Order,
  ): Promise<PlacedOrder> {
    try {
      return await rm.order(clientReference, order)
    } catch (error) {
      if (error instanceof UnansweredOrder) record.unsettle(reference, unsettledForMs)
      if (!(error instanceof DependencyFailure) || error.status !== 422) throw error
      record.forget(reference)
      throw fault('70404', { cause: error })
    }
  }
}

export type Orders = ReturnType<typeof createOrders>

function referenceOf(order: Order): string {
  const { consumerId, id } = currentTransaction() ?? {}
  return createHash('sha256')
    .update(JSON.stringify([consumerId, id, canonical(order)]))
    .digest('hex')
}

/** The same data in the same form: how an object's members are ordered says nothing. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)])
}
