import { randomBytes } from 'node:crypto'

/** A name that no other run has at the same time: `test_eps_4711_a1b2`. */
export function ownName(name: string): string {
  const mark = randomBytes(2).toString('hex')
  return `test_${name.replaceAll('-', '_')}_${process.pid}_${mark}`
}

/** A password that any policy takes. */
export function ownPassword(): string {
  return `Aa1-${randomBytes(9).toString('base64url')}`
}

/** Does it again where it fails, for a few seconds. */
export async function insist(
  work: () => Promise<void>,
  untilMs = Date.now() + 30_000,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (Date.now() > untilMs) throw error
    await new Promise((resolve) => setTimeout(resolve, 100))
    await insist(work, untilMs)
  }
}
