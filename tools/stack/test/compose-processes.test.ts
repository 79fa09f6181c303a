import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { addressOf, environmentsOf, processes } from '../src/landscape.ts'
import { prepareLandscape } from '../src/preparation.ts'
import {
  compose,
  jobs,
  mountsOf,
  processNames,
  root,
  serviceOf,
  textOf,
  volumesOf,
} from './compose-files.ts'
import { environmentOf, prepared } from './prepared-containers.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What `npm start` tells a process, but for what an image has by itself or by default. */
function toldByNpmStart(name: string): NodeJS.ProcessEnv {
  const landscape = prepareLandscape(temporaryFolder(), processes, {})
  const { HOST, MANAGEMENT_HOST, TLS, BASE_PATH, ...told } =
    environmentsOf(landscape).get(name) ?? {}
  return told
}

describe.each(processes)('$name in its container', (row) => {
  const { name, entry, port, managementPort, clients } = row

  test('is built from its own package', () => {
    const { build, command } = serviceOf(name)

    expect(build).toEqual({ context: '.', args: { SERVICE: name } })
    expect(JSON.parse(textOf(join(entry, '../../package.json'))).name).toBe(`@ca/${name}`)
    expect(`${join(entry, '../..')}/${command?.at(-1)}`.replace('/service/', '/')).toBe(entry)
  })

  test('has settings that it takes', async () => {
    const { readConfig } = await import(join(root, entry, '../config.ts'))

    expect(() => readConfig(environmentOf(name, prepared()))).not.toThrow()
  })

  test('is told what npm start tells it, of this place', () => {
    const environment = environmentOf(name, prepared())
    const told = toldByNpmStart(name)

    expect(Object.keys(environment).sort()).toEqual(Object.keys(told).sort())
    expect(environment).toMatchObject({
      PORT: `${port}`,
      ...(managementPort && { MANAGEMENT_PORT: `${managementPort}` }),
      ...(clients && { CLIENTS_FILE: `/run/clients/${name}.json` }),
    })
    for (const other of processes) {
      const address = addressOf(other.name, processes)
      const [setting] = Object.entries(told).find(([, value]) => value === address) ?? []
      const addressThere = `${other.protocol}://${other.name}:${other.port}`
      if (setting) expect(environment).toMatchObject({ [setting]: addressThere })
    }
  })

  test('finds its files mounted, and keeps its own in a volume', () => {
    const service = serviceOf(name)
    const volumes = volumesOf(service)
    const places = [...mountsOf(service).keys(), ...volumes.map((volume) => volume.split(':')[1])]

    for (const [setting, file] of Object.entries(service.environment ?? {})) {
      if (!setting.endsWith('_FILE')) continue
      const isThere = places.some((place) => file === place || file.startsWith(`${place}/`))
      expect([setting, isThere]).toEqual([setting, true])
    }
    // of all folders in the image this one is the user's
    for (const volume of volumes) expect(volume).toBe(`${name}:/data`)
  })
})

test('the landscape is whole, and what ends is started again', () => {
  const all = [...processNames, ...jobs, 'mssql', 'oracle']

  expect(Object.keys(compose.services).sort()).toEqual(all.sort())
  for (const name of all) {
    expect(serviceOf(name).restart).toBe(jobs.includes(name) ? 'on-failure' : 'unless-stopped')
  }
})

test.each([...processNames, ...jobs])('%s may write into its volume only', (name) => {
  expect(serviceOf(name)).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  })
})

test('only the experience API is reached from outside', () => {
  const { port } = processes.find(({ name }) => name === 'ca-results-xapi') ?? {}

  for (const [name, { ports, networks }] of Object.entries(compose.services)) {
    const isFacing = name === 'ca-results-xapi'
    expect([name, ports]).toEqual([name, isFacing ? [`${port}:${port}`] : undefined])
    expect([name, networks]).toEqual([name, isFacing ? ['inside', 'outside'] : ['inside']])
  }
  expect(compose.networks?.inside).toEqual({ internal: true })
})

test.each(['docker-compose.yml', 'docker-compose.embedded.yml'])(
  '%s is for Compose 1.29 too, and lets nothing wait',
  (file) => {
    const { services, ...top } = parse(textOf(file), { merge: true })

    for (const key of ['name', 'version', 'include', 'configs']) expect(top).not.toHaveProperty(key)
    for (const service of Object.values(services)) {
      for (const key of ['depends_on', 'ulimits', 'develop']) {
        expect(service).not.toHaveProperty(key)
      }
    }
  },
)

test('nothing gets into an image that is not named', () => {
  const lines = textOf('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))

  expect(lines[0]).toBe('*')
  expect(lines.filter((line) => /^!.*(env|local|git|docs)/.test(line))).toEqual([])
})
