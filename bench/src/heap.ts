/**
 * What is left in a process's heap when all garbage has been collected, in bytes.
 * @param inspectorPort where its inspector listens
 * @throws {Error} when the inspector does not answer
 */
export async function heapAfterCollection(inspectorPort: number): Promise<number> {
  const pages = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
  const [page] = (await pages.json()) as { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(page?.webSocketDebuggerUrl ?? '')
  await eventOf(socket, 'open')
  try {
    await ask(socket, 1, 'HeapProfiler.collectGarbage')
    const { usedSize } = await ask(socket, 2, 'Runtime.getHeapUsage')
    return Number(usedSize)
  } finally {
    socket.close()
  }
}

async function ask(socket: WebSocket, id: number, method: string) {
  socket.send(JSON.stringify({ id, method }))
  const { data } = (await eventOf(socket, 'message')) as Event & { data: string }
  const { result } = JSON.parse(data) as { result?: Record<string, unknown> }
  return result ?? {}
}

function eventOf(socket: WebSocket, name: 'open' | 'message'): Promise<Event> {
  return new Promise((resolve, reject) => {
    socket.addEventListener(name, resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), {
      once: true,
    })
  })
}
