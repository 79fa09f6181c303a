import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** The answers that a server still owes, by the connection that they will go out on, oldest first. */
export class OwedAnswers {
  readonly #bySocket = new Map<Duplex, Set<ServerResponse>>()

  add(response: ServerResponse): void {
    const { socket } = response.req
    const owed = this.#bySocket.get(socket) ?? this.#watch(socket)
    owed.add(response)
    response.once('close', () => owed.delete(response))
  }

  /** The last answer that is owed on a connection, which is to the last request that came in there. */
  lastOn(socket: Duplex): ServerResponse | undefined {
    return [...(this.#bySocket.get(socket) ?? [])].at(-1)
  }

  all(): ServerResponse[] {
    return [...this.#bySocket.values()].flatMap((owed) => [...owed])
  }

  #watch(socket: Duplex): Set<ServerResponse> {
    const owed = new Set<ServerResponse>()
    this.#bySocket.set(socket, owed)
    socket.once('close', () => {
      this.#bySocket.delete(socket)
      // of answers that wait for each other, Node tells only the first that the connection is lost
      for (const response of owed) if (!response.socket) response.emit('close')
    })
    return owed
  }
}
