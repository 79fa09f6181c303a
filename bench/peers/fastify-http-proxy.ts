import httpProxy from '@fastify/http-proxy'
import { fastify } from 'fastify'

// Fastify's own proxy, as its documentation has it: no policy.
const [port, upstreamUrl = ''] = process.argv.slice(2)

const app = fastify()
await app.register(httpProxy, { upstream: upstreamUrl })
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.send?.({ event: 'ready' })

process.on('disconnect', () => process.exit(0))
