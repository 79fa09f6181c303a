import { buffer } from 'node:stream/consumers'
import { createHand, type Hand, write } from './handwriting.ts'
import type { ScriptKeys } from './stored-script.ts'

const left = 60
const right = 535
const lineSpacing = 34

/** The PDF of a stored script. The same id gives the same bytes, less than 64 KiB. */
export type ScriptDocuments = (docStorePageId: string, keys: ScriptKeys) => Promise<Buffer>

/** Makes scripts' documents, and keeps those that were wanted last: making one takes 10 ms. */
export function createScriptDocuments(): ScriptDocuments {
  const most = 100
  const kept = new Map<string, Promise<Buffer>>()

  return (docStorePageId, keys) => {
    const document = kept.get(docStorePageId) ?? scriptDocument(docStorePageId, keys)
    kept.delete(docStorePageId)
    kept.set(docStorePageId, document)
    for (const eldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(eldest)
    }
    return document
  }
}

/** Draws a cover page that says whose script it is, and pages of answers. */
async function scriptDocument(docStorePageId: string, keys: ScriptKeys): Promise<Buffer> {
  // 30 MB and 0.1 s that an RM of which nobody wants a script does not spend
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: 'A4',
    margin: left,
    info: {
      Title: `Script ${docStorePageId}`,
      Creator: 'RM simulator',
      Producer: 'RM simulator',
      // the file's own id is made from all of these
      CreationDate: new Date('2026-06-01T00:00:00Z'),
    },
  })
  const bytes = buffer(document)
  const hand = createHand(docStorePageId)
  const pages = 3 + Math.floor(hand() * 3)
  drawCover(document, docStorePageId, keys, pages)
  for (let page = 1; page <= pages; page += 1) {
    drawAnswers(document, hand, `${docStorePageId}, page ${page} of ${pages}`)
  }
  document.end()
  return bytes
}

function drawCover(
  document: PDFKit.PDFDocument,
  docStorePageId: string,
  keys: ScriptKeys,
  pages: number,
): void {
  document.font('Helvetica-Bold').fontSize(26).text('Answer booklet', left, 90)
  document.font('Helvetica').fontSize(11).fillColor('#555555')
  document.text('Made by a simulator. No real candidate wrote this.', left, 126)
  const lines = [
    ['Business stream', keys.businessStreamId],
    ['Session', `${keys.sessionId}`],
    ['Centre number', keys.centreId],
    ['Candidate number', keys.candidateNumber],
    ['Assessment', keys.assessmentCode],
    ['Component', keys.componentId],
    ['Pages of answers', `${pages}`],
    ['Script', docStorePageId],
  ]
  let y = 180
  for (const [name = '', value = ''] of lines) {
    document.fillColor('#555555').fontSize(11).text(name, left, y, { lineBreak: false })
    document
      .fillColor('#000000')
      .fontSize(14)
      .text(value, 220, y - 2, { lineBreak: false })
    y += 34
    document
      .moveTo(left, y - 12)
      .lineTo(right, y - 12)
      .lineWidth(0.5)
      .stroke('#bbbbbb')
  }
}

function drawAnswers(document: PDFKit.PDFDocument, hand: Hand, heading: string): void {
  document.addPage()
  document.fillColor('#555555').fontSize(9).text(heading, left, 36, { lineBreak: false })
  const lines = Array.from({ length: 20 }, (_, index) => 100 + index * lineSpacing)
  for (const y of lines) document.moveTo(left, y).lineTo(right, y)
  document.lineWidth(0.5).stroke('#c9d6e8')
  const written = 6 + Math.floor(hand() * 14)
  for (const y of lines.slice(0, written)) {
    const indent = Math.floor(hand() * 20)
    write(document, hand, left + indent, y - 3, right - Math.floor(hand() * hand() * 300))
  }
  document.lineWidth(1.1).lineJoin('round').lineCap('round').stroke('#1f3a7a')
}
