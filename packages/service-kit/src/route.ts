import { type Fault, fault } from '@ca/faults'
import { decode, notDecoded } from './percent-encoding.ts'

/** Where an operation stands in its contract. */
type Place = { operationId: string; method: string; path: string }

/** One part of a path: what it has to be, or what it is the value of. */
type Segment = { literal: string | undefined; parameter: string | undefined }

type Row = { operationId: string; method: string; segments: Segment[] }

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
  readonly #rows: Row[]
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
    const given = segmentsOf(path.slice(prefix.length))
    if (!given) {
      return fault('60002', { details: [{ in: 'path', name: 'path', issue: notDecoded }] })
    }

    const row = this.#rows.find((row) => row.method === method && fits(row.segments, given))
    if (row) return { operationId: row.operationId, params: paramsOf(row.segments, given) }
    const others = this.#rows.filter((row) => fits(row.segments, given))
    if (others.length === 0) return fault('70404')
    const methods = new Set(others.map((row) => row.method))
    return fault('60405', { headers: { Allow: [...methods].join(', ') } })
  }
}

/** The path of a request target, which is `/path?query` or, to a proxy's taste, `http://host/path?query`. */
function pathOf(target: string): string {
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  return path.startsWith('/') ? path : path.replace(/^[a-z]+:\/\/[^/]*/i, '')
}

/** The segments of a path, decoded; undefined where one cannot be. */
function segmentsOf(path: string): string[] | undefined {
  const segments = path.split('/')
  if (!path.includes('%')) return segments
  const decoded = segments.map(decode)
  return decoded.every((segment) => segment !== undefined) ? decoded : undefined
}

function toSegment(text: string): Segment {
  const [, parameter] = /^\{(.+)\}$/.exec(text) ?? []
  return { literal: parameter === undefined ? text : undefined, parameter }
}

/** Sorts literal segments before parameters, from the left. */
function specificity(segments: Segment[]): string {
  return segments.map(({ literal }) => (literal === undefined ? '0' : '1')).join('')
}

function fits(segments: Segment[], given: string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every(({ literal }, at) =>
      literal === undefined ? given[at] !== '' : literal === given[at],
    )
  )
}

function paramsOf(segments: Segment[], given: string[]): Record<string, string> {
  const params: Record<string, string> = {}
  segments.forEach(({ parameter }, at) => {
    if (parameter !== undefined) params[parameter] = given[at] ?? ''
  })
  return params
}
