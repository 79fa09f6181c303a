import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Logger } from 'pino'
import { authApi } from './auth.ts'
import { createConditions } from './conditions.ts'
import type { Config } from './config.ts'
import { controlApi } from './control.ts'
import { createEndpoints } from './endpoint.ts'
import type { Orders } from './orders.ts'
import { requestLog } from './request-log.ts'
import { scriptPdfApi } from './script-pdf.ts'
import { scriptsApi } from './scripts.ts'
import type { Tokens } from './tokens.ts'

/** What an RM knows: its one client, the tokens that it gave out, and the orders that it took. */
type Records = {
  readonly client: Config['client']
  readonly tokens: Tokens
  readonly orders: Orders
}

/**
 * A stand-in for the marking system, as far as our services call it. No seed describes
 * the real RM: paths and shapes are this project's decision.
 */
export function createRmSimulator({ client, tokens, orders }: Records, log: Logger): Express {
  const app = express()
  const conditions = createConditions()
  const endpoint = createEndpoints(conditions)
  app.disable('x-powered-by').disable('etag')
  app.use(requestLog(log))
  app.use(authApi(client, tokens, endpoint))
  app.use(scriptsApi(orders, tokens, endpoint))
  app.use(scriptPdfApi(orders, tokens, endpoint, conditions))
  app.use(controlApi(conditions))
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
