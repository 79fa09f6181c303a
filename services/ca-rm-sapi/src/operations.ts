import { type ContractOperationsOf, type Operations, reply } from '@ca/contracts'
import type { Orders } from './orders.ts'
import type { Scripts } from './scripts.ts'

export function createOperations(
  orders: Orders,
  scripts: Scripts,
): Operations<ContractOperationsOf<'ca-rm-sapi'>> {
  return {
    async createCustomerDirectives({ body }) {
      const { placed, isReplay } = await orders.place(body)
      return reply(201, placed, isReplay ? { 'Idempotent-Replay': 'true' } : {})
    },

    async getScriptPdf({ params }) {
      const { body, length } = await scripts.fetch(params.docStorePageId)
      return reply(200, body, {
        'Content-Type': 'application/pdf',
        ...(length && { 'Content-Length': length }),
      })
    },
  }
}
