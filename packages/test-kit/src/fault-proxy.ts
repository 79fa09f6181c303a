import { EventEmitter, once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

/**
 * What becomes of the bytes between a client and the system behind the proxy. Lengths are bytes of
 * one answer: what comes back between the client's last word and its next.
 *
 * - `pass`: nothing is the matter
 * - `refuse`: nothing listens; open connections are reset, as when a process dies
 * - `hang`: connections are accepted and nothing passes, either way. What was held passes when the
 *   fault ends, as from a process that was stopped and goes on
 * - `blackhole`: the same, but connections that it has met never pass anything again, even
 *   when it ends: what was at their other end is gone and nobody has said so
 * - `resetAtOnce`: a connection is reset as it is made, one that is open at the next word
 * - `garbage`: whatever is asked, bytes that belong to no protocol are answered
 * - `answer`: whatever is asked, these bytes are answered, and then the connection ends if `end`
 * - `resetAfter`: so many bytes of an answer pass, then a reset; with 0 the system behind has the
 *   request and the client gets no byte
 * - `cutAfter`: the same, with an orderly end instead of a reset
 * - `hangAfter`: the same, with silence; with 0 the system behind is at work and says nothing
 * - `trickle`: answers pass so many bytes at a time, one lot every `everyMs` milliseconds
 */
export type WireFault =
  | 'pass'
  | 'refuse'
  | 'hang'
  | 'blackhole'
  | 'resetAtOnce'
  | 'garbage'
  | { answer: string | Buffer; end?: boolean }
  | { resetAfter: number }
  | { cutAfter: number }
  | { hangAfter: number }
  | { trickle: number; everyMs: number }

/** A wire between a client and a system, on which a test makes the faults. */
export type FaultProxy = {
  readonly port: number
  /** Where a client of an HTTP system finds it. */
  readonly url: string
  /** How many connections were made, since the beginning or the last {@link forget}. */
  readonly connections: number
  /** How many of all connections the client has not closed. */
  readonly openConnections: number
  /**
   * What was asked for over it, as `POST /scripts`, whether it reached the system or not. Empty
   * where it is not HTTP that is spoken, and for what was sent to a connection that is reset.
   */
  readonly requests: readonly string[]
  /**
   * Lets something else happen from now on, to connections that are open and to those to come.
   * @returns when it is so
   */
  set(fault: WireFault): Promise<void>
  /** Says something to every client that is connected, asked or not. */
  say(bytes: string | Buffer): void
  /** Begins to count connections and requests anew. */
  forget(): void
  /** Waits until something is so; whatever happens on the wire may make it so. */
  until(isSo: () => boolean): Promise<void>
  /** Ends it and all its connections. */
  close(): Promise<void>
}

/** Neither HTTP nor a TDS packet, and long enough to be read as a packet's head. */
const garbage = { answer: '\x7fgarbage: this is no protocol\r\n\r\n'.repeat(2) }

/**
 * Puts a wire in front of a system on this machine, which need not be there yet. It passes
 * everything on until it is told otherwise, and knows nothing of the protocol but HTTP's first line.
 * @param targetPort where the system listens, on 127.0.0.1
 */
export async function createFaultProxy(targetPort: number): Promise<FaultProxy> {
  let fault: WireFault = 'pass'
  let connections = 0
  let requests: string[] = []
  const passages = new Set<Passage>()
  const happenings = new EventEmitter().setMaxListeners(0)
  const happened = () => void happenings.emit('one')

  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    connections += 1
    const passage = new Passage(client, {
      targetPort,
      fault: () => fault,
      onRequest: (line) => requests.push(line),
      onChange: happened,
    })
    passages.add(passage)
    client.once('close', () => {
      passages.delete(passage)
      happened()
    })
    passage.advance()
    happened()
  })
  await listen(0)
  const { port } = server.address() as AddressInfo

  async function listen(at: number): Promise<void> {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
  }

  async function endAll(): Promise<void> {
    for (const passage of passages) passage.reset()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return connections
    },
    get openConnections() {
      return [...passages].filter(({ isOpen }) => isOpen).length
    },
    get requests() {
      return requests
    },

    async set(next) {
      fault = next
      if (fault === 'refuse') await endAll()
      else if (!server.listening) await listen(port)
      for (const passage of passages) passage.advance()
    },

    say(bytes) {
      for (const passage of passages) passage.send(bytes)
    },

    forget() {
      connections = 0
      requests = []
    },

    async until(isSo) {
      while (!isSo()) await once(happenings, 'one')
    },

    close: endAll,
  }
}

type Surroundings = {
  targetPort: number
  fault: () => WireFault
  onRequest: (line: string) => void
  onChange: () => void
}

/** One client's connection and the one that is made for it to the system behind. */
class Passage {
  readonly #client: Socket
  readonly #around: Surroundings
  #target: Socket | undefined
  /** What has come and was not passed on yet. */
  #asked: Buffer[] = []
  #answered: Buffer[] = []
  #clientHasEnded = false
  #targetHasEnded = false
  /** Whether the client spoke last. */
  #isAsking = false
  /** How much of the answer has passed, in bytes. */
  #passed = 0
  /** Runs while a trickle waits for its next lot. */
  #drip: NodeJS.Timeout | undefined
  /** Whether the client was given its end already. */
  #isCut = false
  /** Whether nothing passes any more, without an end. */
  #isLost = false

