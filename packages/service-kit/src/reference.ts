import { createReadStream } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Contract } from '@ca/contracts'
import type { Telemetry } from '@ca/telemetry'
import { endUnlessTaken } from './answer.ts'

type ReferenceOptions = {
  contract: Contract
  /** What stands before every path. */
  basePath: string
  telemetry: Telemetry
}

/** Something that a browser, or a tool that reads contracts, may ask for. */
type Page = {
  type: string
  /** How long it may be kept without being asked for again, in seconds. */
  keptFor: number
  content(): Readable | Promise<Readable>
}

const hourS = 3600
const html = 'text/html; charset=utf-8'
const javascript = 'text/javascript; charset=utf-8'
const require = createRequire(import.meta.url)

/**
 * Serves the contract at `/openapi.yaml` and the interactive reference made of it at `/docs`, to
 * anyone: they say how to call, which is no secret, and nothing about who may. All other requests
 * are `otherwise`'s, those included that only begin like one of these.
 *
 * What it takes is loaded when it is asked for the first time: a service that nobody looks at pays
 * nothing for it.
 */
export function withReference(
  otherwise: RequestListener,
  { contract, basePath, telemetry: { log } }: ReferenceOptions,
): RequestListener {
  const starts = [`${basePath}/docs`, `${basePath}/openapi.yaml`] as const
  const [docs, yaml] = starts
  const yamlOnce = once(() => yamlOf(contract, basePath))
  const pages = new Map<string, Page>([
    [docs, textPage(html, () => pageOf(contract))],
    [yaml, textPage('application/yaml', yamlOnce)],
    [`${docs}/reference.js`, textPage(javascript, () => script)],
    [`${docs}/swagger-ui-bundle.js`, filePage(javascript, 'swagger-ui-bundle.js')],
    [`${docs}/swagger-ui.css`, filePage('text/css; charset=utf-8', 'swagger-ui.css')],
    [`${docs}/favicon.png`, filePage('image/png', 'favicon-32x32.png')],
  ])
  const headers = once(loadHeaders)

  return (request, response) => {
    const { method, url = '' } = request
    if (!starts.some((start) => url.startsWith(start))) return otherwise(request, response)
    if (method !== 'GET' && method !== 'HEAD') return otherwise(request, response)
    const [path = ''] = url.split('?', 1)
    const page = pages.get(path)
    if (page) answer(request, response, page).then((end) => record(`${method} ${path}`, end))
    else if (path === `${docs}/`) response.writeHead(308, { Location: '../docs' }).end()
    else otherwise(request, response)
  }

  /** @returns what it broke off with, if it did */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    { type, keptFor, content }: Page,
  ): Promise<NodeJS.ErrnoException | undefined> {
    endUnlessTaken(response)
    try {
      const setHeaders = await headers()
      setHeaders(request, response)
      response.setHeader('Content-Type', type)
      response.setHeader('Cache-Control', keptFor > 0 ? `max-age=${keptFor}` : 'no-cache')
      await pipeline(await content(), response)
      return undefined
    } catch (error) {
      response.destroy()
      return error as Error
    }
  }

  function record(what: string, error: NodeJS.ErrnoException | undefined): void {
    if (!error) log.info({ status: 200 }, `${what} 200`)
    else if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') log.info(`${what} caller left`)
    else log.error({ err: error }, `${what} broken off`)
  }
}

function textPage(type: string, text: () => string | Promise<string>): Page {
  return { type, keptFor: 0, content: async () => Readable.from([await text()]) }
}

/** A page that is a file of swagger-ui. Its own entry would load all of it into this process. */
function filePage(type: string, name: string): Page {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'))
  return { type, keptFor: hourS, content: () => createReadStream(join(folder, name)) }
}

async function loadHeaders() {
  const { default: helmet } = await import('helmet')
  const set = helmet({
    contentSecurityPolicy: {
      // the defaults would have a browser ask a service without TLS over HTTPS
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // it would hold for every port of the host, for all that is developed on localhost too
    strictTransportSecurity: false,
  })
  return (request: IncomingMessage, response: ServerResponse) => set(request, response, () => {})
}

/** The contract in YAML, with the address that it was fetched from as the service's own. */
async function yamlOf({ document }: Contract, basePath: string): Promise<string> {
  const { stringify } = await import('yaml')
  const servers = [{ url: basePath || '/', description: 'Where this was fetched from.' }]
  return stringify(
    { ...document, servers },
    // other readers take `off` and `12:30` for something else than text
    { compat: 'yaml-1.1', lineWidth: 100, aliasDuplicateObjects: false },
  )
}

/** Every address in it is relative: what stands before the base path is not known here. */
function pageOf({ name, document }: Contract): string {
  const { title = name } = (document.info ?? {}) as { title?: string }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asHtml(title)}</title>
<link rel="icon" href="docs/favicon.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/reference.js"></script>
</body>
</html>
`
}

const script = `SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // it would ask a host on the Internet about the contract
  validatorUrl: null,
})
`

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Makes something when it is wanted for the first time, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
