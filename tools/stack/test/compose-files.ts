import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { processes } from '../src/landscape.ts'

type Mount = { source: string; target: string }

/** What stands in a compose file of a service. */
export type ComposeService = {
  build?: { context: string; args: { SERVICE: string } }
  command?: string[]
  environment?: Record<string, string>
  secrets?: (string | Mount)[]
  volumes?: (string | Mount)[]
  networks?: string[]
  ports?: string[]
  restart?: string
  profiles?: string[]
}

type ComposeFile = {
  services: Record<string, ComposeService>
  networks?: Record<string, { internal?: boolean } | null>
  secrets?: Record<string, { file: string }>
}

export const root = join(import.meta.dirname, '../../..')

/** Where docker-compose.yml finds what is made for it. */
export const madeIn = './.local/containers'

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

export const compose: ComposeFile = parse(textOf('docker-compose.yml'), { merge: true })
export const overlay: ComposeFile = parse(textOf('docker-compose.embedded.yml'), { merge: true })

/** The processes of the landscape, and the jobs that make their databases. */
export const processNames = processes.map(({ name }) => name)
export const jobs = Object.keys(compose.services).filter((name) => name.startsWith('apply-'))

export function serviceOf(name: string): ComposeService {
  const service = compose.services[name]
  if (!service) throw new Error(`docker-compose.yml has no ${name}`)
  return service
}

/** What is mounted read-only into a container: where it is there, and where it comes from. */
export function mountsOf({ secrets = [], volumes = [] }: ComposeService): Map<string, string> {
  const files = secrets.map((secret): [string, string] => {
    const [source, target] =
      typeof secret === 'string' ? [secret, secret] : [secret.source, secret.target]
    return [`/run/secrets/${target}`, compose.secrets?.[source]?.file ?? '']
  })
  const folders = volumes.flatMap((volume): [string, string][] =>
    typeof volume === 'string' ? [] : [[volume.target, volume.source]],
  )
  return new Map([...files, ...folders])
}

/** The volumes of a container: where they are there. */
export function volumesOf({ volumes = [] }: ComposeService): string[] {
  return volumes.flatMap((volume) => (typeof volume === 'string' ? [volume] : []))
}
