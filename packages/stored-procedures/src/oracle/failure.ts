import { DependencyFailure } from '@ca/faults'

/** The numbers of `RAISE_APPLICATION_ERROR`: the procedure's own. */
const firstOwnNumber = 20_000
const lastOwnNumber = 20_999

/** What the driver puts before whatever the server or the network says of a connection's end. */
const goneCode = 'NJS-500'

/** Errors of the server that pass: the same call, made again, may well be answered. */
const passing = new Map<unknown, string>([
  [60, 'the server chose it to end a deadlock'],
  [1466, 'a table was changed while it was read'],
  [1555, 'the state that it read is no longer kept'],
  [4061, 'the procedure was replaced while it ran'],
  [4065, 'the procedure was replaced while it ran'],
  [4068, 'the procedure was replaced while it ran'],
])

/**
 * What it means that no connection could be made. A wrong password is no different: a server that
 * is only just starting can refuse a login as well.
 * @param name the database's
 * @param error as the driver threw it
 */
export function noConnection(name: string, error: unknown): DependencyFailure {
  const codes = codesOf(error)
  const what = codes ? `no connection (${codes})` : `no connection: ${(error as Error).message}`
  return new DependencyFailure(name, 'unreachable', what, { repeat: 'any', cause: error })
}

/**
 * What the failure of a call means. There is more to read in its cause, for the log: the message of
 * an SQL error may well quote what was asked.
 * @param name the database's
 * @param error as the driver threw it, or we did in reading what it gave
 * @param isHealthy whether the connection is still there
 */
export function callFailed(name: string, error: unknown, isHealthy: boolean): unknown {
  const codes = codesOf(error)
  const number = numberOf(error)
  const unreachable = (what: string) =>
    new DependencyFailure(name, 'unreachable', what, { repeat: 'reads', cause: error })

  if (number >= firstOwnNumber && number <= lastOwnNumber) {
    return new DependencyFailure(name, 'refused', codes, { cause: error })
  }
  if (!isHealthy || codes.startsWith(goneCode)) {
    return unreachable(`the connection broke (${codes})`)
  }
  const passes = passing.get(number)
  if (passes) return unreachable(`${passes} (${codes})`)
  return codes ? new DependencyFailure(name, 'failed', codes, { cause: error }) : error
}

/** Whether a connection is as good as before, though a call on it failed: the server said why. */
export function endsWell(error: unknown): boolean {
  return numberOf(error) > 0
}

/** The server's number of an error, as in `ORA-20001`; 0 for one that is not the server's. */
function numberOf(error: unknown): number {
  return (error as { errorNum?: number }).errorNum ?? 0
}

/** The codes that a driver's error has and quotes, such as `ORA-06550, PLS-00201`, each once. */
function codesOf(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string }
  return [...new Set(`${code} ${code && message}`.match(/\b[A-Z]{3}-\d{3,5}\b/g))].join(', ')
}
