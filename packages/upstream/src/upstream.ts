import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import { urlToHttpOptions } from 'node:url'
import { DependencyFailure } from '@ca/faults'
import { createDependency } from '@ca/resilience'
import { CallerLeft, currentTransaction, type Telemetry } from '@ca/telemetry'
import axios from 'axios'
import { retryAfterMs, type UpstreamAnswer } from './answer.ts'
import { createConnections, type Stage } from './connections.ts'

type UpstreamRequest = {
  /** What is called, as logs and metrics name it. */
  operation: string
  method: 'GET' | 'POST'
  /** Below the upstream's URL, with a leading slash. */
  path: string
  headers?: Record<string, string>
  /** Sent as a form. */
  form?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Whether making the request twice is the same as making it once. Default: for GET. */
  isRead?: boolean
}

/** Another system that is called over HTTP. */
export type Upstream = {
  readonly name: string
  /**
   * Makes a request, within the rules for time, repetition and breaking.
   * @param read makes something of a good answer, whose body it reads to the end or hands on. What
   * it throws means that the answer is none.
   * @throws {DependencyFailure} where there is no good (2xx) answer
   */
  call<T>(request: UpstreamRequest, read: (answer: UpstreamAnswer) => Promise<T>): Promise<T>
  /** @throws {Error} when it takes no connections */
  check(): Promise<void>
  close(): void
}

type UpstreamOptions = {
  /** Its name in logs and metrics, such as `ca-eps-sapi` or `rm`. */
  name: string
  /** Where it is, with a base path if it has one: `http://127.0.0.1:8082`. */
  url: string
  telemetry: Telemetry
  /** How long one attempt's answer may take to begin, in ms. Default: as long as the transaction has. */
  attemptWithinMs?: number
  /** Headers that every request carries, read anew for each attempt. */
  headers?: () => Record<string, string>
  /** What an answer that is not 2xx means, where it is more than its status. */
  refusal?: (answer: UpstreamAnswer) => Promise<DependencyFailure | undefined>
}

/** Domain: a connection is made within 1 s, by experience and system APIs alike. */
const connectWithinMs = 1000

/** Opens the way to another system. Connections are made when they are needed. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { name, telemetry, attemptWithinMs } = options
  const url = options.url.replace(/\/$/, '')
  const connections = createConnections(connectWithinMs)
  const client = axios.create({
    adapter: 'http',
    httpAgent: connections.httpAgent,
    httpsAgent: connections.httpsAgent,
    // where our calls go is said by the configuration alone
    proxy: false,
    decompress: false,
    responseType: 'stream',
    validateStatus: () => true,
    headers: { common: { 'User-Agent': 'exam-board-integration', 'Accept-Encoding': 'identity' } },
  })
  const dependency = createDependency({ name, telemetry, attemptWithinMs })

  return {
    name,

    call: ({ isRead, ...request }, read) =>
      dependency.call({
        operation: request.operation,
        isRead: isRead ?? request.method === 'GET',
        attempt: async ({ signal, withinMs }) => {
          const answer = await send(request, signal, withinMs)
          if (answer.status < 200 || answer.status > 299) throw await refusalOf(answer)
          return read(answer).catch((error: unknown) => {
            throw unreadable(answer, error)
          })
        },
      }),

    check: () => takesConnections(url),

    close: () => connections.close(),
  }

  /** Sends a request and waits for its answer to begin. */
  async function send(
    request: UpstreamRequest,
    signal: AbortSignal,
    withinMs: number,
  ): Promise<UpstreamAnswer> {
    const sending = connections.sending()
    const impatience = new AbortController()
    const timer = Number.isFinite(withinMs)
      ? setTimeout(() => impatience.abort(), withinMs)
      : undefined
    try {
      const transactionId = currentTransaction()?.id
      const { status, headers, data } = await client.request<Readable>({
        method: request.method,
        url: url + request.path,
        headers: {
          Accept: 'application/json',
          ...(transactionId && { 'X-TRANSACTION-ID': transactionId }),
          ...options.headers?.(),
          ...request.headers,
        },
        data: request.form ? new URLSearchParams(request.form) : request.json,
        signal: AbortSignal.any([signal, impatience.signal]),
        // axios's own would follow redirects
        transport: sending,
      })
      return { status, headers: asText(headers), body: data }
    } catch (error) {
      // the connections that wait may be as dead as this one, unless its caller ended it
      const isDead = sending.stage === 'sent' && !(signal.reason instanceof CallerLeft)
      if (isDead) connections.dropIdle()
      if (impatience.signal.aborted) {
        const what = `no answer within ${Math.round(withinMs)} ms`
        throw new DependencyFailure(name, 'timed out', what)
      }
      // axios hangs the whole request on its own errors
      throw brokenAt(
        sending.stage,
        axios.isAxiosError(error) ? (error.cause ?? error.message) : error,
      )
    } finally {
      clearTimeout(timer)
    }
  }

  /** What it means that a request ended without the head of an answer. */
  function brokenAt(stage: Stage, cause: unknown): DependencyFailure {
    if (stage === 'unmade') {
      return new DependencyFailure(name, 'failed', 'the request could not be made', { cause })
    }
    if (stage === 'connecting') {
      return new DependencyFailure(name, 'unreachable', 'no connection', { repeat: 'any', cause })
    }
    if (isNotHttp(cause)) {
      return new DependencyFailure(name, 'failed', 'the answer is not HTTP', { cause })
    }
    const what = stage === 'sent' ? 'the connection broke before an answer' : 'the answer broke off'
    const repeat = stage === 'sent' ? 'reads' : 'none'
    return new DependencyFailure(name, 'unreachable', what, { repeat, cause })
  }

  /** What it means that a good answer could not be read. */
  function unreadable({ body }: UpstreamAnswer, cause: unknown): DependencyFailure {
    const brokeOff = body.errored !== null
    body.destroy()
    return brokeOff
      ? new DependencyFailure(name, 'unreachable', 'the answer broke off', { cause })
      : new DependencyFailure(name, 'failed', 'its answer cannot be read', { cause })
  }

  /** What it means that an answer is not a good one. */
  async function refusalOf(answer: UpstreamAnswer): Promise<DependencyFailure> {
    const known = await options.refusal?.(answer).catch(() => undefined)
    answer.body.destroy()
    if (known) return known
    const { status } = answer
    const what = `answered ${status}`
    const again = { status, repeat: 'reads', retryAfterMs: retryAfterMs(answer) } as const
    if (status === 502 || status === 503) {
      return new DependencyFailure(name, 'unreachable', what, again)
    }
    if (status === 504) return new DependencyFailure(name, 'timed out', what, again)
    const way = status >= 400 && status < 500 ? 'refused' : 'failed'
    return new DependencyFailure(name, way, what, { status })
  }
}

function asText(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

/** Node's HTTP parser names what it could not read with codes that begin so. */
function isNotHttp(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('HPE_')
}

function takesConnections(url: string): Promise<void> {
  const { hostname, port, protocol } = urlToHttpOptions(new URL(url))
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname ?? 'localhost',
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: connectWithinMs,
    })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => socket.destroy(new Error('no connection in time')))
    socket.once('error', reject)
  })
}
