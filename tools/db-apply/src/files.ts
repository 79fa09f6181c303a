import { type DefinitionFile, digestOf } from './definition.ts'
import type { Report } from './report.ts'
import type { Ledger, Target } from './target.ts'

/**
 * Runs the files of a definition that are new or changed, or whose objects are gone or are no
 * longer what the file made.
 * @throws {Error} naming the file that does not run
 */
export async function applyDefinition(
  target: Target,
  files: readonly DefinitionFile[],
  ledger: Ledger,
  report: Report,
): Promise<void> {
  let objects = await target.objects()
  let isChanged = false
  for (const file of files) {
    const named = [...file.objects.keys()]
    // its name may be made by the file from the schema's
    if (file.name === grants) named.push(`role ${target.role.toLowerCase()}`)
    const before = stateOf(named, objects)
    const known = ledger.get(file.name)
    const isAsApplied =
      known?.digest === file.digest &&
      known.objects === before.digest &&
      before.missing.length === 0
    // rights go with the procedure that they are for when that is dropped
    if (isAsApplied && !(isChanged && file.name === grants)) {
      report.done(file.name, 'unchanged')
      continue
    }
    report.working(file.name)
    await run(target, file)
    objects = await target.objects()
    const after = stateOf(named, objects)
    if (after.missing.length > 0) {
      throw new Error(`${file.name}: it ran, but there is no ${after.missing.join(', no ')}`)
    }
    for (const [object, digest] of tablesOf(file)) {
      await target.record(object, { digest, objects: '' })
    }
    await target.record(file.name, { digest: file.digest, objects: after.digest })
    isChanged = true
    report.done(file.name, before.missing.length === named.length ? 'made' : 'updated')
  }
}

/**
 * Tables that were made from here, and are defined in another way since. A file that makes what is
 * missing leaves them as they are.
 */
export async function outdatedTables(
  target: Target,
  files: readonly DefinitionFile[],
  ledger: Ledger,
): Promise<string[]> {
  const objects = await target.objects()
  const isOutdated = ([table, digest]: [string, string]) => {
    const known = ledger.get(table)
    return objects.has(table) && known !== undefined && known.digest !== digest
  }
  return files
    .flatMap(tablesOf)
    .filter(isOutdated)
    .map(([table]) => table)
}

/** Takes away what the tables' file makes, the last thing first. The rows go with it. */
export async function dropTables(target: Target, files: readonly DefinitionFile[]): Promise<void> {
  const objects = await target.objects()
  const made = files
    .filter(({ name }) => name === tables)
    .flatMap((file) => [...file.objects.keys()])
  for (const object of made.toReversed()) {
    if (objects.has(object)) await target.drop(object)
  }
}

const tables = 'tables.sql'
const grants = 'grants.sql'

function tablesOf({ objects }: DefinitionFile): [string, string][] {
  return [...objects].filter(([object]) => object.startsWith('table '))
}

async function run(target: Target, { name, batches }: DefinitionFile): Promise<void> {
  for (const batch of batches) {
    await target.run(batch).catch((cause: Error) => {
      throw new Error(`${name}: ${cause.message}`, { cause })
    })
  }
}

function stateOf(named: readonly string[], objects: ReadonlyMap<string, string>) {
  return {
    missing: named.filter((object) => !objects.has(object)),
    digest: digestOf(JSON.stringify(named.map((object) => [object, objects.get(object)]))),
  }
}
