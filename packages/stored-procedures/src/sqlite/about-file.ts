/**
 * Does what has to do with a file.
 * @throws {Error} what `work` throws, with the file named before it
 */
export function aboutFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause })
  }
}
