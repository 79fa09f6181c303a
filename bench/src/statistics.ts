/** What several rounds gave: the middle one, and the range of all. */
export type Measured = { readonly median: number; readonly least: number; readonly most: number }

/** @returns undefined where there is nothing to speak of */
export function measured(values: readonly (number | undefined)[]): Measured | undefined {
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[]
  if (known.length === 0) return undefined
  return { median: median(known), least: Math.min(...known), most: Math.max(...known) }
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2
}

/**
 * The straight line through points, by least squares.
 * @param points at least three
 * @returns its slope, and the slope's standard error
 */
export function trend(points: readonly (readonly [x: number, y: number])[]) {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const meanX = mean(points.map(([x]) => x))
  const meanY = mean(points.map(([, y]) => y))
  const spreadX = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spreadX
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spreadX) }
}
