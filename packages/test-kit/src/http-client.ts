import http from 'node:http'
import https from 'node:https'

/** A request as it goes out: nothing is encoded, normalised or added on the way. */
export type Call = {
  method?: string
  /** The request's target, already encoded as the test wants it. */
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

export type Answer = {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  /** The parsed body, undefined where it is not JSON. */
  body: unknown
}

/**
 * Sends a request and reads the answer whole.
 * @param url where the server is; the path is the call's
 * @param ca the certificate authority to trust, for HTTPS
 */
export function send(
  url: string,
  { method = 'GET', path, headers = {}, body }: Call,
  ca?: string,
): Promise<Answer> {
  const { hostname, port, protocol } = new URL(url)
  const client = protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = client.request(
      { hostname, port, method, path, headers, ca, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve(toAnswer(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** Makes an answer of what came over the wire. */
export function toAnswer(status: number, headers: http.IncomingHttpHeaders, bytes: Buffer): Answer {
  const text = bytes.toString()
  return { status, headers, text, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
