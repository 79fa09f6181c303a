import { type Fault, fault } from '@ca/faults'
import { decode, notDecoded } from './percent-encoding.ts'

/** Where an operation stands in its contract. */
type Place = { operationId: string; method: string; path: string }

type Segment = { literal: string } | { parameter: string }

/** What a request's method and path lead to. */
export type Route = { operationId: string; params: Record<string, string> }

/**
 * Finds the operation that a request asks for.
 *
 * The table is made once from the contract. openapi-backend's own router makes it anew for every
 * request, drops trailing slashes and leaves `%` sequences to others; here a path is what the
 * contract says, segment by segment, each decoded once.
 */
export class RouteTable {
  readonly #rows: { operationId: string; method: string; segments: Segment[] }[]
  readonly #prefixes: string[]

  /** @param basePath what stands before every path, '' or `/ca-results-qa1`; `/api` may follow it */
  constructor(places: Place[], basePath: string) {
    this.#rows = places
      .map(({ operationId, method, path }) => ({
        operationId,
        method: method.toUpperCase(),
        segments: path.split('/').slice(1).map(toSegment),
      }))
      .sort((a, b) => specificity(b.segments).localeCompare(specificity(a.segments)))
    this.#prefixes = [`${basePath}/api/`, `${basePath}/`]
  }

  /**
   * @param method as it was sent
   * @param target the request's target as it was sent, query included
   * @returns the route, or the fault that the request earns: the caller may have to be told first
   *   that it is not let in
   */
  find(method: string, target: string): Route | Fault {
    const path = pathOf(target)
    const prefix = this.#prefixes.find((prefix) => path.startsWith(prefix))
    if (prefix === undefined) return fault('70404')
    const segments = path.slice(prefix.length).split('/').map(decode)
    if (!segments.every((segment) => segment !== undefined)) {
      return fault('60002', { details: [{ in: 'path', name: 'path', issue: notDecoded }] })
    }

    const rows = this.#rows.filter((row) => fits(row.segments, segments))
    const row = rows.find((row) => row.method === method)
    if (row) return { operationId: row.operationId, params: paramsOf(row.segments, segments) }
    if (rows.length === 0) return fault('70404')
    const methods = new Set(rows.map((row) => row.method))
    return fault('60405', { headers: { Allow: [...methods].join(', ') } })
  }
}

/** The path of a request target, which is `/path?query` or, to a proxy's taste, `http://host/path?query`. */
function pathOf(target: string): string {
  const [path = ''] = target.split('?', 1)
  return path.startsWith('/') ? path : path.replace(/^[a-z]+:\/\/[^/]*/i, '')
}

function toSegment(text: string): Segment {
  const [, parameter] = /^\{(.+)\}$/.exec(text) ?? []
  return parameter === undefined ? { literal: text } : { parameter }
}

/** Sorts literal segments before parameters, from the left. */
function specificity(segments: Segment[]): string {
  return segments.map((segment) => ('literal' in segment ? '1' : '0')).join('')
}

function fits(segments: Segment[], given: string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every((segment, at) =>
      'literal' in segment ? segment.literal === given[at] : given[at] !== '',
    )
  )
}

function paramsOf(segments: Segment[], given: string[]): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap((segment, at) =>
      'parameter' in segment ? [[segment.parameter, given[at] ?? '']] : [],
    ),
  )
}
