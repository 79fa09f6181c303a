import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

const transactionIdForm = /^[A-Za-z0-9._:-]{5,128}$/

/**
 * Writes one line a request: its path as the route has it and its transaction's id where they are
 * in form, and never what the request or its answer says.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    const transactionId = request.get('X-TRANSACTION-ID')
    response.once('close', () => {
      const { method } = request
      const path = request.route?.path ?? 'unknown'
      const status = response.statusCode
      // the caller left, or a fault that was asked for cut the answer off
      const unfinished = !response.writableFinished
      log.info(
        {
          method,
          path,
          status,
          ...(unfinished && { unfinished }),
          durationMs: Math.round(performance.now() - startedAt),
          ...(transactionId && transactionIdForm.test(transactionId) && { transactionId }),
        },
        `${method} ${path} ${status}${unfinished ? ', unfinished' : ''}`,
      )
    })
    next()
  }
}
