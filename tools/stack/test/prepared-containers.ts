import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { makePasswords, prepareContainers } from '../src/container-files.ts'
import { madeIn, mountsOf, root, serviceOf } from './compose-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What `npm run containers:prepare` makes, in a folder that is gone after the test. */
export type Prepared = ReturnType<typeof prepared>

/** Makes it. */
export function prepared() {
  const home = temporaryFolder()
  const folder = join(home, 'containers')
  const passwordFile = join(home, '.env')
  prepareContainers(folder)
  makePasswords(passwordFile, join(root, '.env.example'))
  return {
    folder,
    passwordFile,
    passwords: parseEnv(readFileSync(passwordFile, 'utf8')),
    /** A file that docker-compose.yml mounts, by the path that it has for it. */
    fileOf: (path: string) => path.replace(madeIn, folder),
  }
}

/** The environment that a process has in its container. */
export function environmentOf(name: string, { passwords, fileOf }: Prepared) {
  const service = serviceOf(name)
  const { environment = {}, command = [] } = service
  const mounts = mountsOf(service)
  const read = command
    .filter((argument) => argument.startsWith('--env-file='))
    .map((argument) => mounts.get(argument.slice('--env-file='.length)) ?? 'not mounted')
    .map((file) => parseEnv(readFileSync(fileOf(file), 'utf8')))
  const given = Object.entries(environment).map(([setting, value]) => [
    setting,
    value.replaceAll(/\$\{(\w+)\}/g, (_, password) => passwords[password] ?? ''),
  ])
  // what is given goes before what Node reads
  return { ...Object.assign({}, ...read), ...Object.fromEntries(given) } as Record<string, string>
}
