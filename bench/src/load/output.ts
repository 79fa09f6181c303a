import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Runs a program to its end.
 * @param pinning the words before its command that keep it to its cores
 * @returns the last line of what it wrote
 * @throws {Error} when it fails
 */
export async function lastLineOf(
  program: string,
  args: readonly string[],
  pinning: readonly string[],
): Promise<string> {
  const [file = program, ...all] = [...pinning, program, ...args]
  const { stdout } = await run(file, all)
  return stdout.trim().split('\n').at(-1) ?? ''
}
