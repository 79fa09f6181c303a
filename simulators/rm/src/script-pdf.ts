import { createHash } from 'node:crypto'
import { Router } from 'express'
import { reply } from './answer.ts'
import { bearer } from './auth.ts'
import type { Conditions } from './conditions.ts'
import type { Endpoint } from './endpoint.ts'
import type { Orders } from './orders.ts'
import { piecesOfSize } from './pdf-size.ts'
import { createScriptDocuments } from './script-document.ts'
import type { Tokens } from './tokens.ts'

const docStorePageIdForm = /^[A-Za-z0-9_-]{1,64}$/

/** The RM Scripts API: GET /scripts/pdf/{docStorePageId} gives a script that was ordered. */
export function scriptPdfApi(
  orders: Orders,
  tokens: Tokens,
  endpoint: Endpoint,
  conditions: Conditions,
): Router {
  const api = Router()
  const scriptDocument = createScriptDocuments()

  api.get(
    '/scripts/pdf/:docStorePageId',
    endpoint('GET /scripts/pdf', [bearer(tokens)], async ({ params }) => {
      const docStorePageId = String(params.docStorePageId)
      if (!docStorePageIdForm.test(docStorePageId)) return reply(400, { error: 'invalid_request' })
      const script = orders.script(docStorePageId)
      if (!script) return reply(404, { error: 'not_found' })

      const document = await scriptDocument(docStorePageId, script)
      const { pdfBytes: bytes = document.length } = conditions.settings
      return {
        status: 200,
        headers: {
          'Cache-Control': 'private, no-store',
          'Content-Disposition': `attachment; filename="${docStorePageId}.pdf"`,
          ETag: `"${createHash('sha256').update(document).digest('base64url')}-${bytes}"`,
        },
        body: {
          type: 'application/pdf',
          bytes,
          pieces: bytes === document.length ? [document] : piecesOfSize(document, bytes),
        },
      }
    }),
  )

  return api
}
