/** A name as SQL Server takes any. */
export function name(text: string): string {
  return `[${text.replaceAll(']', ']]')}]`
}

/** A text as SQL Server reads it back to the letter. */
export function literal(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`
}
