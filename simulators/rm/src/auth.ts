import { createHash, timingSafeEqual } from 'node:crypto'
import { Router, urlencoded } from 'express'
import { z } from 'zod'
import type { Config } from './config.ts'
import type { Tokens } from './tokens.ts'

const tokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
})

/**
 * The RM AUTH API: POST /auth/token gives a token for client credentials, as RFC 6749 has it in
 * §4.4 and §5, but for the credentials, which stand in the form.
 */
export function authApi(client: Config['client'], tokens: Tokens): Router {
  const api = Router()

  api.post('/auth/token', urlencoded({ extended: false, limit: '10kb' }), (request, response) => {
    response.set('Cache-Control', 'no-store')
    const form = tokenRequest.safeParse(request.body)
    if (!form.success) {
      response.status(400).json({ error: 'invalid_request' })
    } else if (form.data.grant_type !== 'client_credentials') {
      response.status(400).json({ error: 'unsupported_grant_type' })
    } else if (!isClient(client, form.data.client_id, form.data.client_secret)) {
      response.status(401).json({ error: 'invalid_client' })
    } else {
      response.json({
        access_token: tokens.issue(),
        token_type: 'Bearer',
        expires_in: tokens.lifetimeSeconds,
      })
    }
  })

  return api
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
