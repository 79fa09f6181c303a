import { DependencyFailure } from '@ca/faults'
import { inOwnTime } from '@ca/telemetry'
import { z } from 'zod'
import { readJson } from './answer.ts'
import type { Upstream } from './upstream.ts'

/** Where access tokens of the RM API come from. */
export type TokenSource = {
  /**
   * A token that is valid for at least as long as an operation may take. However many calls wait
   * for one, it is asked for once, and kept until shortly before it ends.
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

/** A token must outlast the operation that uses it, which takes 8 s at most in a system API. */
const marginMs = 10_000
/** A token is fetched for all who wait, in a time of its own: no caller's haste ends it for others. */
const fetchWithinMs = 8_000

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** Gets tokens by client credentials (OAuth 2.0, RFC 6749 section 4.4). */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  let kept: { token: string; until: number } | undefined
  let fetching: Promise<string> | undefined

  async function token(): Promise<string> {
    if (kept && kept.until > performance.now()) return kept.token
    fetching ??= fetchAndKeep().finally(() => {
      fetching = undefined
    })
    return fetching
  }

  async function fetchAndKeep(): Promise<string> {
    // its life may have begun as soon as it was asked for, however late the answer came
    const askedAt = performance.now()
    const { access_token, expires_in } = await inOwnTime(fetchWithinMs, () => fetchToken(options))
    kept = { token: access_token, until: askedAt + expires_in * 1000 - marginMs }
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
