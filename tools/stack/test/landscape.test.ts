import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { addressOf, environmentsOf, type Landscape, moved, processes } from '../src/landscape.ts'

const root = join(import.meta.dirname, '../../..')

function landscape(given: NodeJS.ProcessEnv = {}, offset = 0): Landscape {
  return {
    processes: moved(processes, offset),
    ca: { authorityFile: 'ca.pem', certificateFile: 'server.pem', keyFile: 'server-key.pem' },
    credentialsOf: (clientId) => ({ clientId, clientSecret: `secret of ${clientId}` }),
    registryFileOf: (name) => `clients/${name}.json`,
    dataFile: (name: string) => `/state/data/${name}`,
    given,
  }
}

function environmentOf(name: string, given?: NodeJS.ProcessEnv, offset?: number) {
  return environmentsOf(landscape(given, offset)).get(name) ?? {}
}

test.each(processes)('$name has a program', ({ entry }) => {
  expect(existsSync(join(root, entry))).toBe(true)
})

test('only the experience API listens beyond this machine', () => {
  const reachable = processes.filter(({ host }) => host !== '127.0.0.1')

  expect(reachable.map(({ name }) => name)).toEqual(['ca-results-xapi'])
  for (const { name, managementPort } of processes) {
    if (managementPort) expect(environmentOf(name).MANAGEMENT_HOST).toBe('127.0.0.1')
  }
})

test('every port moves, and the addresses of the others with it', () => {
  const moved = environmentOf('ca-results-xapi', {}, 20)

  expect(moved).toMatchObject({
    PORT: '8463',
    MANAGEMENT_PORT: '9463',
    EPS_SAPI_URL: 'http://127.0.0.1:8102',
  })
  expect(environmentOf('ca-eps-sapi', {}, 20).RM_URL).toBe('http://127.0.0.1:8110')
  expect(environmentOf('rm-simulator', {}, 20).PORT).toBe('8110')
})

test('an address is that of a process', () => {
  expect(addressOf('ca-results-xapi', processes)).toBe('https://localhost:8443')
  expect(() => addressOf('ca-nix-sapi', processes)).toThrow('There is no ca-nix-sapi')
})

describe('the environment that npm start was given', () => {
  test('reaches every process', () => {
    for (const { name } of processes) {
      expect(environmentOf(name, { LOG_LEVEL: 'debug' }).LOG_LEVEL).toBe('debug')
    }
  })

  test('does not move a process from its place', () => {
    const given = { PORT: '1', HOST: '0.0.0.0', CLIENTS_FILE: 'mine', RM_URL: 'http://elsewhere' }

    expect(environmentOf('ca-eps-sapi', given)).toEqual(environmentOf('ca-eps-sapi'))
    expect(environmentOf('rm-simulator', given)).toEqual(environmentOf('rm-simulator'))
  })

  test('decides on the database', () => {
    expect(environmentOf('ca-eps-sapi').EPS_DATABASE_URL).toBe('sqlite:')
    const given = { EPS_DATABASE_URL: 'sqlite:other.db' }
    expect(environmentOf('ca-eps-sapi', given).EPS_DATABASE_URL).toBe('sqlite:other.db')
  })

  test('decides on the base path, and that ends at the experience API', () => {
    const given = { BASE_PATH: '/ca-results-qa1' }

    expect(environmentOf('ca-results-xapi', given).BASE_PATH).toBe('/ca-results-qa1')
    expect(environmentOf('ca-eps-sapi', given).BASE_PATH).toBe('')
  })
})

test('a secret reaches only the processes that need it, whether ours or given', () => {
  const given = {
    EPS_DATABASE_URL: 'sqlserver://eps:secret@db',
    RM_CLIENT_SECRET: 'secret of mine',
  }
  const secretsOf = (name: string) =>
    Object.entries(environmentOf(name, given)).flatMap(([key, value]) =>
      value?.includes('secret') ? [key] : [],
    )

  expect(secretsOf('ca-results-xapi')).toEqual(['SAPI_CLIENT_SECRET'])
  expect(secretsOf('ca-eps-sapi')).toEqual(['EPS_DATABASE_URL', 'RM_CLIENT_SECRET'])
  expect(secretsOf('rm-simulator')).toEqual(['RM_CLIENT_SECRET'])
})
