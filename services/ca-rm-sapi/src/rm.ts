import type { ContractOperationsOf, OperationRequest } from '@ca/contracts'
import { DependencyFailure } from '@ca/faults'
import { currentTransaction } from '@ca/telemetry'
import { readJson, type TokenSource, type Upstream, type UpstreamAnswer } from '@ca/upstream'
import { z } from 'zod'

type Directives = OperationRequest<
  ContractOperationsOf<'ca-rm-sapi'>['createCustomerDirectives']
>['body']

const placedSchema = z.object({
  customerDirectives: z
    .array(
      z.object({
        directiveId: z.string(),
        status: z.enum(['ACCEPTED', 'AVAILABLE']),
        docStorePageIds: z.array(z.string()),
        businessStreamId: z.string(),
        sessionId: z.number(),
        centreId: z.string(),
        candidateNumber: z.string(),
        assessmentCode: z.string(),
        componentId: z.string(),
        serviceType: z.enum(['ATS', 'ATSR']),
      }),
    )
    .min(1),
})
const foundSchema = z.object({ orders: z.array(placedSchema) })

/** What RM says of an order that it has taken. */
export type PlacedOrder = z.infer<typeof placedSchema>

/** RM was asked for an order and has not answered in time: it may still be at work on it. */
export class UnansweredOrder extends DependencyFailure {}

/**
 * RM's Scripts API. Every call has a token, fetched from RM's AUTH API.
 * @param upstream the RM API
 */
export function createRm(upstream: Upstream, tokens: TokenSource) {
  return {
    /**
     * Orders scripts. RM takes every order for a new one, so this is never done twice.
     * @param clientReference by which the order can be found again
     * @throws {UnansweredOrder} when RM has it and does not answer
     */
    order: (clientReference: string, order: Directives): Promise<PlacedOrder> =>
      tokens.withToken(async (token) => {
        // where there is no time left once there is a token, RM is not asked at all
        const isAsked = (currentTransaction()?.timeLeftMs() ?? 1) > 0
        try {
          return await upstream.call(
            {
              operation: 'orderScripts',
              method: 'POST',
              path: '/scripts',
              headers: bearer(token),
              json: { clientReference, ...order },
            },
            async (answer) => placedSchema.parse(await readJson(answer)),
          )
        } catch (error) {
          const isLate = error instanceof DependencyFailure && error.way === 'timed out'
          throw isAsked && isLate ? unanswered(error) : error
        }
      }),

    /** The order of this reference, if RM has taken one. */
    find: (clientReference: string): Promise<PlacedOrder | undefined> =>
      tokens.withToken((token) =>
        upstream.call(
          {
            operation: 'findOrder',
            method: 'GET',
            path: `/scripts?${new URLSearchParams({ clientReference })}`,
            headers: bearer(token),
          },
          async (answer) => foundSchema.parse(await readJson(answer)).orders[0],
        ),
      ),

    /** A stored script, whose body has not been read yet. */
    script: (docStorePageId: string): Promise<UpstreamAnswer> =>
      tokens.withToken((token) =>
        upstream.call(
          {
            operation: 'fetchScript',
            method: 'GET',
            path: `/scripts/pdf/${encodeURIComponent(docStorePageId)}`,
            headers: { ...bearer(token), Accept: 'application/pdf' },
          },
          async (answer) => {
            const { status, headers } = answer
            if (status === 200 && headers['content-type'] === 'application/pdf') return answer
            throw new Error('the answer is no script')
          },
        ),
      ),
  }
}

export type Rm = ReturnType<typeof createRm>

function unanswered(cause: DependencyFailure): UnansweredOrder {
  return new UnansweredOrder(cause.dependency, cause.way, 'the order was not answered', { cause })
}

function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` }
}
