/**
 * By how much every port is moved, for a PORT_OFFSET that was asked for.
 *
 * A service's management port lies 1000 above its API port. Moved by 1000, the API port would be
 * the management port of the landscape that was not moved, and the two could not run side by side,
 * and so for every odd multiple of 1000. These are moved on by another 10000; all others are taken
 * as they are.
 */
export function effectiveOffset(portOffset: number): number {
  return Math.abs(portOffset % 2000) === 1000 ? portOffset + 10_000 : portOffset
}

/**
 * Reads PORT_OFFSET.
 * @param text the setting; none or an empty one is 0
 * @param ports the ports that it moves
 * @throws {Error} in one line, when it is no whole number or moves a port out of 1 to 65535
 */
export function parsePortOffset(text: string | undefined, ports: readonly number[]): number {
  if (!/^([+-]?\d{1,5})?$/.test(text ?? '')) {
    throw new Error(
      `PORT_OFFSET must be a whole number such as 1000, and not ${JSON.stringify(text)}`,
    )
  }
  const portOffset = Number(text ?? 0)
  const moved = ports.map((port) => port + effectiveOffset(portOffset))
  const [lowest, highest] = [Math.min(...moved), Math.max(...moved)]
  if (lowest < 1 || highest > 65_535) {
    throw new Error(
      `PORT_OFFSET=${portOffset} would give ports from ${lowest} to ${highest}: they must lie within 1 and 65535`,
    )
  }
  return portOffset
}
