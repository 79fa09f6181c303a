import { EventEmitter, once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** The other end of a wire: a server that does with bytes and connections what a test says. */
export type Wire = {
  readonly url: string
  /** Every connection that was made, in order. */
  readonly connections: Connection[]
  /** Every request that was read whole, in order, as it stood on the wire. */
  readonly requests: string[]
  /** Waits until something is so; whatever happens on the wire may make it so. */
  until(isSo: () => boolean): Promise<void>
  close(): Promise<void>
}

type Connection = { readonly socket: Socket; readonly isClosed: boolean }

/** What to do with a request: `nth` counts those of the whole wire, from 1. */
type OnRequest = (socket: Socket, nth: number) => void

type Ends = {
  onConnection?: (socket: Socket) => void
  onRequest?: OnRequest
}

/** Opens a wire on a free port. */
export async function openWire({ onConnection, onRequest }: Ends = {}): Promise<Wire> {
  const connections: { socket: Socket; isClosed: boolean }[] = []
  const requests: string[] = []
  const happenings = new EventEmitter()

  const server = createServer((socket) => {
    const connection = { socket, isClosed: false }
    connections.push(connection)
    // a connection that breaks is what many tests are about
    socket.on('error', () => {})
    socket.on('close', () => {
      connection.isClosed = true
      happenings.emit('one')
    })
    let unread = ''
    socket.on('data', (bytes) => {
      unread += bytes.toString('latin1')
      if (!isWhole(unread)) return
      requests.push(unread)
      unread = ''
      onRequest?.(socket, requests.length)
      happenings.emit('one')
    })
    onConnection?.(socket)
    happenings.emit('one')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    connections,
    requests,
    async until(isSo) {
      while (!isSo()) await once(happenings, 'one')
    },
    async close() {
      for (const { socket } of connections) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An HTTP answer as it stands on the wire. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): string {
  const all = { 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} As the test wants it\r\n${lines.join('')}\r\n${body}`
}

export function jsonAnswer(status: number, body: unknown, headers?: Record<string, string>) {
  return answer(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers })
}

/** The headers of a request on the wire, by their names in small letters. */
export function headersOf(request = ''): Record<string, string> {
  const [head = ''] = request.split('\r\n\r\n')
  return Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(/: (.*)/))
      .map(([name = '', value = '']) => [name.toLowerCase(), value]),
  )
}

export function bodyOf(request = ''): string {
  return request.slice(request.indexOf('\r\n\r\n') + 4)
}

function isWhole(request: string): boolean {
  if (!request.includes('\r\n\r\n')) return false
  return bodyOf(request).length >= Number(headersOf(request)['content-length'] ?? 0)
}

/** A port of this machine where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
