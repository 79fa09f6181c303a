import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

/** Where to listen, and the settings that say so. */
type Place = { host: string; port: number; hostSetting: string; portSetting: string }

/** What serves requests on a port. */
export type Listener = {
  /** @throws {Error} in one line that names the port, when it cannot be had */
  listen(place: Place): Promise<AddressInfo>
  /**
   * Takes no more connections and loses nothing that came before: requests that are under way are
   * answered, and those that come on kept connections too, as the last on theirs, until none has
   * come for half a second. What is longer under way than `withinMs` is cut off.
   */
  close(withinMs: number): Promise<void>
}

type ListenerOptions = {
  handle: http.RequestListener
  /** PEM files; plain HTTP without. */
  tls?: { certFile: string; keyFile: string }
  /**
   * Requests without a body are over with their head: they have no `end`, and are spared what a
   * stream costs. Default: false; express waits for the end before it answers 404.
   */
  endsWithHead?: boolean
  /** Called with a connection whose bytes are no request that could be handled. Default: Node's bare 400. */
  onUnreadable?(error: NodeJS.ErrnoException, socket: Duplex): void
}

/** What bounds every connection, in milliseconds and bytes. */
export const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // longer than our own callers keep an idle connection, so that they close it first
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  // the pipeline refuses a missing Host with a fault, Node would without one
  requireHostHeader: false,
}

/**
 * Once the end has begun, connections that wait for a request are closed when none of them has
 * brought anything for so long, in milliseconds.
 */
const quietMs = 500
const lookEveryMs = 50
/** How long connections that wait are still taken then, in milliseconds, when they do not stop coming. */
const takeWaitingWithinMs = 200
/** How many connections may wait to be taken, as the kernel allows: a whole county asks at nine. */
const backlog = 4096

/**
 * Makes an HTTP or HTTPS server.
 *
 * A request whose bytes stop making sense in its body has its `unreadable` event, so that what
 * handles it can still answer.
 */
export function createListener({
  handle,
  tls,
  endsWithHead = false,
  onUnreadable,
}: ListenerOptions): Listener {
  const options = { ...limits, optimizeEmptyRequests: endsWithHead }
  const server = tls ? createTlsServer(tls, options) : http.createServer(options)
  const owed = new Owed()
  /** Those of what is owed after which the connection is closed. */
  const last = new WeakSet<http.ServerResponse>()
  let isClosing = false

  function closeAfter(response: http.ServerResponse): void {
    last.add(response)
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }

  // one function for all answers: this is done for every one of them
  function isOver(this: http.ServerResponse): void {
    owed.remove(this)
    if (last.has(this)) this.req.socket.destroySoon()
  }

  const take: http.RequestListener = (request, response) => {
    owed.add(response)
    response.on('close', isOver)
    if (isClosing || isLast(request)) closeAfter(response)
    handle(request, response)
  }
  server.on('request', take)
  // an expectation other than 100-continue is no reason to refuse a request
  server.on('checkExpectation', take)

  if (onUnreadable) {
    server.on('clientError', (error, socket) => {
      const response = owed.on(socket).at(-1)
      if (!response) return onUnreadable(error, socket)
      // of what follows on this connection nothing can be read
      closeAfter(response)
      if (!response.req.complete) response.req.emit('unreadable', error)
    })
  }
  server.on('connect', ({ method }, socket) => {
    // from here on the connection is no longer the server's, and neither are its errors
    socket.on('error', () => socket.destroy())
    const before = owed.on(socket)
    if (onUnreadable && before.length === 0) {
      onUnreadable(new Error(`${method} is for proxies`), socket)
      return
    }
    // nor its end: what was asked before would never hear of that
    for (const response of before) response.destroy()
    socket.destroy()
  })

  return {
    async listen(place) {
      server.listen({ host: place.host, port: place.port, backlog })
      try {
        await once(server, 'listening')
      } catch (error) {
        throw new Error(whyNot(error as NodeJS.ErrnoException, place))
      }
      return server.address() as AddressInfo
    },

    async close(withinMs) {
      if (!server.listening || isClosing) return
      isClosing = true
      for (const response of owed.all()) {
        // where the head is out it said that more may be asked, and somebody may be doing so
        if (!response.headersSent) closeAfter(response)
      }
      await untilNoneWaits(server)
      const closed = once(server, 'close')
      // http's own close would end idle connections at once, and with them requests on their way
      net.Server.prototype.close.call(server)
      let lastSignAt = performance.now()
      const noteSign = () => {
        lastSignAt = performance.now()
      }
      for (const sign of ['connection', 'secureConnection', 'request']) server.on(sign, noteSign)
      const isQuiet = () => performance.now() - lastSignAt >= quietMs
      const idle = setInterval(async () => {
        if (!isQuiet()) return
        // where this process was held up, what has come meanwhile is read only after its timers
        await setImmediate()
        if (isQuiet()) server.closeIdleConnections()
      }, lookEveryMs)
      const cut = setTimeout(() => server.closeAllConnections(), withinMs)
      await closed
      clearInterval(idle)
      clearTimeout(cut)
    },
  }
}

