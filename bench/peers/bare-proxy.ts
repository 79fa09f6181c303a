import { readFileSync } from 'node:fs'
import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import { Pool } from 'undici'

// The measure of everything: what Node does when it only passes requests on. No policy at all.
const [port, upstreamUrl = '', certificateFile, keyFile] = process.argv.slice(2)

const upstream = new Pool(upstreamUrl)

const proxy: RequestListener = (request, response) => {
  const { connection: _, ...headers } = request.headers
  upstream
    .request({ method: 'GET', path: request.url ?? '/', headers })
    .then((answer) => {
      const { connection: _, 'keep-alive': __, ...headers } = answer.headers
      response.writeHead(answer.statusCode, headers)
      answer.body.on('error', () => response.destroy()).pipe(response)
    })
    .catch(() => response.writeHead(502).end())
}

const server =
  certificateFile && keyFile
    ? https.createServer({ cert: readFileSync(certificateFile), key: readFileSync(keyFile) }, proxy)
    : http.createServer(proxy)
server.listen(Number(port), '127.0.0.1', () => process.send?.({ event: 'ready' }))

process.on('disconnect', () => process.exit(0))
