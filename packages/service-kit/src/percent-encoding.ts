/** The issue of text that {@link decode} cannot read. */
export const notDecoded = 'has a % sequence that is not UTF-8'

/** Decodes a part of a request target, once. @returns undefined where its % sequences are no text */
export function decode(part: string): string | undefined {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
