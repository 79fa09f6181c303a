/** Comment lines, each with a number of its own; a PDF may have comments between its objects. */
const filler = Buffer.from(
  Array.from({ length: 1024 }, (_, line) => `% ${`${line}`.padStart(61, '.')}\n`).join(''),
)

/**
 * A document made to be exactly `bytes` long, by comments between its contents and the table of
 * them at its end. However long it is, it takes no more memory than the document: the pieces of
 * all documents share one filler.
 * @param document ends as pdfkit has it, in a table and the table's offset
 * @param bytes at least 64 more than it is long
 */
export function* piecesOfSize(document: Buffer, bytes: number): Generator<Uint8Array> {
  const offsetAt = document.lastIndexOf('startxref\n')
  const tableAt = Number.parseInt(document.toString('latin1', offsetAt + 'startxref\n'.length), 10)
  const table = document.subarray(tableAt, offsetAt)
  const fillerBytes = bytes - tableAt - table.length - ending(0).length

  yield document.subarray(0, tableAt)
  // the last line may be cut short, and still has to end
  for (let left = fillerBytes - 1; left > 0; left -= filler.length) yield filler.subarray(0, left)
  yield Buffer.concat([Buffer.from('\n'), table, ending(tableAt + fillerBytes)])
}

/** The end of a document whose table is at this offset, always of one length. */
function ending(tableAt: number): Buffer {
  return Buffer.from(`startxref\n${`${tableAt}`.padStart(10, '0')}\n%%EOF\n`)
}
