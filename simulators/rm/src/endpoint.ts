import { pipeline } from 'node:stream/promises'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Answer, Body } from './answer.ts'
import type { Conditions, EndpointName } from './conditions.ts'
import { outlives, struck } from './strike.ts'

/**
 * Makes an endpoint's handlers: `before`, which may refuse a request, then `operation`, whose
 * answer is sent. On the way the conditions strike.
 */
export type Endpoint = (
  name: EndpointName,
  before: readonly RequestHandler[],
  operation: (request: Request) => Answer | Promise<Answer>,
) => RequestHandler[]

/** Makes the endpoints of an RM that works under these conditions. */
export function createEndpoints(conditions: Conditions): Endpoint {
  return (name, before, operation) => [
    async (_request, response, next) => {
      receive(name, response)
      const fault = conditions.take(name, 'request')
      if (!fault || (await outlives(fault, response, conditions))) next()
    },
    ...before,
    async (request, response) => {
      const answer = await operation(request)
      if (answer.status < 400) conditions.counts[name].done += 1
      await send(name, answer, response)
    },
  ]

  function receive(name: EndpointName, response: Response): void {
    const counts = conditions.counts[name]
    counts.received += 1
    counts.underWay += 1
    response.once('close', () => {
      counts.underWay -= 1
      if (response.writableFinished) counts.answered += 1
    })
  }

  async function send(name: EndpointName, answer: Answer, response: Response): Promise<void> {
    const { latencyMs } = conditions.settings
    if (latencyMs > 0) await setTimeout(latencyMs)
    if (response.destroyed) return
    const fault = conditions.take(name, 'answer')
    if (fault && !(await outlives(fault, response, conditions))) return

    const { status, headers, body } = answer
    response.writeHead(status, {
      ...headers,
      'Content-Type': body.type,
      'Content-Length': body.bytes,
    })
    try {
      await pipeline(pieces(name, body, response), response)
    } catch (error) {
      // the caller has left, or a fault has cut the connection
      if (!response.destroyed) throw error
    }
  }

  async function* pieces(
    name: EndpointName,
    body: Body,
    response: Response,
  ): AsyncGenerator<Uint8Array> {
    const counts = conditions.counts[name]
    const fault = conditions.take(name, 'body')
    for await (const piece of fault ? struck(body, fault, response, conditions) : body.pieces) {
      yield piece
      counts.bodyBytes += piece.length
      // while a connection takes all there is, this loop would never let another begin
      await setImmediate()
    }
  }
}
