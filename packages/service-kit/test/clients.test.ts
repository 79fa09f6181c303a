import { readFileSync, statSync } from 'node:fs'
import { createTestLog, sampleContract, sampleOperations, serve } from '@ca/test-kit'
import { afterAll, describe, expect, test } from '@jest/globals'
import {
  type Client,
  newSecret,
  readClientList,
  secretEntry,
  writeClients,
} from '../src/clients.ts'
import { createService } from '../src/index.ts'
import { fileOf } from './fixtures/files.ts'
import { told } from './fixtures/sample-service.ts'

const dayMs = 24 * 60 * 60 * 1000
const daysFromNow = (days: number) => new Date(Date.now() + days * dayMs)
const client = { clientId: 'ats', name: 'Access to Scripts', operations: ['*'] }
const stops: (() => Promise<void>)[] = []
afterAll(() => Promise.all(stops.map((stop) => stop())))

/** Starts a service whose registry has one client, with these secrets. */
async function startWith(secrets: Client['secrets']) {
  const file = fileOf('')
  writeClients(file, [{ ...client, secrets }])
  const log = createTestLog('sample-sapi')
  const service = await serve(sampleContract, (settings) =>
    createService({
      contract: sampleContract,
      operations: sampleOperations,
      settings: { ...settings, CLIENTS_FILE: file },
      telemetry: log.telemetry,
      dependencies: [],
    }),
  )
  stops.push(service.stop)
  const callWith = async (client_secret: string) => {
    const headers = { client_id: 'ats', client_secret }
    return told(await service.call({ path: '/v1/orders/latest', headers }))
  }
  return { callWith, log }
}

describe('a secret', () => {
  test('lets in as long as it lives, beside another that is to take its place', async () => {
    const [old, next] = [newSecret(), newSecret()]
    const { callWith } = await startWith([secretEntry(old), secretEntry(next)])
    expect(await callWith(old)).toBe('200')
    expect(await callWith(next)).toBe('200')
    expect(await callWith(newSecret())).toBe('401 70401')
  })

  test('that has ended lets nobody in, and does not keep out its successor', async () => {
    const [ended, live] = [newSecret(), newSecret()]
    const { callWith } = await startWith([
      secretEntry(ended, daysFromNow(-367)),
      secretEntry(live, daysFromNow(-364)),
    ])
    expect(await callWith(ended)).toBe('401 70401')
    expect(await callWith(live)).toBe('200')
  })

  test('is not let in by its digest, nor by a part of it', async () => {
    const secret = newSecret()
    const entry = secretEntry(secret)
    const { callWith } = await startWith([entry])
    const digest = entry.digest.slice('sha256:'.length)
    for (const wrong of [digest, entry.digest, secret.slice(1), `${secret} x`]) {
      expect(await callWith(wrong)).toBe('401 70401')
    }
  })

  test('ends twelve months after it was made', () => {
    const { createdAt, expiresAt } = secretEntry('secret', new Date('2027-03-01T12:00:00Z'))
    expect([createdAt, expiresAt]).toEqual(['2027-03-01T12:00:00.000Z', '2028-03-01T12:00:00.000Z'])
  })

  test('is kept as a digest, and no two are the same', () => {
    const secret = newSecret()
    expect(JSON.stringify(secretEntry(secret))).not.toContain(secret)
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(newSecret()).not.toBe(secret)
  })
})

describe('a client', () => {
  test('without a secret is not let in', async () => {
    const { callWith } = await startWith([])
    expect(await callWith(newSecret())).toBe('401 70401')
  })

  test.each([
    ['whose last secret ends in 29 days', [-365, -336], true],
    ['whose secrets have all ended', [-400], true],
    ['one of whose secrets goes on', [-400, -300], false],
  ])('%s is warned of at the start: %p', async (_, madeDaysAgo, isWarnedOf) => {
    const { log } = await startWith(
      madeDaysAgo.map((days) => secretEntry(newSecret(), daysFromNow(days))),
    )
    const warnings = log.lines.filter(({ level }) => level === 40)
    expect(warnings.map(({ clientId }) => clientId)).toEqual(isWarnedOf ? ['ats'] : [])
  })
})

describe('a registry that cannot be read says why in one line', () => {
  const entry = secretEntry('secret')
  const registry = (clients: unknown) => JSON.stringify({ clients })
  const known = { ...client, secrets: [entry] }

  test.each([
    ['no JSON', 'BEGIN PRIVATE KEY', 'it is not JSON'],
    ['no registry', '{}', 'clients'],
    ['something unknown', JSON.stringify({ clients: [], more: 1 }), 'more'],
    ['an id that is none', registry([{ ...known, clientId: 'a b' }]), 'clientId'],
    ['an id twice', registry([known, known]), 'a clientId stands there twice'],
    ['three secrets', registry([{ ...known, secrets: [entry, entry, entry] }]), 'secrets'],
    ['a plain secret', registry([{ ...known, secrets: ['hush'] }]), 'secrets'],
    [
      'a digest that is none',
      registry([{ ...known, secrets: [{ ...entry, digest: 'hush' }] }]),
      'digest',
    ],
    [
      'an end that is none',
      registry([{ ...known, secrets: [{ ...entry, expiresAt: 'never' }] }]),
      'expiresAt',
    ],
  ])('%s', (_, text, why) => {
    const file = fileOf(text)
    const reading = () => readClientList(file)
    expect(reading).toThrow(`${file} is no registry of clients: `)
    expect(reading).toThrow(why)
    expect(reading).not.toThrow(/\n|hush|PRIVATE/)
  })

  test('no file', () => {
    expect(() => readClientList('/nowhere')).toThrow(
      "/nowhere is no registry of clients: ENOENT: no such file or directory, open '/nowhere'",
    )
  })
})

test('a registry is written for its owner only', async () => {
  const file = fileOf('before')
  writeClients(file, [{ ...client, secrets: [] }])
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ clients: [{ ...client, secrets: [] }] })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
