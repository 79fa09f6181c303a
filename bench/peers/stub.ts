import { createServer } from 'node:http'

// What stands behind every contender: it answers at once what was made beforehand, and looks at
// nothing but the path. Who posts gets a token, as from RM.
const [port, pdfBytes] = process.argv.slice(2).map(Number)

const token = Buffer.from(JSON.stringify({ access_token: 'token', expires_in: 86_400 }))
const page = pageOf(6)
const longList = pageOf(2000)
const pdf = Buffer.alloc(pdfBytes ?? 0, '%PDF-1.7 ')

function pageOf(length: number): Buffer {
  const items = Array.from({ length }, (_, i) => ({
    businessStreamId: '04',
    sessionId: 3229,
    assessmentCode: `R${1000 + i}`,
    resultStatus: 'ISSUED',
    issuedDateTime: '2026-08-13T05:00:00Z',
    releasedDateTime: '2026-08-20T07:00:00Z',
  }))
  return Buffer.from(JSON.stringify({ items, page: { offset: 0, limit: length, total: length } }))
}

const server = createServer(({ method, url = '' }, response) => {
  const isPdf = url.includes('/pdf/')
  const json = method === 'POST' ? token : url.includes('limit=2000') ? longList : page
  const body = isPdf ? pdf : json
  response.writeHead(200, {
    'Content-Type': isPdf ? 'application/pdf' : 'application/json',
    'Content-Length': body.length,
  })
  response.end(body)
})
// contenders wait for their turn longer than Node keeps a connection
server.keepAliveTimeout = 600_000
server.listen(port, '127.0.0.1', () => process.send?.({ event: 'ready' }))

process.on('disconnect', () => process.exit(0))
