import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Logger } from 'pino'
import { authApi } from './auth.ts'
import type { Config } from './config.ts'
import { requestLog } from './request-log.ts'
import { createTokens } from './tokens.ts'

/**
 * A stand-in for the marking system, as far as our services call it. The real RM is described in
 * no seed: what stands here is what we decided (docs: domain, "The RM API").
 */
export function createRmSimulator(
  { client, tokenSeconds }: Pick<Config, 'client' | 'tokenSeconds'>,
  log: Logger,
): Express {
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(requestLog(log))
  app.use(authApi(client, createTokens(tokenSeconds)))
  app.use((_request, response) => {
    response.status(404).json({ error: 'not_found' })
  })
  app.use(answerError(log))
  return app
}

function answerError(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    // what Express and its body parser refuse carries a 4xx
    const refused = error?.status >= 400 && error?.status < 500
    if (!refused) log.error({ err: error }, 'request failed')
    response
      .status(refused ? error.status : 500)
      .json({ error: refused ? 'invalid_request' : 'server_error' })
  }
}
