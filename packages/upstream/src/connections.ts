import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { Stage } from './sender.ts'

/** What a request is made with, and how far it came. */
type Connection = {
  readonly stage: Stage
  request(options: https.RequestOptions, onAnswer: OnAnswer): http.ClientRequest
}

/** Kept-alive connections to one upstream. */
export type Connections = {
  readonly httpAgent: http.Agent
  readonly httpsAgent: https.Agent
  forOneRequest(): Connection
  /** Closes the connections that wait for their next request: they may be as dead as one that hung. */
  dropIdle(): void
  close(): void
}

type OnAnswer = (answer: http.IncomingMessage) => void

/**
 * Makes the connections to one upstream.
 * @param withinMs how long making one may take, TLS included, in milliseconds
 */
export function createConnections(withinMs: number): Connections {
  const options = { keepAlive: true, onread: intoOneBuffer() }
  const httpAgent = new http.Agent(options)
  const httpsAgent = new https.Agent(options)

  return {
    httpAgent,
    httpsAgent,

    forOneRequest() {
      let stage: Stage = 'unmade'
      return {
        get stage() {
          return stage
        },
        request(options, onAnswer) {
          const isSecure = options.protocol === 'https:'
          const request = (isSecure ? https : http).request(options, onAnswer)
          request.once('socket', (socket) => {
            stage = request.reusedSocket ? 'sent' : 'connecting'
            if (stage === 'connecting') {
              endIfLate(socket, isSecure ? 'secureConnect' : 'connect', () => {
                stage = 'sent'
              })
            }
            socket.once('data', () => {
              stage = 'answering'
            })
          })
          return request
        },
      }
    },

    dropIdle() {
      for (const agent of [httpAgent, httpsAgent]) {
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
      }
    },

    close() {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }

  function endIfLate(
    socket: Socket,
    connected: 'connect' | 'secureConnect',
    onConnected: () => void,
  ): void {
    const late = new Error(`No connection within ${withinMs} ms`)
    const timer = setTimeout(() => socket.destroy(late), withinMs)
    socket.once('close', () => clearTimeout(timer))
    socket.once(connected, () => {
      clearTimeout(timer)
      onConnected()
    })
  }
}

/** With less a script costs more, with more hundreds of them take more memory (decision 18). */
const readBytes = 48 * 1024

/**
 * Lets all connections read into one piece of memory. The HTTP parser copies what it keeps out of
 * it before the next read, so a new piece for every read, which is Node's way, would only be
 * garbage: gigabytes of it while scripts pass through.
 */
function intoOneBuffer() {
  return {
    buffer: Buffer.allocUnsafeSlow(readBytes),
    callback(this: unknown, length: number, bytes: Uint8Array): boolean {
      // Node calls it as the socket's, and leaves it to us to hand the bytes to the parser
      const socket = this as Socket
      const isAwaited = socket.emit('data', bytes.subarray(0, length))
      // nobody asked: the next request's answer must not begin with these
      if (!isAwaited) socket.destroy()
      return true
    },
  }
}
