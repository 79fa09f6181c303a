import { createAxiosSender } from './axios-sender.ts'
import type { Sender } from './sender.ts'
import { createUndiciSender } from './undici-sender.ts'

/**
 * Sends between our own layers: by undici, where a request costs a tenth of what it costs with
 * axios, but for scripts, whose megabytes leave less in memory on the connections of the other.
 * (docs/performance.md, docs/decisions/0018)
 * @param url where the upstream is, with its base path and without a slash at its end
 */
export function createLayerSender(url: string): Sender {
  const short = createUndiciSender(url)
  const long = createAxiosSender(url)
  return {
    send: (request) => (request.isStreamed ? long : short).send(request),
    dropIdle() {
      short.dropIdle()
      long.dropIdle()
    },
    close() {
      short.close()
      long.close()
    },
  }
}
