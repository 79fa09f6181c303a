import { EventEmitter, once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

/** What a client does: it connects, or sends a message of one of these kinds. */
type Step = 'connect' | 'preLogin' | 'login' | 'batch' | 'call' | 'attention'

/**
 * What it meets: an answer as SQL Server gives it, certain bytes, an answer that waits until it is let
 * go (`hold`), no answer to this (`silence`) or to anything any more (`hang`), or the end.
 */
export type Act = 'answer' | 'hold' | 'silence' | 'hang' | 'reset' | 'end' | Answer
type Answer = { bytes: Buffer; next: 'answer' | 'silence' | 'hang' | 'reset' | 'end' }

/** @param connection which one it is, counted from 1 */
type Acts = Partial<Record<Step, Act | ((connection: number) => Act)>>

export type TdsListener = {
  readonly port: number
  /** Where a client finds it; it knows no encryption. */
  readonly url: string
  /** What clients did, of all connections. */
  readonly steps: readonly Step[]
  readonly connections: number
  readonly openConnections: number
  /** What happens from now on. A step that is not named is answered. */
  acts: Acts
  /** Waits until something is so; whatever a client does may make it so. */
  until(isSo: () => boolean): Promise<void>
  /** Nobody listens any more, and all connections are reset. */
  refuse(): Promise<void>
  /** Gives the answers that are held. */
  letGo(): void
  listen(): Promise<void>
}

const steps = new Map<number | undefined, Step>([
  [0x12, 'preLogin'],
  [0x10, 'login'],
  [0x01, 'batch'],
  [0x03, 'call'],
  [0x06, 'attention'],
])

/**
 * Listens as an SQL Server would, as far as its wire is concerned: it lets everybody in, and every
 * procedure answers with {@link oneRow}.
 */
export async function createTdsListener(acts: Acts = {}): Promise<TdsListener> {
  const taken: Step[] = []
  const sockets = new Set<Socket>()
  const happenings = new EventEmitter()
  const held: (() => void)[] = []
  let connections = 0
  let port = 0

  const server = net.createServer((socket) => {
    connections += 1
    const number = connections
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      happenings.emit('one')
    })
    let hangs = false
    let owed: Buffer = Buffer.alloc(0)
    const take = (step: Step) => {
      taken.push(step)
      happenings.emit('one')
      const told = listener.acts[step] ?? 'answer'
      const act = typeof told === 'function' ? told(number) : told
      if (hangs) return
      if (step === 'attention') socket.write(owed)
      owed = owedAfter(act)
      hangs = act === 'hang' || (typeof act === 'object' && act.next === 'hang')
      if (act === 'hold') held.push(() => perform(socket, step, 'answer'))
      else perform(socket, step, act)
    }
    take('connect')
    readMessages(socket, take)
  })

  const listener: TdsListener = {
    acts,
    steps: taken,
    get port() {
      return port
    },
    get url() {
      return `mssql://reader:secret-4711@127.0.0.1:${port}/sample?encrypt=false`
    },
    get connections() {
      return connections
    },
    get openConnections() {
      return sockets.size
    },
    async until(isSo) {
      while (!isSo()) await once(happenings, 'one')
    },
    letGo() {
      for (const answer of held.splice(0)) answer()
    },
    async refuse() {
      for (const socket of sockets) socket.resetAndDestroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
    async listen() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      port = (server.address() as AddressInfo).port
    },
  }
  await listener.listen()
  return listener
}

/** Tells of every message by the kind that stands in the head of its packets. */
function readMessages(socket: Socket, take: (step: Step) => void): void {
  let come = Buffer.alloc(0)
  socket.on('data', (bytes) => {
    come = Buffer.concat([come, bytes])
    while (come.length >= 8 && come.length >= come.readUInt16BE(2)) {
      const packet = come.subarray(0, come.readUInt16BE(2))
      come = come.subarray(packet.length)
      const isLast = ((packet[1] ?? 0) & 1) === 1
      const step = steps.get(packet[0])
      if (isLast && step) take(step)
    }
  })
}

