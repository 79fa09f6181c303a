import { randomBytes } from 'node:crypto'

/** The access tokens that this RM has given out. They are gone when it restarts. */
export type Tokens = {
  /** How long a token lives, in seconds. */
  readonly lifetimeSeconds: number
  /** Makes a token, valid from now on. */
  issue(): string
  /** Whether this RM gave the token out and its time is not over. */
  isValid(token: string): boolean
}

/**
 * @param lifetimeSeconds how long each token lives
 * @param now the clock, in milliseconds
 */
export function createTokens(
  lifetimeSeconds: number,
  now: () => number = () => performance.now(),
): Tokens {
  const endOf = new Map<string, number>()

  function forgetEnded(): void {
    // all tokens live equally long, so the map is in the order in which they end
    for (const [token, end] of endOf) {
      if (end > now()) return
      endOf.delete(token)
    }
  }

  return {
    lifetimeSeconds,
    issue() {
      forgetEnded()
      const token = randomBytes(32).toString('base64url')
      endOf.set(token, now() + lifetimeSeconds * 1000)
      return token
    },
    isValid: (token) => (endOf.get(token) ?? 0) > now(),
  }
}
