import type { Readable } from 'node:stream'
import axios from 'axios'
import { type AnswerBody, tooLong, type UpstreamAnswer } from './answer.ts'
import { createConnections } from './connections.ts'
import { BrokenRequest, connectWithinMs, type Outgoing, type Sender } from './sender.ts'

/**
 * Sends by axios: to systems outside, whose HTTP may be of any kind.
 * @param url where the upstream is, with its base path and without a slash at its end
 */
export function createAxiosSender(url: string): Sender {
  const connections = createConnections(connectWithinMs)
  const client = axios.create({
    adapter: 'http',
    httpAgent: connections.httpAgent,
    httpsAgent: connections.httpsAgent,
    // where our calls go is said by the configuration alone
    proxy: false,
    // what axios would else say of itself
    headers: { 'User-Agent': 'exam-board-integration', 'Accept-Encoding': 'identity' },
    decompress: false,
    responseType: 'stream',
    validateStatus: () => true,
  })

  async function answerTo(request: Outgoing, signal: AbortSignal): Promise<UpstreamAnswer> {
    const connection = connections.forOneRequest()
    try {
      const { status, headers, data } = await client.request<Readable>({
        method: request.method,
        url: url + request.path,
        headers: request.headers,
        data: request.body,
        signal,
        // axios's own would follow redirects
        transport: connection,
      })
      return { status, headers: asText(headers), body: bodyOf(data) }
    } catch (error) {
      // axios hangs the whole request on its own errors
      const told = axios.isAxiosError(error) ? (error.cause ?? error.message) : error
      const cause = signal.aborted ? signal.reason : told
      throw new BrokenRequest(connection.stage, cause, isNotHttp(cause))
    }
  }

  return {
    send(request) {
      const ending = new AbortController()
      return {
        answer: answerTo(request, ending.signal),
        abort: (reason) => ending.abort(reason),
      }
    },
    dropIdle: () => connections.dropIdle(),
    close: () => connections.close(),
  }
}

function bodyOf(stream: Readable): AnswerBody {
  return {
    async whole(longest) {
      const pieces: Buffer[] = []
      let length = 0
      for await (const piece of stream) {
        length += piece.length
        if (length > longest) throw tooLong(longest)
        pieces.push(piece)
      }
      return Buffer.concat(pieces)
    },
    stream: () => stream,
    drop: () => void stream.destroy(),
    get brokeOff() {
      return stream.errored !== null
    },
  }
}

function asText(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

/** Node's HTTP parser names what it could not read with codes that begin so. */
function isNotHttp(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('HPE_')
}
