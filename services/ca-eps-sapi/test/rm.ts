import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** RM's token endpoint as a test wants it: how it answers can change while it runs. */
export async function startRm(port = 0) {
  const rm = {
    url: '',
    /** The bodies of the requests so far. */
    asked: [] as string[],
    status: 200,
    expiresIn: 3600,
    /** Held requests are answered when it is called. */
    release: () => {},
    hold() {
      held = new Promise((resolve) => {
        rm.release = resolve
      })
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  let held: Promise<void> = Promise.resolve()

  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    rm.asked.push(Buffer.concat(chunks).toString())
    await held
    response.writeHead(rm.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: 'a-token', expires_in: rm.expiresIn }))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  rm.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return rm
}

export type Rm = Awaited<ReturnType<typeof startRm>>
