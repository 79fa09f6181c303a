/** The least and the most of several rounds. */
export type Spread = readonly [least: number, most: number]

/** One line of the table, and of the JSON file. */
export type Row = {
  readonly scenario: string
  readonly contender: string
  /** Requests a second, as a ratio to the bare proxy's in the same round: the median of the rounds. */
  readonly ratio?: number
  readonly ratioSpread?: Spread
  /** CPU time a request, as a ratio to the bare proxy's in the same round: the median of the rounds. */
  readonly cpuRatio?: number
  readonly cpuRatioSpread?: Spread
  readonly requestsPerSecond?: number
  readonly megabytesPerSecond?: number
  /** CPU time a request, in microseconds. */
  readonly cpuMicros?: number
  /** Milliseconds. */
  readonly p50?: number
  readonly p99?: number
  /** From being spawned to being ready, in milliseconds. */
  readonly readyMs?: number
  /** Resident memory at its highest, in megabytes. */
  readonly memoryMb?: number
  /** What is wrong with its answers; then there are no figures. */
  readonly errors?: string
  /** What is wanted of it. */
  readonly targets?: readonly Target[]
  readonly note?: string
}

/** What is wanted of a contender, and what it came to. */
export type Target = { readonly wanted: string; readonly is: string; readonly met: boolean }

/**
 * @param what a figure's name, such as `CPU`
 * @param value undefined where it could not be measured: then nothing is said of it
 */
export function atMost(what: string, value: number | undefined, limit: number): Target[] {
  return target(what, '≤', value, limit, (value) => value <= limit)
}

/** As {@link atMost}. */
export function atLeast(what: string, value: number | undefined, limit: number): Target[] {
  return target(what, '≥', value, limit, (value) => value >= limit)
}

function target(
  what: string,
  sign: string,
  value: number | undefined,
  limit: number,
  isMet: (value: number) => boolean,
): Target[] {
  if (value === undefined) return []
  const digits = limit < 10 ? 2 : 0
  return [
    {
      wanted: `${what} ${sign} ${limit.toFixed(digits)}`,
      is: value.toFixed(digits),
      met: isMet(value),
    },
  ]
}
