import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Client,
  newSecret,
  readClientList,
  registryOf,
  secretEntry,
  writeClients,
} from '@ca/service-kit/clients'
import { describe, expect, test } from '@jest/globals'
import { keepRegistry } from '../src/client-registry.ts'
import { keepCredentials } from '../src/credentials.ts'
import { demoEnv } from '../src/demo-env.ts'
import { moved, processes } from '../src/landscape.ts'
import { demoFile, prepareLandscape } from '../src/preparation.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The settings that a shell has after it has read the text. */
function readByShell(file: string): Record<string, string> {
  const names = ['RESULTS_API', 'CLIENT_ID', 'CLIENT_SECRET', 'CA_FILE']
  const print = names.map((name) => `printf '%s\\0' "$${name}"`).join('; ')
  const { stdout } = spawnSync('sh', ['-c', `. '${file}' && ${print}`], {
    encoding: 'utf8',
    env: {},
  })
  const values = stdout.split('\0')
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

function allFiles(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

describe('a first start', () => {
  test('gives demonstration credentials that the service knows', () => {
    const folder = temporaryFolder()
    const { registryFileOf, ca } = prepareLandscape(folder, processes, {})

    const demo = readByShell(demoFile(folder))
    expect(demo.RESULTS_API).toBe('https://localhost:8443')
    expect(demo.CA_FILE).toBe(ca.authorityFile)
    const registry = registryOf(readClientList(registryFileOf('ca-results-xapi')))
    expect(registry.find(demo.CLIENT_ID ?? '', demo.CLIENT_SECRET ?? '')).toMatchObject({
      operations: ['*'],
    })
  })

  test('lets the experience API, and nobody else, call the system API', () => {
    const { registryFileOf, credentialsOf } = prepareLandscape(temporaryFolder(), processes, {})
    const registry = registryOf(readClientList(registryFileOf('ca-eps-sapi')))

    const ours = credentialsOf('ca-results-xapi')
    expect(registry.find(ours.clientId, ours.clientSecret)).toBeDefined()
    const demo = credentialsOf('ats-demo')
    expect(registry.find(demo.clientId, demo.clientSecret)).toBeUndefined()
  })

  test('puts secrets only where they belong, in files that no other may read', () => {
    const folder = temporaryFolder()
    const { credentialsOf } = prepareLandscape(folder, processes, {})
    const { clientSecret } = credentialsOf('ats-demo')

    const files = allFiles(folder)
    const withSecret = Object.keys(files).filter((name) => files[name]?.includes(clientSecret))
    expect(withSecret.sort()).toEqual(['credentials.json', 'demo.env'])
    for (const name of Object.keys(files)) {
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    }
  })
})

describe('a later start', () => {
  test('changes nothing', () => {
    const folder = temporaryFolder()
    prepareLandscape(folder, processes, {})
    const first = allFiles(folder)
    prepareLandscape(folder, processes, {})

    expect(allFiles(folder)).toEqual(first)
  })

  test('on other ports keeps the credentials and tells the new address', () => {
    const folder = temporaryFolder()
    prepareLandscape(folder, processes, {})
    const first = readByShell(demoFile(folder))
    prepareLandscape(folder, moved(processes, 20), { BASE_PATH: '/ca-results-qa1' })

    expect(readByShell(demoFile(folder))).toEqual({
      ...first,
      RESULTS_API: 'https://localhost:8463/ca-results-qa1',
    })
  })

  test.each(['credentials.json', 'clients/ca-results-xapi.json', 'demo.env'])(
    'mends a %s that was cut off',
    (name) => {
      const folder = temporaryFolder()
      prepareLandscape(folder, processes, {})
      const file = join(folder, name)
      const whole = readFileSync(file, 'utf8')
      writeFileSync(file, whole.slice(0, whole.length / 2))

      const { registryFileOf } = prepareLandscape(folder, processes, {})
      const demo = readByShell(demoFile(folder))
      const registry = registryOf(readClientList(registryFileOf('ca-results-xapi')))
      expect(registry.find(demo.CLIENT_ID ?? '', demo.CLIENT_SECRET ?? '')).toBeDefined()
    },
  )
})

describe('a registry', () => {
  const dayMs = 24 * 60 * 60 * 1000
  const demo = { clientId: 'demo', name: 'Demonstration' }

  function registryIn(folder: string) {
    const credentialsOf = keepCredentials(folder)
    const file = join(folder, 'registry.json')
    return {
      file,
      secret: credentialsOf(demo.clientId).clientSecret,
      keep: (now?: Date) => keepRegistry(file, [demo], credentialsOf, now),
      clients: (): Client[] => JSON.parse(readFileSync(file, 'utf8')).clients,
    }
  }

  test.each([340, 366, 800])('renews an entry near or after its end: day %i', (day) => {
    const { keep, clients, secret } = registryIn(temporaryFolder())
    const later = new Date(Date.now() + day * dayMs)
    keep()
    keep(later)

    expect(clients()).toEqual([
      { ...demo, operations: ['*'], secrets: [secretEntry(secret, later)] },
    ])
  })

  test('leaves an entry alone that is good for a month yet, and what was done to it', () => {
    const { keep, clients, file, secret } = registryIn(temporaryFolder())
    const changed = {
      ...demo,
      operations: ['getSessionResultStatus'],
      secrets: [secretEntry(newSecret()), secretEntry(secret)],
    }
    writeClients(file, [changed])
    keep(new Date(Date.now() + 300 * dayMs))

    expect(clients()).toEqual([changed])
  })

  test('leaves other clients alone', () => {
    const { keep, clients, file } = registryIn(temporaryFolder())
    const other = { clientId: 'other', name: 'Other', operations: [], secrets: [] }
    writeClients(file, [other])
    keep()

    expect(clients().map(({ clientId }) => clientId)).toEqual(['other', 'demo'])
    expect(clients()[0]).toEqual(other)
  })
})

describe('demo.env', () => {
  const settings = {
    RESULTS_API: 'https://localhost:8443',
    CLIENT_ID: 'ats-demo',
    CLIENT_SECRET: '-Abc_123',
    CA_FILE: '/srv/exam-board/.local/ca.pem',
  }

  test('has a plain line a setting', () => {
    expect(demoEnv(settings)).toBe(
      'RESULTS_API=https://localhost:8443\nCLIENT_ID=ats-demo\nCLIENT_SECRET=-Abc_123\n' +
        'CA_FILE=/srv/exam-board/.local/ca.pem\n',
    )
  })

  test.each(["/it's here/ca.pem", '/a b/$HOME/`id`/"x"/\\n/ca.pem', '~/ca.pem', '/é/ca.pem', ''])(
    'is read by a shell as it was meant: %s',
    (path) => {
      const file = join(temporaryFolder(), 'demo.env')
      writeFileSync(file, demoEnv({ ...settings, CA_FILE: path }))

      expect(readByShell(file)).toEqual({ ...settings, CA_FILE: path })
    },
  )
})
