import { type Contract, type OperationRequest, type Operations, reply } from '@ca/contracts'
import { DependencyFailure, fault, isFaultBody } from '@ca/faults'
import { currentTransaction, type Telemetry } from '@ca/telemetry'
import { readJson, type UpstreamAnswer } from './answer.ts'
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
    headers: () => ({
      client_id: clientId,
      client_secret: clientSecret,
      ...deadlineHeader(),
    }),
    refusal: (answer) => faultOf(contract.name, answer),
  })

  const operations = Object.fromEntries(
    operationsOf(contract.document).map(({ operationId, method, template }) => [
      operationId,
      async ({ params, query, body }: OperationRequest<unknown>) =>
        upstream.call(
          { operation: operationId, method, path: pathOf(template, params, query), json: body },
          answerOf,
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

type OperationPlace = { operationId: string; method: 'GET' | 'POST'; template: string }

function operationsOf(document: Contract['document']): OperationPlace[] {
  const paths = document.paths as Record<string, Record<string, { operationId: string }>>
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method === 'get' || method === 'post')
      .map(([method, { operationId }]) => ({
        operationId,
        method: method === 'get' ? ('GET' as const) : ('POST' as const),
        template,
      })),
  )
}

function pathOf(template: string, params: object, query: object): string {
  const values = params as Record<string, string | number>
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeSegment(String(values[name])),
  )
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  )
  return search.size > 0 ? `${path}?${search}` : path
}

/** An encoded slash arrives decoded and goes out encoded again; a dot segment would move the path. */
function encodeSegment(value: string): string {
  if (value === '.' || value === '..') throw fault('70404')
  return encodeURIComponent(value)
}

async function answerOf(answer: UpstreamAnswer) {
  const body = await readJson(answer)
  return answer.status === 200 ? body : reply(answer.status, body)
}

function deadlineHeader(): Record<string, string> {
  const leftMs = currentTransaction()?.timeLeftMs() ?? Number.POSITIVE_INFINITY
  return Number.isFinite(leftMs) ? { 'X-Deadline-Ms': String(Math.floor(leftMs)) } : {}
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
  const tells = fault(body.errorCode, {
    details: body.details,
    headers: retryAfter ? { 'Retry-After': retryAfter } : {},
  })
  return new DependencyFailure(name, 'refused', what, { status, tells })
}
