import { createHash, timingSafeEqual } from 'node:crypto'
import { type RequestHandler, Router, urlencoded } from 'express'
import { z } from 'zod'
import { reply } from './answer.ts'
import type { Config } from './config.ts'
import type { Endpoint } from './endpoint.ts'
import type { Tokens } from './tokens.ts'

const tokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
})

const noStore = { 'Cache-Control': 'no-store' }

/**
 * The RM AUTH API: POST /auth/token gives a token for client credentials, as RFC 6749 has it in
 * §4.4 and §5, but for the credentials, which stand in the form.
 */
export function authApi(client: Config['client'], tokens: Tokens, endpoint: Endpoint): Router {
  const api = Router()
  const readForm = urlencoded({ extended: false, limit: '10kb' })

  api.post(
    '/auth/token',
    endpoint('POST /auth/token', [readForm], (request) => {
      const form = tokenRequest.safeParse(request.body)
      if (!form.success) return reply(400, { error: 'invalid_request' }, noStore)
      const { grant_type, client_id, client_secret } = form.data
      if (grant_type !== 'client_credentials') {
        return reply(400, { error: 'unsupported_grant_type' }, noStore)
      }
      if (!isClient(client, client_id, client_secret)) {
        return reply(401, { error: 'invalid_client' }, noStore)
      }
      const { lifetimeSeconds } = tokens
      return reply(
        200,
        { access_token: tokens.issue(), token_type: 'Bearer', expires_in: lifetimeSeconds },
        noStore,
      )
    }),
  )

  return api
}

/** Refuses, with 401, whoever has no token that is valid now. */
export function bearer(tokens: Tokens): RequestHandler {
  return (request, response, next) => {
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? []
    if (tokens.isValid(token)) return next()
    response
      .status(401)
      .set('WWW-Authenticate', 'Bearer error="invalid_token"')
      .json({ error: 'invalid_token' })
  }
}

function isClient(client: Config['client'], id: string, secret: string): boolean {
  // both are compared whatever the first comparison gives: the time taken tells nothing
  const [idIsRight, secretIsRight] = [isSame(id, client.id), isSame(secret, client.secret)]
  return idIsRight && secretIsRight
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
