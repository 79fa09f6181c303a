import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestLog, sampleContract, sampleOperations, serve } from '@ca/test-kit'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { openRegistry } from '../src/client-registry.ts'
import { type Client, newSecret, secretEntry, writeClients } from '../src/clients.ts'
import { createService } from '../src/index.ts'
import { fileOf } from './fixtures/files.ts'
import { told } from './fixtures/sample-service.ts'

const dayMs = 24 * 60 * 60 * 1000
const readAgain = 'the registry of clients was read again'
const stops: (() => Promise<void>)[] = []
afterAll(() => Promise.all(stops.map((stop) => stop())))

/** A client with as many secrets as are given. */
function client(clientId: string, secrets: readonly string[], operations = ['*']): Client {
  return { clientId, name: clientId, operations, secrets: secrets.map((it) => secretEntry(it)) }
}

/** Starts a service with one client, `ats`, and what changes its registry. */
async function start() {
  const secret = newSecret()
  const file = fileOf('')
  writeClients(file, [client('ats', [secret])])
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

  const timesRead = () => log.lines.filter(({ msg }) => msg === readAgain).length

  return {
    secret,
    file,
    log,
    call: async (client_secret: string, client_id = 'ats') =>
      told(
        await service.call({ path: '/v1/orders/latest', headers: { client_id, client_secret } }),
      ),
    /** Writes the registry, and waits until the service says that it has read it. */
    async change(...clients: Client[]) {
      const before = timesRead()
      writeClients(file, clients)
      await log.line(() => timesRead() > before)
    },
  }
}

// each waits for the service to look at its registry
describe('without a restart', () => {
  test.concurrent('a new client may call', async () => {
    const { secret, change, call } = await start()
    const other = newSecret()
    expect(await call(other, 'other')).toBe('401 70401')
    await change(client('ats', [secret]), client('other', [other]))
    expect(await call(other, 'other')).toBe('200')
    expect(await call(secret)).toBe('200')
  })

  test.concurrent('a client that is revoked, or gone, may not', async () => {
    const { secret, change, call } = await start()
    await change(client('ats', []))
    expect(await call(secret)).toBe('401 70401')
    await change(client('ats', [secret]))
    expect(await call(secret)).toBe('200')
    await change()
    expect(await call(secret)).toBe('401 70401')
  })

  test.concurrent('a secret is exchanged for another, and both let in meanwhile', async () => {
    const { secret, change, call } = await start()
    const next = newSecret()
    await change(client('ats', [secret, next]))
    expect(await call(next)).toBe('200')
    expect(await call(secret)).toBe('200')
    await change(client('ats', [next]))
    expect(await call(secret)).toBe('401 70401')
    expect(await call(next)).toBe('200')
  })

  test.concurrent('a client may call what it newly may, and not what it no more may', async () => {
    const { secret, change, call } = await start()
    await change(client('ats', [secret], ['getOrder']))
    expect(await call(secret)).toBe('403 70403')
    await change(client('ats', [secret], ['getOrder', 'getLatestOrder']))
    expect(await call(secret)).toBe('200')
  })

  test.concurrent('credentials that end soon are warned of, those revoked are not', async () => {
    const { secret, change, log } = await start()
    const ending = secretEntry(newSecret(), new Date(Date.now() - 340 * dayMs))
    await change(
      client('ats', [secret]),
      { ...client('ending', []), secrets: [ending] },
      client('gone', []),
    )
    const warnings = log.lines.filter(({ level }) => level === 40)
    expect(warnings).toMatchObject([
      { clientId: 'ending', msg: 'the credentials of ending have ended or soon will' },
    ])
  })
})

describe('the last good registry stays in force, and one line says so,', () => {
  test.concurrent.each([
    [
      'while the file is half written',
      (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 100)),
      'it is not JSON',
    ],
    ['while it is something else', (file: string) => writeFileSync(file, '{}'), 'clients'],
    ['while it is missing', (file: string) => rmSync(file), 'ENOENT'],
  ])('%s', async (_, spoil, why) => {
    const { secret, file, log, change, call } = await start()
    spoil(file)
    const line = await log.line(({ level }) => level === 50)
    expect(line.msg).toMatch(/is no registry of clients: .*; who might call before may still call$/)
    expect(line.msg).toContain(why)
    expect(await call(secret)).toBe('200')

    const next = newSecret()
    await change(client('ats', [next]))
    expect(await call(next)).toBe('200')
    expect(await call(secret)).toBe('401 70401')
    expect(log.lines.filter(({ level }) => level === 50)).toHaveLength(1)
  })
})

describe('looking at a registry', () => {
  const ending = {
    ...client('ats', []),
    secrets: [secretEntry('x', new Date(Date.now() - 340 * dayMs))],
  }

  test('warns every day of what ends, until it is closed', () => {
    const file = fileOf('')
    writeClients(file, [ending])
    const log = createTestLog('sample-sapi')
    jest.useFakeTimers()
    try {
      const registry = openRegistry(file, log.telemetry)
      registry.follow()
      expect(log.lines).toHaveLength(1)
      jest.advanceTimersByTime(2 * dayMs)
      expect(log.lines).toHaveLength(3)
      registry.close()
      jest.advanceTimersByTime(2 * dayMs)
      expect(log.lines).toHaveLength(3)
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  test('keeps no process alive', async () => {
    const file = fileOf('')
    writeClients(file, [ending])
    const script = join(import.meta.dirname, 'fixtures/follows-registry.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [script, file])
    expect(stdout).toContain('the credentials of ats')
  })
})
