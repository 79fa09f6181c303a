import autocannon from 'autocannon'
import type { Load, Seen, Target } from './load.ts'

/** How much: for a time, or until so many are answered. */
type Amount = Pick<Load, 'connections'> & ({ seconds: number } | { requests: number })

/** Runs autocannon in this process. */
export async function cannonade(target: Target, amount: Amount): Promise<Seen> {
  const next = sessionsOf(target)
  const [before = '', after] = target.path.split('{session}')
  let made = 0
  const result = await autocannon({
    url: target.origin,
    connections: amount.connections,
    ...('seconds' in amount ? { duration: amount.seconds } : { amount: amount.requests }),
    timeout: 20,
    // it ends at a sample: by itself they are a second apart
    sampleInt: 100,
    requests: [
      {
        // each of its connections would else go through a list of requests in the same order
        setupRequest(request) {
          made += 1
          return {
            ...request,
            path: after === undefined ? before : `${before}${next()}${after}`,
            headers: { ...target.headers, 'X-TRANSACTION-ID': `bench-${made}` },
          }
        },
      },
    ],
  })
  return {
    answered: result.requests.total,
    seconds: result.duration,
    bytes: result.throughput.total,
    refused: result.non2xx,
    broken: result.errors + result.timeouts,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }
}

/** The same sessions in the same order as wrk.lua has them. */
function sessionsOf({ sessions: { first, count, herd } }: Target): () => number {
  let requests = 0
  return () => {
    requests += 1
    if (herd === 1) return first + (requests % count)
    if (requests % 10 === 0) return first + ((requests * 7919) % count)
    return first + (Math.floor(requests / herd) % count)
  }
}
