import { fileURLToPath } from 'node:url'

/**
 * Reads an SQLite database's URL: `sqlite:` or `sqlite:/path/file.db`.
 * @returns the file's path, nothing for a database in memory
 * @throws {Error} without the URL where it is neither
 */
export function filePath({ host, pathname, search, hash }: URL): string | undefined {
  const isInMemory = pathname === ''
  if (host || search || hash || !(isInMemory || pathname.startsWith('/'))) {
    throw new Error('its URL has to be sqlite: (in memory) or sqlite:/path/file.db')
  }
  return isInMemory ? undefined : fileURLToPath(`file://${pathname}`)
}
