import { once } from 'node:events'
import net, { type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** A port at which connections are neither made nor refused: whoever tries waits. */
export type DeafPort = {
  readonly port: number
  close(): Promise<void>
}

/** Listens with a queue as short as can be, and then never takes anybody out of it. */
const listener = `
  const { parentPort, workerData } = require('node:worker_threads')
  const server = require('node:net').createServer()
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    parentPort.once('message', () => Atomics.wait(new Int32Array(workerData), 0, 0))
  })
`

/**
 * Opens a port whose listener stands still and whose queue is full, as that of a machine that is
 * overrun: the system drops what more arrives, without a word.
 */
export async function openDeafPort(): Promise<DeafPort> {
  const awake = new SharedArrayBuffer(4)
  const worker = new Worker(listener, { eval: true, workerData: awake })
  const [port] = (await once(worker, 'message')) as [number]
  worker.postMessage('stand still')

  const queue: Socket[] = []
  for (;;) {
    const socket = net.connect({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    queue.push(socket)
    const isMade = await Promise.race([
      once(socket, 'connect').then(() => true),
      // on this machine a connection that can be made is made in a hundredth of that
      once(AbortSignal.timeout(100), 'abort').then(() => false),
    ])
    if (!isMade) break
  }

  return {
    port,
    async close() {
      for (const socket of queue) socket.destroy()
      Atomics.store(new Int32Array(awake), 0, 1)
      Atomics.notify(new Int32Array(awake), 0)
      await worker.terminate()
    },
  }
}
