import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of a database's definition for an engine with a server. */
export type DefinitionFile = {
  /** Such as `procedures/GetCandidateResultStatus.sql`. */
  readonly name: string
  readonly digest: string
  /** What is sent to the server, one after the other. */
  readonly batches: readonly string[]
  /** What it makes, such as `table centre`, in small letters, and a digest of how. */
  readonly objects: ReadonlyMap<string, string>
}

/** Where databases are defined, in `<name>/<engine>/`. */
export const ourDatabases = fileURLToPath(new URL('../../../databases', import.meta.url))

/** The databases that are defined. */
export function databaseNames(databases = ourDatabases): string[] {
  return readdirSync(databases)
    .filter((name) => existsSync(join(databases, name, 'sqlite', 'tables.sql')))
    .sort()
}

/**
 * Reads `tables.sql`, `procedures/*.sql` and `grants.sql`, in the order in which they are run.
 * @param separator the line that stands between two batches: `GO`, or `/`
 */
export function readDefinition(folder: string, separator: string): DefinitionFile[] {
  const procedures = readdirSync(join(folder, 'procedures'))
    .filter((file) => file.endsWith('.sql'))
    .sort()
  const names = ['tables.sql', ...procedures.map((file) => `procedures/${file}`), 'grants.sql']
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    const batches = batchesOf(text, separator)
    return { name, digest: digestOf(text), batches, objects: objectsOf(batches) }
  })
}

/** A digest of a text, 64 letters and digits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function batchesOf(text: string, separator: string): string[] {
  const batches: string[] = []
  let lines: string[] = []
  for (const line of [...text.split('\n'), separator]) {
    if (line.trim().toUpperCase() !== separator) {
      lines.push(line)
      continue
    }
    const batch = lines.join('\n').trim()
    if (withoutComments(batch).trim()) batches.push(batch)
    lines = []
  }
  return batches
}

const creation =
  /\bcreate\s+(?:or\s+(?:alter|replace)\s+)?(table|view|procedure|role)\s+(?:\[?dbo\]?\s*\.\s*)?[["]?(\w+)/gi

function objectsOf(batches: readonly string[]): Map<string, string> {
  const objects = new Map<string, string>()
  for (const batch of batches) {
    const bare = withoutComments(batch)
    for (const [, kind, name] of bare.matchAll(creation)) {
      objects.set(`${kind} ${name}`.toLowerCase(), digestOf(bare.replaceAll(/\s+/g, ' ')))
    }
  }
  return objects
}

function withoutComments(text: string): string {
  return text.replace(/--.*|\/\*[\s\S]*?\*\//g, ' ')
}
