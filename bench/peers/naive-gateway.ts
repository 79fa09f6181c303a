import { contract } from '@ca/contracts'
import axios from 'axios'
import express from 'express'
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import CircuitBreaker from 'opossum'

// The field's usual parts, each used as its first page of documentation has it: a contract at the
// door, a breaker and a client towards what is behind. Credentials are there and nothing compares
// them; there is no log line, no deadline, no retry.
const [port, upstreamUrl = ''] = process.argv.slice(2)

const upstream = new CircuitBreaker((url: string, headers: Record<string, string>) =>
  axios.get(url, { headers }),
)

const api = new OpenAPIBackend({
  definition: contract('ca-results-xapi').document as unknown as Document,
  // it knows OpenAPI 3.0 and would refuse 3.1
  quick: true,
  securityHandlers: { clientId: () => true, clientSecret: () => true },
  handlers: {
    async getSessionResultStatus(
      _context: Context,
      request: express.Request,
      response: express.Response,
    ) {
      const { data } = await upstream.fire(`${upstreamUrl}${request.originalUrl}`, {
        'X-TRANSACTION-ID': request.get('X-TRANSACTION-ID') ?? '',
      })
      response.json(data)
    },
    validationFail: ({ validation }: Context, _request: unknown, response: express.Response) =>
      response.status(400).json(validation.errors),
    notFound: (_context: Context, _request: unknown, response: express.Response) =>
      response.status(404).json({}),
  },
})
await api.init()

const app = express()
app.use(express.json())
app.use((request, response, next) => {
  const { method, path, body, query, headers } = request
  api
    .handleRequest(
      { method, path, body, query: query as never, headers: headers as never },
      request,
      response,
    )
    .catch(next)
})
app.listen(Number(port), '127.0.0.1', () => process.send?.({ event: 'ready' }))

process.on('disconnect', () => process.exit(0))
