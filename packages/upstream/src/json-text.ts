const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
const [openBracket, closeBracket] = [0x5b, 0x5d]
const [openBrace, closeBrace] = [0x7b, 0x7d]
const space = 0x20

/**
 * Whether bytes are one JSON text (RFC 8259): says yes to what `JSON.parse` takes and no to the rest,
 * and makes nothing of it. Where the bytes go on as they came, that is all there is to know, and it
 * costs less (docs/performance.md).
 *
 * Each `after…` looks for something at a place and says where it ends; where there is none, that is
 * beyond the end of all bytes, where nothing else is found either.
 * @param bytes known to be UTF-8
 */
export function isJson(bytes: Uint8Array): boolean {
  /** What closes the lists and objects that are open here, the innermost last. */
  const open: number[] = []
  let at = afterSpace(bytes, 0)
  for (;;) {
    const first = bytes[at]
    if (first === openBrace || first === openBracket) {
      const close = first === openBrace ? closeBrace : closeBracket
      at = afterSpace(bytes, at + 1)
      if (bytes[at] !== close) {
        open.push(close)
        if (first === openBrace) at = afterName(bytes, at)
        continue
      }
      at += 1
    } else {
      at = afterScalar(bytes, at)
    }

    for (let isInside = true; isInside; ) {
      at = afterSpace(bytes, at)
      const close = open[open.length - 1]
      if (close === undefined) return at === bytes.length
      if (bytes[at] === comma) {
        at = afterSpace(bytes, at + 1)
        if (close === closeBrace) at = afterName(bytes, at)
        isInside = false
      } else if (bytes[at] === close) {
        at += 1
        open.pop()
      } else {
        return false
      }
    }
  }
}

function afterSpace(bytes: Uint8Array, from: number): number {
  let at = from
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte > space || (byte !== space && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) break
  }
  return at
}

/** A member's name and its colon, up to its value. */
function afterName(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return nowhere(bytes)
  const at = afterSpace(bytes, afterString(bytes, from))
  return bytes[at] === colon ? afterSpace(bytes, at + 1) : nowhere(bytes)
}

function afterScalar(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case quote:
      return afterString(bytes, at)
    case 0x74:
      return afterWord(bytes, at, 'true')
    case 0x66:
      return afterWord(bytes, at, 'false')
    case 0x6e:
      return afterWord(bytes, at, 'null')
    default:
      return afterNumber(bytes, at)
  }
}

function afterWord(bytes: Uint8Array, from: number, word: string): number {
  for (let at = 0; at < word.length; at += 1) {
    if (bytes[from + at] !== word.charCodeAt(at)) return nowhere(bytes)
  }
  return from + word.length
}

/** @param from where its first quote is */
function afterString(bytes: Uint8Array, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    if (byte === quote) return at + 1
    if (byte < space) break
    if (byte === backslash) at = lastOfEscape(bytes, at)
  }
  return nowhere(bytes)
}

function lastOfEscape(bytes: Uint8Array, from: number): number {
  const kind = bytes[from + 1]
  if (kind === undefined) return nowhere(bytes)
  if (kind !== 0x75)
    return '"\\/bfnrt'.includes(String.fromCharCode(kind)) ? from + 1 : nowhere(bytes)
  for (let at = from + 2; at < from + 6; at += 1) if (!isHex(bytes[at])) return nowhere(bytes)
  return from + 5
}

function afterNumber(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from
  at = bytes[at] === 0x30 ? at + 1 : afterDigits(bytes, at)
  if (bytes[at] === 0x2e) at = afterDigits(bytes, at + 1)
  if (((bytes[at] ?? 0) | 0x20) !== 0x65) return at
  const sign = bytes[at + 1]
  return afterDigits(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1)
}

/** One digit or more. */
function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && isDigit(bytes[at])) at += 1
  return at > from ? at : nowhere(bytes)
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isHex(byte = 0): boolean {
  const lower = byte | 0x20
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66)
}

function nowhere(bytes: Uint8Array): number {
  return bytes.length + 1
}
