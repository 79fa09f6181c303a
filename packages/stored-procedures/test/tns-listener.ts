import { EventEmitter, once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

/** What a listener does on a connection: as it is made, and with each lot of bytes that come. */
export type Act = {
  onConnect?(socket: Socket): void
  /** @param nth which lot it is of this connection, from 0 */
  onBytes?(socket: Socket, nth: number): void
}

/** What stands where Oracle's listener should, and speaks as much of TNS as a test needs. */
export type TnsListener = {
  readonly port: number
  /** How many connections were made. */
  readonly connections: number
  /** How many of them are open. */
  readonly openConnections: number
  /** Does something else from now on, to what happens from now on. */
  act(act: Act): void
  /** Nothing listens any more; open connections are reset. */
  refuse(): Promise<void>
  /** Listens again, at the same port. */
  listen(): Promise<void>
  /** Waits until something is so; whatever happens on a connection may make it so. */
  until(isSo: () => boolean): Promise<void>
}

export async function createTnsListener(first: Act = {}): Promise<TnsListener> {
  let act = first
  let connections = 0
  const open = new Set<Socket>()
  const happenings = new EventEmitter().setMaxListeners(0)
  const server = net.createServer((socket) => {
    connections += 1
    open.add(socket)
    let nth = 0
    socket.on('data', () => {
      act.onBytes?.(socket, nth)
      nth += 1
      happenings.emit('one')
    })
    // that a connection breaks is what it is for
    socket.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      happenings.emit('one')
    })
    act.onConnect?.(socket)
    happenings.emit('one')
  })

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  return {
    port,
    get connections() {
      return connections
    },
    get openConnections() {
      return open.size
    },
    act(next) {
      act = next
    },
    async refuse() {
      for (const socket of open) socket.resetAndDestroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
    listen: () => listen(port),
    async until(isSo) {
      while (!isSo()) await once(happenings, 'one')
    },
  }
}

const kinds = { accept: 2, refuse: 4, resend: 11 }

/** A packet: its length, its kind, and what belongs to that. */
function packet(kind: keyof typeof kinds, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(head.length + body.length, 0)
  head.writeUInt8(kinds[kind], 4)
  return Buffer.concat([head, body])
}

/**
 * The listener's refusal, such as 12514 for a service that is not there (yet), 12528 for an instance
 * that is only starting.
 */
export function refusal(number: number): Buffer {
  const text = Buffer.from(`(DESCRIPTION=(TMP=)(VSNNUM=318767104)(ERR=${number}))`, 'latin1')
  const head = Buffer.from([4, 0, 0, 0])
  head.writeUInt16BE(text.length, 2)
  return packet('refuse', Buffer.concat([head, text]))
}

/** The listener hands the connection over: what comes next is the login. */
export function acceptance(): Buffer {
  const body = Buffer.alloc(37)
  body.writeUInt16BE(319, 0) // the version of the protocol
  body.writeUInt16BE(8192, 4)
  body.writeUInt16BE(65_535, 6)
  body.writeUInt8(4, 14) // no services of the network's own
  body.writeUInt32BE(8192, 24)
  body.writeUInt32BE(2_097_152, 28)
  return packet('accept', body)
}

/** The listener asks for the same again. */
export function resending(): Buffer {
  return packet('resend', Buffer.alloc(0))
}

/** Bytes that belong to no protocol. */
export const garbage = Buffer.from('\x7fgarbage: this is no protocol\r\n\r\n'.repeat(2), 'latin1')