function perform(socket: Socket, step: Step, act: Act): void {
  if (act === 'answer') socket.write(answers[step])
  else if (act === 'reset') socket.resetAndDestroy()
  else if (act === 'end') socket.end()
  else if (typeof act === 'object') {
    const { bytes, next } = act
    socket.write(bytes, () => {
      if (next !== 'answer') perform(socket, step, next)
    })
  }
}

/** The rest of an answer, which comes when it is cancelled: each message of a client has its own. */
function owedAfter(act: Act): Buffer {
  if (act === 'silence') return message(done(0xfd, 0x02))
  if (typeof act === 'object' && act.next === 'silence') return oneRow.subarray(act.bytes.length)
  return Buffer.alloc(0)
}

/** Bytes of no protocol. Their beginning can be taken for the head of a long packet. */
export const garbage: Answer = {
  bytes: Buffer.from('this is no protocol at all\r\n'),
  next: 'answer',
}

const isLastPacket = 1

function message(...tokens: Buffer[]): Buffer {
  const body = Buffer.concat(tokens)
  const head = Buffer.from([0x04, isLastPacket, 0, 0, 0, 0, 1, 0])
  head.writeUInt16BE(head.length + body.length, 2)
  return Buffer.concat([head, body])
}

function done(token: number, status: number): Buffer {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt8(token)
  bytes.writeUInt16LE(status, 1)
  return bytes
}

/** A text with its length before it, in a byte or two. */
function text(value: string, lengthBytes: 1 | 2): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUIntLE(value.length, 0, lengthBytes)
  return Buffer.concat([length, Buffer.from(value, 'utf16le')])
}

/** A token with the length of what follows it. */
function measured(token: number, body: Buffer): Buffer {
  const head = Buffer.from([token, 0, 0])
  head.writeUInt16LE(body.length, 1)
  return Buffer.concat([head, body])
}

const version = Buffer.from([0x74, 0, 0, 4])
const loginAck = measured(
  0xad,
  Buffer.concat([Buffer.from([1]), version, text('Listener', 1), Buffer.from([16, 0, 0, 0])]),
)
// the options VERSION and ENCRYPTION: there is none
const preLogin = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2])

const columns = Buffer.concat([Buffer.from([0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0x38]), text('Value', 1)])
const row = Buffer.from([0xd1, 7, 0, 0, 0])
const returnStatus = Buffer.from([0x79, 0, 0, 0, 0])

/** A row set with one row: its `Value` is 7. */
export const oneRow = message(columns, row, done(0xff, 0x11), returnStatus, done(0xfe, 0))

const beginTransaction = measured(0xe3, Buffer.from([8, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0]))

/** {@link oneRow}, after which a transaction is open that the procedure has begun. */
export const openTransactionAnswer: Answer = {
  bytes: message(beginTransaction, columns, row, done(0xff, 0x11), returnStatus, done(0xfe, 0)),
  next: 'answer',
}

type ServerError = { number: number; class: number }

/** An answer that is an error, or several. Messages hold what was asked, as SQL Server's may. */
export function errors(...given: ServerError[]): Answer {
  return { bytes: message(...given.map(errorToken), done(0xfe, 0x02)), next: 'answer' }
}

/** A login that is not let in. */
export function refusedLogin(error: ServerError): Answer {
  return { bytes: message(errorToken(error), done(0xfd, 0x02)), next: 'end' }
}

function errorToken({ number, class: severity }: ServerError): Buffer {
  const numbers = Buffer.from([0, 0, 0, 0, 1, severity])
  numbers.writeUInt32LE(number)
  const said = text(`Conversion failed for the value 'secret-1804'. (${number})`, 2)
  const line = Buffer.alloc(4)
  const where = Buffer.concat([text('server', 1), text('procedure', 1), line])
  return measured(0xaa, Buffer.concat([numbers, said, where]))
}

const answers: Record<Step, Buffer> = {
  connect: Buffer.alloc(0),
  preLogin: message(preLogin),
  login: message(loginAck, done(0xfd, 0)),
  batch: message(done(0xfd, 0)),
  call: oneRow,
  attention: message(done(0xfd, 0x20)),
}
