import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '@ca/service-kit/clients'
import { settingsText } from './demo-env.ts'
import { environmentsOf, type Landscape, processes } from './landscape.ts'
import { prepareLandscape } from './preparation.ts'
import { makePrivateFolder, writePrivately } from './private-file.ts'

/** What a container is given as a file; the rest of its settings stands in `docker-compose.yml`. */
const credentials = /_CLIENT_(ID|SECRET)$/

/**
 * Makes and keeps in the folder what `docker-compose.yml` mounts: what `npm start` makes for a
 * landscape, and in `settings/` for each process its credentials at others.
 *
 * A container's user is not the one who runs this, so what is mounted may be read by all. What keeps
 * it from the other users of this machine is the folder, into which only its owner gets.
 */
export function prepareContainers(folder: string): void {
  makePrivateFolder(folder)
  const landscape = prepareLandscape(folder, processes, {})
  const { ca, registryFileOf } = landscape
  const settings = keepSettings(folder, landscape)
  const registries = processes.flatMap(({ name, clients }) =>
    clients ? [registryFileOf(name)] : [],
  )
  for (const file of [ca.certificateFile, ca.keyFile, ...settings, ...registries]) {
    chmodSync(file, 0o644)
  }
  // this one is mounted as a whole
  chmodSync(join(folder, 'clients'), 0o755)
}

/**
 * Makes the file of passwords after its example, where there is none yet.
 * @param example a `NAME=value` a line; a password without a value gets a random one
 * @returns whether it was made
 */
export function makePasswords(file: string, example: string): boolean {
  if (existsSync(file)) return false
  const text = readFileSync(example, 'utf8')
  writePrivately(
    file,
    text.replaceAll(/^\w+_PASSWORD=$/gm, (line) => `${line}${newPassword()}`),
  )
  return true
}

function keepSettings(folder: string, landscape: Landscape): string[] {
  const settings = join(folder, 'settings')
  makePrivateFolder(settings)
  return [...environmentsOf(landscape)].flatMap(([name, environment]) => {
    const own = Object.entries(environment).filter(([setting]) => credentials.test(setting))
    if (own.length === 0) return []
    const file = join(settings, name)
    writePrivately(file, settingsText(Object.fromEntries(own)))
    return [file]
  })
}

/** Of three kinds of characters at least, as SQL Server wants it, and short enough for any Oracle. */
function newPassword(): string {
  return `Aa1-${newSecret().slice(0, 24)}`
}
