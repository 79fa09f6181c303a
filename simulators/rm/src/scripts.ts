import { json, Router } from 'express'
import { z } from 'zod'
import { reply } from './answer.ts'
import { bearer } from './auth.ts'
import type { Endpoint } from './endpoint.ts'
import type { Orders } from './orders.ts'
import { candidateExists } from './stored-script.ts'
import type { Tokens } from './tokens.ts'

const clientReference = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/)

const directiveRequest = z.strictObject({
  businessStreamId: z.string().regex(/^[0-9]{2}$/),
  sessionId: z.int().min(0).max(2_147_483_647),
  centreId: z.string().regex(/^[A-Z0-9]{1,5}$/),
  candidateNumber: z.string().regex(/^[0-9]{4}$/),
  assessmentCode: z.string().regex(/^[A-Z0-9]{3,10}$/),
  componentId: z.string().regex(/^[A-Z0-9]{1,3}$/),
  serviceType: z.enum(['ATS', 'ATSR']),
})

const orderRequest = z.strictObject({
  clientReference,
  customerDirectives: z.array(directiveRequest).min(1).max(100),
})

/**
 * The RM Scripts API: POST /scripts makes an order, each time a new one, and GET /scripts finds
 * all orders of a client's reference. An order with a candidate that does not exist is refused as
 * a whole; `unknown` has the places in it, from 0.
 */
export function scriptsApi(orders: Orders, tokens: Tokens, endpoint: Endpoint): Router {
  const api = Router()

  api.post(
    '/scripts',
    endpoint('POST /scripts', [bearer(tokens), json({ limit: '100kb' })], (request) => {
      const order = orderRequest.safeParse(request.body)
      if (!order.success) return reply(400, { error: 'invalid_request' })
      const { clientReference, customerDirectives } = order.data
      const unknown = customerDirectives.flatMap((directive, index) =>
        candidateExists(directive) ? [] : [index],
      )
      if (unknown.length > 0) return reply(422, { error: 'unknown_candidate', unknown })
      return reply(201, orders.make(clientReference, customerDirectives))
    }),
  )

  api.get(
    '/scripts',
    endpoint('GET /scripts', [bearer(tokens)], ({ query }) => {
      const asked = clientReference.safeParse(query.clientReference)
      if (!asked.success) return reply(400, { error: 'invalid_request' })
      return reply(200, { orders: orders.withReference(asked.data) })
    }),
  )

  return api
}
