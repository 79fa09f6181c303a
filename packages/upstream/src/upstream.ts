import { connect } from 'node:net'
import { urlToHttpOptions } from 'node:url'
import { DependencyFailure } from '@ca/faults'
import { createDependency } from '@ca/resilience'
import {
  CallerLeft,
  currentTransaction,
  outsideTransactions,
  type Telemetry,
  type Transaction,
} from '@ca/telemetry'
import { retryAfterMs, type UpstreamAnswer } from './answer.ts'
import { createAxiosSender } from './axios-sender.ts'
import {
  type BrokenRequest,
  connectWithinMs,
  type Outgoing,
  type Sender,
  type Sending,
} from './sender.ts'

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
  /** Whether its answer may be long and is handed on as it comes. */
  isStreamed?: boolean
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
  /** What requests go out by. Default: axios. */
  sender?: (url: string) => Sender
  /** What an answer that is not 2xx means, where it is more than its status. */
  refusal?: (answer: UpstreamAnswer) => Promise<DependencyFailure | undefined>
}

/** Opens the way to another system. Connections are made when they are needed. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { name, telemetry, attemptWithinMs } = options
  const url = options.url.replace(/\/$/, '')
  const sender = (options.sender ?? createAxiosSender)(url)
  const dependency = createDependency({ name, telemetry, attemptWithinMs })

  return {
    name,

    call: ({ isRead, ...request }, read) =>
      dependency.call({
        operation: request.operation,
        isRead: isRead ?? request.method === 'GET',
        attempt: async ({ transaction, withinMs }) => {
          const made = outgoing(request)
          // a connection that is made for it outlives it, and keeps none of it (decision 27)
          const sending = outsideTransactions(() => sender.send(made))
          transaction.onceOver((reason) => sending.abort(reason))
          const late = endWhenLate(sending, withinMs)
          let answer: UpstreamAnswer
          try {
            answer = await sending.answer
          } catch (error) {
            throw failureOf(error as BrokenRequest, transaction)
          } finally {
            clearTimeout(late)
          }
          if (answer.status < 200 || answer.status > 299) throw await refusalOf(answer)
          try {
            return await read(answer)
          } catch (error) {
            throw unreadable(answer, error)
          }
        },
      }),

    check: () => takesConnections(url),

    close: () => sender.close(),
  }

  /** Where an attempt has no time of its own, it ends with the transaction's. */
  function endWhenLate(sending: Sending, withinMs: number): NodeJS.Timeout | undefined {
    if (attemptWithinMs === undefined) return undefined
    return setTimeout(() => sending.abort(new Late(withinMs)), withinMs)
  }

  function outgoing(request: UpstreamRequest): Outgoing {
    const { method, path, headers, form, json, isStreamed } = request
    const transactionId = currentTransaction()?.id
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
    const text = form
      ? new URLSearchParams(form).toString()
      : json === undefined
        ? undefined
        : JSON.stringify(json)
    const all: Record<string, string> = {
      Accept: 'application/json',
      ...options.headers?.(),
      ...headers,
    }
    if (transactionId) all['X-TRANSACTION-ID'] = transactionId
    if (text) all['Content-Type'] = type
    return { method, path, headers: all, body: text ? Buffer.from(text) : undefined, isStreamed }
  }

  /** What it means that a request ended without the head of an answer. */
  function failureOf(
    { stage, isNotHttp, cause }: BrokenRequest,
    { endedBy }: Transaction,
  ): DependencyFailure {
    // the connections that wait may be as dead as this one, unless its caller ended it
    if (stage === 'sent' && !(endedBy instanceof CallerLeft)) sender.dropIdle()
    if (cause instanceof Late) return new DependencyFailure(name, 'timed out', cause.message)
    if (stage === 'unmade') {
      return new DependencyFailure(name, 'failed', 'the request could not be made', { cause })
    }
    if (stage === 'connecting') {
      return new DependencyFailure(name, 'unreachable', 'no connection', { repeat: 'any', cause })
    }
    if (isNotHttp) {
      return new DependencyFailure(name, 'failed', 'the answer is not HTTP', { cause })
    }
    const what = stage === 'sent' ? 'the connection broke before an answer' : 'the answer broke off'
    const repeat = stage === 'sent' ? 'reads' : 'none'
    return new DependencyFailure(name, 'unreachable', what, { repeat, cause })
  }

  /** What it means that a good answer could not be read. */
  function unreadable({ body }: UpstreamAnswer, cause: unknown): DependencyFailure {
    const { brokeOff } = body
    body.drop()
    return brokeOff
      ? new DependencyFailure(name, 'unreachable', 'the answer broke off', { cause })
      : new DependencyFailure(name, 'failed', 'its answer cannot be read', { cause })
  }

  /** What it means that an answer is not a good one. */
  async function refusalOf(answer: UpstreamAnswer): Promise<DependencyFailure> {
    const known = await options.refusal?.(answer).catch(() => undefined)
    answer.body.drop()
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

/** No answer has begun within an attempt's time. */
class Late extends Error {
  constructor(withinMs: number) {
    super(`no answer within ${Math.round(withinMs)} ms`)
  }
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
