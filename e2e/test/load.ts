import { EventEmitter, once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Call } from '@ca/test-kit'

/** A call of which it is known what the answer has to be. */
export type Question = {
  /** As `calls.ts` names it. */
  readonly operation: string
  readonly call: Call
  /** The answer, where it is always the same. */
  readonly text?: string
  /** Whether these bytes, answered with 200 or 201, answer this question and no other. */
  isRight(body: Buffer): boolean
}

/** Where requests go, and as whom. */
export type Target = {
  url: string
  headers: Record<string, string>
  /** The certificate authority to trust, for HTTPS. */
  ca?: string
}

/**
 * What a request came to:
 * - `right`: the answer to exactly this request, under its transaction
 * - `70503`, `70504`: that fault, with its status and under this transaction; `70503 again in 1 s`
 *   where it says when to come again, as a service does that has too much to do
 * - `cut`: a good answer whose body broke off, as its caller can tell
 * - `refused`: no connection could be made
 * - `not taken`: the connection broke before the service can have known of it
 * - anything else is what must not be: `wrong: …`, `lost: …` where the connection broke under a
 *   request that the service had, `hung` where nothing came in the time for an answer
 */
type Told = string

/** One request of a load, and how it ended. */
export type Outcome = {
  readonly question: Question
  readonly transactionId: string
  /** On the clock of `performance.now()`, in milliseconds. */
  readonly startedAt: number
  /** From then to the answer's end, a connection that had to be made included. */
  readonly tookMs: number
  readonly told: Told
  /** Whether the answer was the last on its connection. */
  readonly isLast: boolean
}

type LoadOptions = {
  target: Target
  /** Gives the next question, and is asked for one as often as there is an answer. */
  next: () => Question
  /** How many requests are under way at once, each on a connection that is kept. */
  lanes: number
  /** What the transactions' ids begin with. */
  name: string
  /** How long an answer may take, in milliseconds. Default: 10 s as a consumer is promised, and 2 s for a busy machine. */
  answerWithinMs?: number
  /** What is left out of {@link Load.outcomes}: a long load only counts. */
  onOutcome?: (outcome: Outcome) => void
}

/** Requests that go on, a number of them at a time, until they are ended or refused. */
export class Load {
  /** What has ended so far. */
  readonly outcomes: Outcome[] = []
  /** Settles when nothing is under way any more: each lane ends when it is told to, or refused. */
  readonly ended: Promise<unknown>
  readonly #arrivals = new EventEmitter().setMaxListeners(0)
  #isEnding = false

  constructor(options: LoadOptions) {
    const { target, lanes } = options
    const agent = agentOf(target, lanes)
    let asked = 0
    const lane = async () => {
      while (!this.#isEnding) {
        asked += 1
        const outcome = await ask(options, agent, `${options.name}-${asked}`)
        if (options.onOutcome) options.onOutcome(outcome)
        else this.outcomes.push(outcome)
        this.#arrivals.emit('outcome', outcome)
        if (outcome.told === 'refused') return
      }
    }
    this.ended = Promise.all(Array.from({ length: lanes }, lane)).finally(() => agent.destroy())
  }

  /**
   * Waits until so many more requests have ended like this.
   * @throws {Error} with what they came to instead, when that takes longer than 30 s
   */
  async sees(times: number, isSuch: (outcome: Outcome) => boolean): Promise<void> {
    const signal = AbortSignal.timeout(30_000)
    const from = this.outcomes.length
    for (let seen = 0; seen < times; ) {
      const [outcome] = (await once(this.#arrivals, 'outcome', { signal }).catch(() => {
        throw new Error(`Waited in vain; it came to ${tally(this.outcomes.slice(from))}`)
      })) as [Outcome]
      if (isSuch(outcome)) seen += 1
    }
  }

  /** Asks nothing more, and waits for what is under way. */
  async end(): Promise<Outcome[]> {
    this.#isEnding = true
    await this.ended
    return this.outcomes
  }
}

/** How often each thing was told, by operation. */
export function tally(outcomes: readonly Outcome[]): string {
  const counts: Record<string, number> = {}
  for (const { question, told } of outcomes) {
    const key = `${question.operation} ${told}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return JSON.stringify(counts)
}

function agentOf({ url, ca }: Target, lanes: number): http.Agent {
  const options = { keepAlive: true, maxSockets: lanes }
  return url.startsWith('https:') ? new https.Agent({ ...options, ca }) : new http.Agent(options)
}

/** Asks one question, and holds the answer against it. */
async function ask(
  { target, next, answerWithinMs = 12_000 }: LoadOptions,
  agent: http.Agent,
  transactionId: string,
): Promise<Outcome> {
  const question = next()
  const startedAt = performance.now()
  let isLast = false
  const told = await new Promise<Told>((resolve) => {
    const { method = 'GET', path, headers, body } = question.call
    const client = target.url.startsWith('https:') ? https : http
    const { hostname, port } = new URL(target.url)
    const request = client.request({
      hostname,
      port,
      path,
      method,
      agent,
      headers: { ...target.headers, ...headers, 'x-transaction-id': transactionId },
    })
    const patience = setTimeout(() => {
      resolve('hung')
      request.destroy()
    }, answerWithinMs)
    request.once('close', () => clearTimeout(patience))
    const isTaken = takenBy(request)
    request.once('error', ({ code = 'broken' }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') resolve('refused')
      else resolve(isTaken() ? `lost: ${code}` : 'not taken')
    })
    request.once('response', (answer) => {
      isLast = answer.headers.connection === 'close'
      const chunks: Buffer[] = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.once('error', () => resolve(answer.statusCode === 200 ? 'cut' : 'lost: in an answer'))
      answer.once('end', () =>
        resolve(judge(question, transactionId, answer, Buffer.concat(chunks))),
      )
    })
    request.end(body)
  })
  const tookMs = performance.now() - startedAt
  return { question, transactionId, startedAt, tookMs, told, isLast }
}

/**
 * Whether the service has the connection of a request. The kernel makes connections for it, so one
 * over plain HTTP is known to be taken by an answer that came on it before; with TLS the service has
 * had a part in making it.
 */
function takenBy(request: http.ClientRequest): () => boolean {
  let isSecured = false
  request.once('socket', (socket) => {
    if (request.reusedSocket) return
    socket.once('secureConnect', () => {
      isSecured = true
    })
  })
  return () => request.reusedSocket || isSecured
}

function judge(
  { isRight }: Question,
  transactionId: string,
  { statusCode, headers }: IncomingMessage,
  body: Buffer,
): Told {
  if (headers['x-transaction-id'] !== transactionId) return 'wrong: transaction'
  if (statusCode === 200 || statusCode === 201) {
    return isRight(body) ? 'right' : `wrong: ${statusCode} ${body.subarray(0, 500)}`
  }
  const text = body.toString()
  const fault = JSON.parse(text)
  const isKnown = `${statusCode}` === `${fault.errorCode}`.replace('70', '')
  const isOwn = fault.transactionId === transactionId
  if (!isKnown || !isOwn) return `wrong: ${statusCode} ${text}`
  const { 'retry-after': seconds } = headers
  return seconds ? `${fault.errorCode} again in ${seconds} s` : fault.errorCode
}
