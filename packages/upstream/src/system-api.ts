import { type Contract, type OperationRequest, type Operations, reply } from '@ca/contracts'
import { DependencyFailure, fault, isFaultBody } from '@ca/faults'
import { currentTransaction, type Telemetry } from '@ca/telemetry'
import { readJson, readVerbatim, type UpstreamAnswer } from './answer.ts'
import { createLayerSender } from './layer-sender.ts'
import { createUpstream } from './upstream.ts'

/** A system API as the layer above sees it: its operations, to be called like its own. */
export type SystemApi<Ops> = {
  readonly name: string
  readonly operations: Operations<Ops>
  check(): Promise<void>
  close(): void
}

type SystemApiOptions<Ops> = {
  contract: Contract<Ops>
  /** Where it is: `http://127.0.0.1:8082`. */
  url: string
  /** The caller's own credentials there; its consumers' are not handed on. */
  clientId: string
  clientSecret: string
  telemetry: Telemetry
}

/**
 * Makes a system API callable from its contract alone: paths, parameters and bodies go out as the
 * contract has them. Every call carries the transaction and the time that it has left.
 *
 * A fault that it answers comes through as it is. The exception is a complaint about the
 * credentials of *this* hop: our consumer can mend nothing about those and must not be told that
 * its own are wrong.
 */
export function createSystemApi<Ops>({
  contract,
  url,
  clientId,
  clientSecret,
  telemetry,
}: SystemApiOptions<Ops>): SystemApi<Ops> {
  const upstream = createUpstream({
    name: contract.name,
    url,
    telemetry,
    sender: createLayerSender,
    headers: () => withTransaction({ client_id: clientId, client_secret: clientSecret }),
    refusal: (answer) => faultOf(contract.name, answer),
  })

  const operations = Object.fromEntries(
    operationsOf(contract.document).map((place) => [
      place.operationId,
      ({ params, query, body }: OperationRequest<unknown>) =>
        upstream.call(
          {
            operation: place.operationId,
            method: place.method,
            path: place.path(params as Values) + searchOf(query as Values),
            headers: { Accept: place.accept },
            json: body,
            isStreamed: place.isStreamed,
          },
          (answer) => answerOf(answer, place),
        ),
    ]),
  )

  return {
    name: contract.name,
    operations: operations as Operations<Ops>,
    check: () => upstream.check(),
    close: () => upstream.close(),
  }
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>

type OperationPlace = {
  operationId: string
  method: 'GET' | 'POST'
  path: (params: Values) => string
  /** The media types of its good answers. */
  types: string[]
  /** Whether they are handed on as they come, not read. */
  isStreamed: boolean
  /** The same, as a call asks for them. */
  accept: string
  /** The headers of its good answers that are the operation's own. */
  passes: string[]
}

type Described = {
  operationId: string
  responses: Record<string, { $ref?: string }>
}

type Response = { headers?: object; content?: object }

function operationsOf(document: Contract['document']): OperationPlace[] {
  const paths = document.paths as Record<string, Record<string, Described>>
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method === 'get' || method === 'post')
      .map(([method, { operationId, responses }]) => {
        const good = Object.entries(responses)
          .filter(([status]) => status.startsWith('2'))
          .map(([, response]) => resolve(document, response))
        const types = good.flatMap(({ content }) => Object.keys(content ?? {}))
        return {
          operationId,
          method: method === 'get' ? ('GET' as const) : ('POST' as const),
          path: pathOf(template),
          types,
          isStreamed: !types.includes('application/json'),
          accept: types.join(', '),
          passes: good
            .flatMap(({ headers }) => Object.keys(headers ?? {}))
            .filter((name) => name !== 'X-TRANSACTION-ID'),
        }
      }),
  )
}

/** Follows a reference inside the contract: `#/components/responses/ScriptPdf`. */
function resolve(document: Contract['document'], { $ref, ...inline }: { $ref?: string }): Response {
  if (!$ref) return inline
  return $ref
    .split('/')
    .slice(1)
    .reduce<Record<string, never>>((at, name) => at[name] ?? {}, document as never)
}

/** Takes a template such as `/sessions/{sessionId}` apart, once, and puts paths together by it. */
function pathOf(template: string): (params: Values) => string {
  // what stands at the odd places was in braces
  const [start = '', ...parts] = template.split(/\{(\w+)\}/)
  return (params) => {
    let path = start
    for (let at = 0; at < parts.length; at += 2) {
      path += encodeSegment(String(params[parts[at] ?? ''])) + parts[at + 1]
    }
    return path
  }
}

function searchOf(query: Values): string {
  let search = ''
  for (const name in query) {
    const value = query[name]
    if (value === undefined) continue
    search += `${search === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  }
  return search
}

/** An encoded slash arrives decoded and goes out encoded again; a dot segment would move the path. */
function encodeSegment(value: string): string {
  if (value === '.' || value === '..') throw fault('70404')
  return encodeURIComponent(value)
}

/** JSON is read whole; what else the operation answers with goes through as it comes. */
function answerOf(answer: UpstreamAnswer, place: OperationPlace): Promise<unknown> {
  if (place.isStreamed) return streamOf(answer, place)
  const body = readVerbatim(answer)
  if (answer.status === 200) return body
  return body.then((body) => reply(answer.status, body, headersOf(answer, place.passes)))
}

async function streamOf(answer: UpstreamAnswer, { types, passes }: OperationPlace) {
  const type = answer.headers['content-type'] ?? 'nothing'
  if (!types.includes(type)) throw new Error('the answer is of another media type')
  return reply(answer.status, answer.body.stream(), {
    'Content-Type': type,
    ...headersOf(answer, passes),
  })
}

/** Those of an answer's headers that are named. */
function headersOf({ headers }: UpstreamAnswer, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name.toLowerCase()]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Adds whom the call is for, and how long it may take. */
function withTransaction(headers: Record<string, string>): Record<string, string> {
  const transaction = currentTransaction()
  if (!transaction) return headers
  const { consumerId } = transaction
  const leftMs = transaction.timeLeftMs()
  if (consumerId) headers['X-Consumer-Id'] = consumerId
  if (Number.isFinite(leftMs)) headers['X-Deadline-Ms'] = String(Math.floor(leftMs))
  return headers
}

async function faultOf(
  name: string,
  answer: UpstreamAnswer,
): Promise<DependencyFailure | undefined> {
  const body = await readJson(answer)
  if (!isFaultBody(body)) return undefined
  const { status, headers } = answer
  const what = `answered ${status} ${body.errorCode}`
  if (status === 401 || status === 403) {
    return new DependencyFailure(name, 'failed', `${what} to our own credentials`, { status })
  }
  const retryAfter = headers['retry-after']
  const { status: told } = fault(body.errorCode)
  const tells = fault(body.errorCode, {
    // what a caller could mend is never in a fault of the inside
    ...(told < 500 && { details: body.details }),
    headers: retryAfter ? { 'Retry-After': retryAfter } : {},
  })
  return new DependencyFailure(name, 'refused', what, { status, tells })
}
