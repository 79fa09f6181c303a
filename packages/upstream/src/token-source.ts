import { DependencyFailure } from '@ca/faults'
import { currentTransaction, inOwnTime, type Transaction } from '@ca/telemetry'
import { z } from 'zod'
import { readJson } from './answer.ts'
import type { Upstream } from './upstream.ts'

/** Where access tokens of the RM API come from. */
export type TokenSource = {
  /**
   * A token that is valid for at least as long as an operation may take. However many calls wait
   * for one, it is asked for once, and kept until shortly before it ends. Where no answer comes,
   * those who have not asked themselves do so after a second, and the first answer is for all.
   * @throws {DependencyFailure} when none can be had
   */
  token(): Promise<string>
  /**
   * Makes a call with a token; where the other system refuses the token with 401, once more with
   * a new one.
   */
  withToken<T>(call: (token: string) => Promise<T>): Promise<T>
}

type TokenSourceOptions = {
  upstream: Upstream
  clientId: string
  clientSecret: string
}

type Fetch = { token: Promise<string>; sharedUntil: number }

/** A token must outlast the operation that uses it, which takes 8 s at most in a system API. */
const marginMs = 10_000
/** A token is fetched for all who wait, in a time of its own: no caller's haste ends it for others. */
const fetchWithinMs = 8_000
/**
 * How long others wait for a fetch without an answer. It may hang on a connection that is dead, and
 * then all would wait for its time-out, however well RM is by now. No call asks twice.
 */
const sharedForMs = 1_000

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** Gets tokens by client credentials (OAuth 2.0, RFC 6749 section 4.4). */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  let kept: { token: string; until: number } | undefined
  let newest: Fetch | undefined
  const underWay = new Set<Transaction>()
  const waiting = new Set<(token: string) => void>()

  async function token(): Promise<string> {
    const now = performance.now()
    if (kept && kept.until > now) return kept.token
    if (newest && newest.sharedUntil > now) return share(newest)
    const own = { token: fetchAndKeep(), sharedUntil: now + sharedForMs }
    newest = own
    const forget = () => {
      if (newest === own) newest = undefined
    }
    own.token.then(forget, forget)
    return firstOf(own.token)
  }

  /** Waits for a fetch that another call has begun, and asks anew when that takes too long. */
  function share(fetch: Fetch): Promise<string> {
    const caller = currentTransaction()
    const impatient = Promise.withResolvers<string>()
    const timer = setTimeout(() => {
      if (!caller?.endedBy) impatient.resolve(token())
    }, fetch.sharedUntil - performance.now())
    const shared = fetch.token.finally(() => clearTimeout(timer))
    return firstOf(Promise.race([shared, impatient.promise]))
  }

  /** The token that is waited for, or that of another fetch which is answered before. */
  function firstOf(awaited: Promise<string>): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    waiting.add(resolve)
    awaited.then(resolve, reject).finally(() => waiting.delete(resolve))
    return promise
  }

  async function fetchAndKeep(): Promise<string> {
    // its life may have begun as soon as it was asked for, however late the answer came
    const askedAt = performance.now()
    const { access_token, expires_in } = await inOwnTime(fetchWithinMs, async () => {
      const own = currentTransaction() as Transaction
      underWay.add(own)
      return fetchToken(options).finally(() => underWay.delete(own))
    })
    kept = { token: access_token, until: askedAt + expires_in * 1000 - marginMs }
    for (const take of waiting) take(access_token)
    newest = undefined
    // the others are no longer waited for, and how they would end says nothing of the upstream now
    for (const other of underWay) other.callerLeft()
    return access_token
  }

  return {
    token,
    async withToken(call) {
      const first = await token()
      try {
        return await call(first)
      } catch (error) {
        if (!(error instanceof DependencyFailure) || error.status !== 401) throw error
        // another call may have fetched a new one meanwhile
        if (kept?.token === first) kept = undefined
        return call(await token())
      }
    },
  }
}

async function fetchToken({ upstream, clientId, clientSecret }: TokenSourceOptions) {
  const answer = await upstream.call(
    {
      operation: 'token',
      method: 'POST',
      path: '/auth/token',
      form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
      isRead: true,
    },
    readJson,
  )
  const parsed = tokenSchema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new DependencyFailure(upstream.name, 'failed', 'its token answer has not the agreed form')
}
