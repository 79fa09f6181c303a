import { createHash } from 'node:crypto'

/** A candidate's hand: numbers from 0 to below 1 that look random, always the same for a seed. */
export type Hand = () => number

export function createHand(seed: string): Hand {
  const bytes = createHash('shake256', { outputLength: 16_384 }).update(seed).digest()
  let next = 0
  return () => bytes.readUInt8(next++ % bytes.length) / 256
}

/** What handwriting is drawn on, as far as it is needed. */
type Sheet = {
  moveTo(x: number, y: number): unknown
  bezierCurveTo(
    ...points: [x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  ): unknown
}

/** Draws a line of words that nobody can read, along `y` and from `x` to `end` at most. */
export function write(sheet: Sheet, hand: Hand, x: number, y: number, end: number): void {
  const letter = 9
  let pen = x
  while (true) {
    const letters = 2 + Math.floor(hand() * 8)
    if (pen + letters * letter > end) return
    sheet.moveTo(pen, y)
    for (let count = 0; count < letters; count += 1) {
      // every third letter or so is a tall one, and a few have a tail
      const kind = hand()
      const height = kind < 0.3 ? 17 : kind < 0.4 ? -7 : 8
      const lean = Math.round(hand() * 8)
      const drift = Math.round(hand() * 2)
      sheet.bezierCurveTo(
        pen + lean,
        y - height,
        pen + letter + 3,
        y - height,
        pen + letter,
        y - drift,
      )
      pen += letter
    }
    pen += 8
  }
}