/**
 * The answers that are not out yet, by their connections. Those stay while answers come and go; a
 * Set of answers would keep all of them alive (docs/decisions/0027).
 */
class Owed {
  readonly #byConnection = new Map<Duplex, http.ServerResponse[]>()

  add(response: http.ServerResponse): void {
    const { socket } = response.req
    let line = this.#byConnection.get(socket)
    if (!line) {
      line = []
      this.#byConnection.set(socket, line)
      socket.once('close', () => this.#byConnection.delete(socket))
    }
    line.push(response)
  }

  remove(response: http.ServerResponse): void {
    const line = this.#byConnection.get(response.req.socket) ?? []
    const place = line.indexOf(response)
    if (place >= 0) line.splice(place, 1)
  }

  /** Those of one connection, in the order of their requests. */
  on(socket: Duplex): readonly http.ServerResponse[] {
    return [...(this.#byConnection.get(socket) ?? [])]
  }

  all(): readonly http.ServerResponse[] {
    return [...this.#byConnection.values()].flat()
  }
}

/** Whether where the next request begins is in doubt. */
function isLast({ headers, httpVersion }: http.IncomingMessage): boolean {
  // of what came together with a request for another protocol Node drops the rest
  if (headers.upgrade !== undefined) return true
  // HTTP/1.0 has no chunks: who stands before us may have seen the end of the request elsewhere
  return httpVersion !== '1.1' && headers['transfer-encoding'] !== undefined
}

/**
 * Waits for a turn of the event loop in which no connection came. Those that the kernel has made
 * and we have not taken yet are reset when listening ends, and a turn takes one of them.
 */
async function untilNoneWaits(server: net.Server): Promise<void> {
  const until = performance.now() + takeWaitingWithinMs
  let hasCome = true
  const note = () => {
    hasCome = true
  }
  server.on('connection', note)
  while (hasCome && performance.now() < until) {
    hasCome = false
    await setImmediate()
  }
  server.off('connection', note)
}

function whyNot(
  { code, message }: NodeJS.ErrnoException,
  { host, port, hostSetting, portSetting }: Place,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use: end what holds it, or set ${portSetting} to a free one`
    case 'EACCES':
      return `port ${port} may not be opened by this user: set ${portSetting} to another`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set ${hostSetting}`
    default:
      return `port ${port} cannot be opened: ${message}`
  }
}

function createTlsServer(
  { certFile, keyFile }: { certFile: string; keyFile: string },
  options: http.ServerOptions,
) {
  const cert = readPem(certFile, 'TLS_CERT_FILE')
  const key = readPem(keyFile, 'TLS_KEY_FILE')
  try {
    return https.createServer({ ...options, handshakeTimeout: limits.headersTimeout, cert, key })
  } catch (error) {
    const why = (error as Error).message
    throw new Error(`TLS_CERT_FILE and TLS_KEY_FILE are no certificate and its key: ${why}`)
  }
}

function readPem(file: string, setting: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`${setting} cannot be read: ${(error as Error).message}`)
  }
}
