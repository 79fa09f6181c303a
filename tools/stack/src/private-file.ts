import { mkdirSync, renameSync, writeFileSync } from 'node:fs'

/** Makes a folder, and those above it, that only its owner may open. It may be there already. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * Writes a file that only its owner may read, whole or not at all: a start that is killed half-way
 * leaves what was there before.
 */
export function writePrivately(file: string, content: string): void {
  const unfinished = `${file}.tmp`
  writeFileSync(unfinished, content, { mode: 0o600 })
  renameSync(unfinished, file)
}
