import { existsSync } from 'node:fs'
import { configuredPeer } from './configured-peer.ts'
import type { Contender } from './contender.ts'
import { nodePeer } from './node-peer.ts'
import { resultsXapi } from './results-xapi.ts'
import type { Site } from './site.ts'

/** What every other contender is measured by. */
export const bareProxy = nodePeer('bare proxy', 'bare-proxy.ts')

export const fastifyProxy = nodePeer('@fastify/http-proxy', 'fastify-http-proxy.ts')

/** From 2020, with half a thousand packages: whoever wants it beside the others installs it. */
const expressGateway = nodePeer('express-gateway', 'express-gateway.cjs', {
  environment: { LOG_LEVEL: 'error' },
  missing: () =>
    existsSync(new URL('../../.local/express-gateway/node_modules', import.meta.url))
      ? undefined
      : 'it is no dependency of ours: bench/README.md says how to install it',
})

/** All that can pass a request on. */
const all: readonly Contender[] = [
  bareProxy,
  // beside what it is compared with most
  resultsXapi,
  fastifyProxy,
  configuredPeer({
    program: 'nginx',
    configuration: 'nginx.conf',
    args: (file) => ['-c', file, '-e', 'stderr'],
  }),
  configuredPeer({
    program: 'haproxy',
    configuration: 'haproxy.cfg',
    args: (file) => ['-db', '-f', file],
  }),
  expressGateway,
  nodePeer('naive build', 'naive-gateway.ts'),
]

/** Those that are on this machine, and why the others are not. */
export function contendersOn(site: Site) {
  const missing = all.flatMap((contender) => {
    const why = contender.missing?.(site)
    return why === undefined ? [] : [{ contender, why }]
  })
  const absent = new Set(missing.map(({ contender }) => contender))
  return {
    present: all.filter((contender) => !absent.has(contender)),
    missing: missing.map(({ contender, why }) => `${contender.name} is left out: ${why}`),
  }
}
