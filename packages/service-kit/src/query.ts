import type { FaultDetail } from '@ca/faults'
import { decode, notDecoded } from './percent-encoding.ts'

/**
 * Reads the query of a request target. `URLSearchParams` would turn what is not UTF-8 into
 * replacement characters and pass over repetitions; here neither goes through.
 * @param details what is wrong is added here
 */
export function readQuery(target: string, details: FaultDetail[]): Record<string, string> {
  const query: Record<string, string> = Object.create(null)
  const start = target.indexOf('?')
  if (start < 0) return query
  const text = target.slice(start + 1)
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const end = pair.indexOf('=')
    const name = decodeForm(end < 0 ? pair : pair.slice(0, end))
    const value = decodeForm(end < 0 ? '' : pair.slice(end + 1))
    if (name === undefined || value === undefined) {
      details.push({ in: 'query', name: speakable(name ?? 'query'), issue: notDecoded })
    } else if (name in query) {
      details.push({ in: 'query', name: speakable(name), issue: 'is given more than once' })
    } else {
      query[name] = value
    }
  }
  return query
}

/** In a query a plus is a space. */
function decodeForm(part: string): string | undefined {
  return decode(part.includes('+') ? part.replaceAll('+', ' ') : part)
}

/** A name from a request may come back in a fault only if it can do no harm wherever that is shown. */
export function speakable(name: string): string {
  return /^[\w.[\]/-]{1,64}$/.test(name) ? name : '(a name that is not repeated here)'
}
