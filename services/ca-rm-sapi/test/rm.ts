import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Directive = Record<string, unknown>
type Order = { clientReference: string; customerDirectives: Directive[] }

/** What RM does with an order, instead of taking it and answering. */
export type Mishap =
  | 'breaks before it has read the order'
  | 'breaks before it takes the order'
  | 'takes the order and breaks'
  | 'takes the order and breaks in the middle of its answer'
  | 'takes the order and answers something else'
  | 'takes the order and never answers'
  | 'takes the order when it is told to'
  | 'refuses the token'
  | 'does not know a candidate'
  | 'has an error'

/** An RM that takes every order for a new one, as the real one does, and has mishaps as told. */
export async function startRm(port = 0) {
  const rm = {
    url: '',
    /** The orders that it has taken. */
    orders: [] as Order[],
    /** How often it was asked whether it has an order. */
    lookUps: 0,
    /** What happens with the next orders, one each. */
    mishaps: [] as Mishap[],
    /** The bytes of every script. */
    script: Buffer.from('%PDF-1.7 %%EOF'),
    scriptType: 'application/pdf',
    /** Where a script breaks off, in bytes. */
    scriptBreaksAt: Number.POSITIVE_INFINITY,
    /** Called when a token is asked for; it is given when what this returns is settled. */
    onToken: async () => {},
    /** Called when an order has been taken; its answer waits for what it returns. */
    onOrder: async () => {},
    takeOrder: () => {},
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function order(request: http.IncomingMessage, response: http.ServerResponse) {
    const mishap = rm.mishaps.shift()
    if (mishap === 'breaks before it has read the order')
      return void request.socket.resetAndDestroy()
    const given: Order = JSON.parse(await text(request))
    if (mishap === 'breaks before it takes the order') return void request.socket.resetAndDestroy()
    if (mishap === 'refuses the token') return answer(response, 401, { error: 'invalid_token' })
    if (mishap === 'does not know a candidate') return answer(response, 422, { error: 'unknown' })
    if (mishap === 'has an error') return answer(response, 500, {})

    if (mishap === 'takes the order when it is told to') {
      await new Promise<void>((resolve) => {
        rm.takeOrder = resolve
      })
    }

    const customerDirectives = given.customerDirectives.map((directive, at) => ({
      directiveId: `D-${rm.orders.length + 1}-${at}`,
      status: 'AVAILABLE',
      docStorePageIds: [`SC-${rm.orders.length + 1}-${at}`],
      ...directive,
    }))
    const taken = { clientReference: given.clientReference, customerDirectives }
    rm.orders.push(taken)
    await rm.onOrder()
    switch (mishap) {
      case 'takes the order and breaks':
        return void request.socket.resetAndDestroy()
      case 'takes the order and breaks in the middle of its answer':
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': 1000 })
        response.write('{"customerDirectives":[')
        return void setImmediate(() => request.socket.destroy())
      case 'takes the order and answers something else':
        return answer(response, 201, { ok: true })
      case 'takes the order and never answers':
        return
      default:
        return answer(response, 201, taken)
    }
  }

  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://rm')
    if (url.pathname === '/auth/token') {
      await rm.onToken()
      return answer(response, 200, { access_token: 'a-token', expires_in: 3600 })
    }
    if (request.headers.authorization !== 'Bearer a-token') return answer(response, 401, {})
    if (request.method === 'POST' && url.pathname === '/scripts') return order(request, response)
    if (url.pathname === '/scripts') {
      rm.lookUps += 1
      const reference = url.searchParams.get('clientReference')
      const orders = rm.orders.filter(({ clientReference }) => clientReference === reference)
      return answer(response, 200, { orders })
    }
    if (!url.pathname.startsWith('/scripts/pdf/SC-')) return answer(response, 404, {})
    const length = rm.script.length
    response.writeHead(200, { 'content-type': rm.scriptType, 'content-length': length })
    if (rm.scriptBreaksAt >= length) return response.end(rm.script)
    response.write(rm.script.subarray(0, rm.scriptBreaksAt), () => request.socket.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  rm.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return rm
}

export type Rm = Awaited<ReturnType<typeof startRm>>

function answer(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
