import { Readable } from 'node:stream'
import type { buildConnector, Client as ClientOf, Dispatcher } from 'undici'
import connector from 'undici/lib/core/connect.js'
import errors from 'undici/lib/core/errors.js'
import Client from 'undici/lib/dispatcher/client.js'
import { type AnswerBody, tooLong, type UpstreamAnswer } from './answer.ts'
import { BrokenRequest, connectWithinMs, type Sender, type Sending, type Stage } from './sender.ts'

/**
 * Sends by undici's dispatcher.
 *
 * Each connection is an undici client of its own, so that a request goes out on one that was good a
 * moment ago: undici's pool takes the first that is free, be it closed or not.
 * @param url where the upstream is, with its base path and without a slash at its end
 */
export function createUndiciSender(url: string): Sender {
  const { origin, pathname } = new URL(url)
  const basePath = pathname.replace(/\/$/, '')
  const open = new Set<Client>()
  /** Those that wait for their next request, the one that was used last at the end. */
  const idle: Client[] = []

  function connect(): Client {
    const client = new Client(origin, connectionOptions)
    // one that has a request again connects anew by itself
    client.on('disconnect', () => idle.includes(client) && close(client))
    open.add(client)
    return client
  }

  function close(client: Client): void {
    if (!open.delete(client)) return
    const place = idle.indexOf(client)
    if (place >= 0) idle.splice(place, 1)
    client.destroy().catch(() => {})
  }

  return {
    send({ method, path, headers, body }) {
      const exchange = new Exchange()
      try {
        const client = idle.pop() ?? connect()
        exchange.whenOver((isWhole) =>
          isWhole && open.has(client) ? idle.push(client) : close(client),
        )
        client.dispatch({ method, path: basePath + path, headers, body }, exchange)
        exchange.isUnderWay()
      } catch (error) {
        exchange.onResponseError(undefined, error as Error)
      }
      return exchange
    },
    dropIdle: () => [...idle].forEach(close),
    close: () => [...open].forEach(close),
  }
}

const connectionOptions: ClientOf.Options = {
  pipelining: 1,
  allowH2: false,
  // shorter than the other side keeps it, so that it is us who close it
  keepAliveTimeout: 60_000,
  keepAliveMaxTimeout: 60_000,
  // how long an answer may take is the transaction's to say
  headersTimeout: 0,
  bodyTimeout: 0,
  connect: connectInTime,
}

const connectByUndici = connector({ allowH2: false })

/** undici's own time-out is checked twice a second; a connection has one second in all. */
function connectInTime(options: buildConnector.Options, callback: buildConnector.Callback): void {
  let late: NodeJS.Timeout | undefined
  const socket = connectByUndici(options, (...outcome) => {
    clearTimeout(late)
    callback(...outcome)
  }) as unknown as { destroy(error: Error): void } | undefined
  late = setTimeout(
    () => socket?.destroy(new Error(`No connection within ${connectWithinMs} ms`)),
    connectWithinMs,
  )
}

/** What waits unread before the other side is held back, in bytes. */
const mostUnread = 64 * 1024

/** One request and its answer: told by undici what happens, and asked by us what came of it. */
class Exchange implements Dispatcher.DispatchHandler, Sending, AnswerBody {
  readonly answer: Promise<UpstreamAnswer>
  readonly #resolve: (answer: UpstreamAnswer) => void
  readonly #reject: (reason: BrokenRequest) => void
  #stage: Stage = 'unmade'
  #controller: Dispatcher.DispatchController | undefined
  #aborted: Error | undefined
  #over: (isWhole: boolean) => void = () => {}

  /** What has come of the body and is not read yet. */
  #unread: Buffer[] = []
  #unreadLength = 0
  #state: 'coming' | 'complete' | 'broken' = 'coming'
  #brokenBy: unknown
  /** Whoever reads it: is told that there is more, or the end. Until then what comes is held back. */
  #reader: (() => void) | undefined

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamAnswer>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
  }

  /** @param over is told when nothing more comes, and whether all has */
  whenOver(over: (isWhole: boolean) => void): void {
    this.#over = over
  }

  /** Says that undici has taken the request on. */
  isUnderWay(): void {
    if (this.#stage === 'unmade') this.#stage = 'connecting'
  }

  abort(reason: Error): void {
    this.#aborted = reason
    if (this.#controller) this.#controller.abort(reason)
    else this.onResponseError(undefined, reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#stage = 'sent'
    // nobody waits any more, and not a byte has gone out
    if (this.#aborted) controller.abort(this.#aborted)
  }

  onResponseStarted(): void {
    this.#stage = 'answering'
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    this.#resolve({ status, headers: asText(headers), body: this })
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#unread.push(piece)
    this.#unreadLength += piece.length
    if (this.#reader) this.#reader()
    else if (this.#unreadLength >= mostUnread) controller.pause()
  }

  onResponseEnd(): void {
    this.#state = 'complete'
    this.#over(true)
    this.#reader?.()
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#state !== 'coming') return
    const isNotHttp = saysNotHttp(error)
    this.#state = 'broken'
    // undici's own error has what it could not read, which may be a name or a token
    this.#brokenBy = isNotHttp ? new Error(error.message) : error
    this.#over(false)
    this.#reject(new BrokenRequest(this.#stage, this.#brokenBy, isNotHttp))
    this.#reader?.()
  }

  get brokeOff(): boolean {
    return this.#state === 'broken'
  }

  whole(longest: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const read = () => {
        if (this.#unreadLength > longest) reject(tooLong(longest))
        else if (this.#state === 'broken') reject(this.#brokenBy)
        else if (this.#state === 'complete') resolve(joined(this.#take()))
      }
      this.#reader = read
      read()
      this.#controller?.resume()
    })
  }

  stream(): Readable {
    const stream = new Readable({
      highWaterMark: mostUnread,
      read: () => this.#controller?.resume(),
      destroy: (error, callback) => {
        this.drop()
        callback(error)
      },
    })
    const read = () => {
      for (const piece of this.#take()) if (!stream.push(piece)) this.#controller?.pause()
      if (this.#state === 'broken') stream.destroy(this.#brokenBy as Error)
      else if (this.#state === 'complete') stream.push(null)
    }
    this.#reader = read
    read()
    return stream
  }

  drop(): void {
    if (this.#state === 'coming') this.abort(new Error('The rest of the answer is not wanted'))
  }

  #take(): Buffer[] {
    const unread = this.#unread
    this.#unread = []
    this.#unreadLength = 0
    return unread
  }
}

/**
 * Whether the other side has answered, but with what undici does not take for HTTP: bytes, a head
 * that is too long, lengths that contradict each other, a `100 Continue` that nobody asked for, and
 * another protocol, which it stumbles over.
 */
function saysNotHttp(error: Error): boolean {
  return (
    error instanceof errors.HTTPParserError ||
    error instanceof errors.HeadersOverflowError ||
    error instanceof errors.ResponseContentLengthMismatchError ||
    (error instanceof errors.SocketError && error.message === 'bad response') ||
    (error as NodeJS.ErrnoException).code === 'ERR_ASSERTION'
  )
}

/** Most answers come in one piece. */
function joined([first, ...others]: Buffer[]): Buffer {
  return first && others.length === 0 ? first : Buffer.concat(first ? [first, ...others] : [])
}

function asText(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  for (const name in headers) {
    // one that came more than once
    if (typeof headers[name] !== 'string') headers[name] = String(headers[name])
  }
  return headers as Record<string, string>
}