  constructor(client: Socket, around: Surroundings) {
    this.#client = client
    this.#around = around
    client.on('data', (bytes) => this.#hear(bytes))
    client.on('end', () => {
      this.#clientHasEnded = true
      this.advance()
      around.onChange()
    })
    client.on('drain', () => this.advance())
    // that a connection breaks is what it is for
    client.on('error', () => {})
    client.on('close', () => {
      clearTimeout(this.#drip)
      this.#target?.destroy()
    })
  }

  /** Whether the client has neither closed nor lost it. */
  get isOpen(): boolean {
    return !this.#clientHasEnded && !this.#client.destroyed
  }

  /** Breaks it. */
  reset(): void {
    // a reset while an end is on its way would leave the handle open for ever
    if (this.#client.writableEnded) this.#client.destroy()
    else this.#client.resetAndDestroy()
  }

  /** Says something to the client. */
  send(bytes: string | Buffer): void {
    this.#isAsking = false
    this.#passed += bytes.length
    this.#client.write(bytes)
  }

  /** Passes on what the fault lets pass. */
  advance(): void {
    const fault = this.#around.fault()
    if (fault === 'blackhole') this.#isLost = true
    if (this.#isLost || this.#client.destroyed || fault === 'hang') return
    const isNew = this.#target === undefined && this.#passed === 0
    if (fault === 'refuse' || (fault === 'resetAtOnce' && (isNew || this.#asked.length > 0))) {
      this.reset()
    } else if (fault === 'garbage') {
      this.#answer(garbage)
    } else if (typeof fault === 'object' && 'answer' in fault) {
      this.#answer(fault)
    } else if (!this.#isCut) {
      this.#passRequest()
      this.#passAnswer(fault)
    }
  }

  #hear(bytes: Buffer): void {
    this.#asked.push(bytes)
    if (!this.#isAsking) {
      this.#isAsking = true
      this.#passed = 0
      const [, line] = /^([A-Z]+ \S+) HTTP\/1/.exec(bytes.toString('latin1')) ?? []
      if (line) this.#around.onRequest(line)
    }
    this.advance()
    this.#around.onChange()
  }

  #answer({ answer, end = false }: { answer: string | Buffer; end?: boolean }): void {
    const isAsked = this.#asked.length > 0
    this.#asked = []
    if (isAsked) this.send(answer)
    if ((isAsked && end) || this.#clientHasEnded) this.#client.end()
  }

  #passRequest(): void {
    this.#target ??= this.#reach()
    for (const bytes of this.#asked.splice(0)) this.#target.write(bytes)
    if (this.#clientHasEnded && !this.#target.writableEnded) this.#target.end()
  }

  #reach(): Socket {
    const { targetPort, onChange } = this.#around
    const options = { port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }
    const target = net.connect(options)
    target.on('data', (bytes) => {
      this.#answered.push(bytes)
      this.advance()
      onChange()
    })
    target.on('end', () => {
      this.#targetHasEnded = true
      this.advance()
    })
    target.on('error', () => this.reset())
    return target
  }

  #passAnswer(fault: WireFault): void {
    const most = mostOf(fault)
    while (this.#answered.length > 0 && !this.#drip && !this.#client.writableNeedDrain) {
      const left = most - this.#passed
      const lot = isTrickle(fault) ? fault.trickle : left
      const piece = this.#take(Math.min(lot, left))
      if (piece.length > 0) this.send(piece)
      if (this.#passed >= most) {
        this.#stop(fault)
        break
      }
      if (isTrickle(fault)) this.#dripIn(fault.everyMs)
    }
    const isHeld = this.#answered.length > 0
    // what cannot be passed on is left with the system, which then feels that nobody takes it
    if (isHeld) this.#target?.pause()
    else this.#target?.resume()
    if (this.#targetHasEnded && !isHeld && !this.#client.writableEnded) this.#client.end()
  }

  /** Takes the next bytes of the answer, at most so many. */
  #take(most: number): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#answered
    const piece = first.subarray(0, most)
    const rest = first.subarray(piece.length)
    this.#answered = rest.length > 0 ? [rest, ...others] : others
    return piece
  }

  /** Does what is to be done where enough of an answer has passed. */
  #stop(fault: WireFault): void {
    if (typeof fault !== 'object' || 'hangAfter' in fault) return
    this.#isCut = true
    this.#target?.destroy()
    this.#answered = []
    if ('cutAfter' in fault) this.#client.end()
    // not before the last bytes are out
    else this.#client.write('', () => this.reset())
  }

  #dripIn(milliseconds: number): void {
    this.#drip = setTimeout(() => {
      this.#drip = undefined
      this.advance()
    }, milliseconds)
  }
}

/** How many bytes of an answer pass. */
function mostOf(fault: WireFault): number {
  if (typeof fault !== 'object') return Number.POSITIVE_INFINITY
  if ('resetAfter' in fault) return fault.resetAfter
  if ('cutAfter' in fault) return fault.cutAfter
  if ('hangAfter' in fault) return fault.hangAfter
  return Number.POSITIVE_INFINITY
}

function isTrickle(fault: WireFault): fault is { trickle: number; everyMs: number } {
  return typeof fault === 'object' && 'trickle' in fault
}
