import { once } from 'node:events'
import net from 'node:net'
import { type Answer, toAnswer } from './http-client.ts'

/** A connection on which a test says what no HTTP client would, byte by byte. */
export type RawConnection = {
  write(bytes: string | Buffer): void
  /**
   * The next whole answer, in the order in which they arrive.
   * @throws {Error} when the connection ends before it is whole, with what came of it
   */
  answer(): Promise<Answer>
  /** Settles when this text has come, in whatever part of an answer. */
  received(text: string): Promise<void>
  /** Settles when the other side has closed the connection, or broken it. */
  readonly closed: Promise<void>
  /** Says that nothing more will be written, and goes on reading. */
  end(): void
  /** Leaves without a word. */
  destroy(): void
}

/** Opens a connection to a server that speaks plain HTTP. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  await once(socket, 'connect')

  let received = Buffer.alloc(0)
  const arrivals = new EventTarget()
  const arrived = () => arrivals.dispatchEvent(new Event('arrival'))
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes])
    arrived()
  })
  // a connection that breaks is what some tests are about; what it means to them is that it ends
  socket.on('error', () => {})
  let isOver = false
  const closed = new Promise<void>((resolve) => {
    const over = () => {
      isOver = true
      socket.end()
      arrived()
      resolve()
    }
    socket.once('end', over).once('close', over)
  })

  async function until<T>(look: () => T): Promise<NonNullable<T>> {
    for (;;) {
      const found = look()
      if (found) return found
      if (isOver) throw new Error(`the connection ended after: ${received.toString('latin1')}`)
      await once(arrivals, 'arrival')
    }
  }

  return {
    closed,
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    destroy: () => void socket.resetAndDestroy(),
    async answer() {
      const next = await until(() => readAnswer(received))
      received = received.subarray(next.length)
      return next.answer
    },
    async received(text) {
      await until(() => received.includes(text))
    },
  }
}

/** The answer at the beginning of some bytes, if it is there as a whole. */
function readAnswer(bytes: Buffer): { answer: Answer; length: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const rest = bytes.subarray(headEnd + 4)
  const body = headers['transfer-encoding'] ? readChunks(rest) : readLength(rest, headers)
  if (!body) return undefined
  return {
    answer: toAnswer(Number(statusLine.split(' ')[1]), headers, body.bytes),
    length: headEnd + 4 + body.length,
  }
}

type Body = { bytes: Buffer; length: number }

function readLength(bytes: Buffer, headers: Record<string, string>): Body | undefined {
  const length = Number(headers['content-length'] ?? 0)
  return bytes.length < length ? undefined : { bytes: bytes.subarray(0, length), length }
}

function readChunks(bytes: Buffer): Body | undefined {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd === -1) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return undefined
    if (size === 0) return { bytes: Buffer.concat(chunks), length: next }
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
