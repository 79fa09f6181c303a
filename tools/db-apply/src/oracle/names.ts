/** A name as Oracle takes it, capitals and all. What would end the name is refused. */
export function name(text: string): string {
  if (/["\0]/.test(text)) throw new Error('A name may hold no double quote')
  return `"${text}"`
}

/** What Oracle makes of a name that stands in SQL without quotes. */
export function unquoted(text: string): string {
  return text.toUpperCase()
}
