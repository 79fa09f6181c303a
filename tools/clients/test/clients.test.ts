import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createService } from '@ca/service-kit'
import { type Client, readClientList, registryOf, writeClients } from '@ca/service-kit/clients'
import { createTestLog, sampleContract, sampleOperations, serve } from '@ca/test-kit'
import { afterAll, describe, expect, test } from '@jest/globals'

const main = join(import.meta.dirname, '../src/main.ts')
const home = mkdtempSync(join(tmpdir(), 'clients-'))
afterAll(() => rmSync(home, { recursive: true }))

const dayMs = 24 * 60 * 60 * 1000
const name = ['--name', 'Access to Scripts']
let folders = 0

/** Runs the tool as it is run. @returns what it printed and how it ended */
async function run(args: readonly string[], stateFolder = '/nowhere') {
  const child = spawn(process.execPath, [main, ...args], {
    env: { STATE_FOLDER: stateFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, out, error }
}

/** A registry of `ca-results-xapi` in a folder of its own, and the tool for it. */
function startWith(...clients: Client[]) {
  folders += 1
  const folder = join(home, String(folders))
  mkdirSync(folder)
  const file = join(folder, 'ca-results-xapi.json')
  if (clients.length > 0) writeClients(file, clients)
  const tool = (...args: string[]) => run([...args, '--file', file])
  return {
    file,
    folder,
    tool,
    /** Runs it for a program, which wants it to succeed. */
    async json(...args: string[]) {
      const { code, out, error } = await tool(...args, '--json')
      expect([code, error]).toEqual([0, ''])
      return JSON.parse(out)
    },
    lets: (secret: string, clientId = 'ats') =>
      registryOf(readClientList(file)).find(clientId, secret)?.clientId === clientId,
  }
}

/** A client with secrets that end in so many days. */
function client(clientId: string, ...endInDays: number[]): Client {
  return {
    clientId,
    name: 'Access to Scripts',
    operations: ['*'],
    secrets: endInDays.map((days) => ({
      digest: `sha256:${'a'.repeat(64)}`,
      createdAt: new Date(Date.now() + (days - 365) * dayMs).toISOString(),
      expiresAt: new Date(Date.now() + days * dayMs).toISOString(),
    })),
  }
}

// each waits mostly for its processes to start
describe('create', () => {
  test.concurrent('shows the secret once, and the registry keeps its digest', async () => {
    const { tool, file, folder, lets } = startWith()
    const { code, out, error } = await tool('create', 'ats', ...name)
    expect([code, error]).toEqual([0, ''])
    const [, secret = ''] = /^client_secret {2}([\w-]{43})$/m.exec(out) ?? []
    expect(out).toMatch(/^client_id {6}ats$/m)
    expect(out).toContain('ats may call all operations with it until ')
    expect(lets(secret)).toBe(true)
    expect(readFileSync(file, 'utf8')).not.toContain(secret)
    expect(readdirSync(folder)).toEqual(['ca-results-xapi.json'])
  })

  test.concurrent('gives a program the same, and the client what it may call', async () => {
    const { json, lets } = startWith()
    const made = await json('create', 'ats', ...name, '--operations', 'getQpIdentifiers')
    expect(made).toEqual({
      clientId: 'ats',
      name: 'Access to Scripts',
      operations: ['getQpIdentifiers'],
      secrets: [{ createdAt: expect.any(String), expiresAt: expect.any(String) }],
      clientSecret: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(lets(made.clientSecret)).toBe(true)
  })

  test.concurrent('refuses an id that is taken, and lets one in again that was revoked', async () => {
    const { tool, json, lets } = startWith(client('ats', 300), client('gone'))
    expect(await tool('create', 'ats', ...name)).toEqual({
      code: 1,
      out: '',
      error: 'There is a ats already; rotate gives it another secret\n',
    })
    const { clientSecret } = await json('create', 'gone', '--name', 'Back')
    expect(lets(clientSecret, 'gone')).toBe(true)
  })

  test.concurrent('many at once are all there, each whole', async () => {
    const { tool, file } = startWith(client('ats', 300))
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const ends = await Promise.all(ids.map((id) => tool('create', id, ...name)))
    expect(ends.map(({ code }) => code)).toEqual(ids.map(() => 0))
    expect(
      readClientList(file)
        .map(({ clientId }) => clientId)
        .sort(),
    ).toEqual(['a', 'ats', ...ids.slice(1)])
  })
})

describe('rotate', () => {
  test.concurrent('adds a second secret, refuses a third, and finishes with the newer', async () => {
    const { tool, json, lets } = startWith()
    const { clientSecret: first } = await json('create', 'ats', ...name)
    const { clientSecret: second } = await json('rotate', 'ats')
    expect([lets(first), lets(second)]).toEqual([true, true])

    expect(await tool('rotate', 'ats')).toEqual({
      code: 1,
      out: '',
      error: 'ats has two secrets already; once it uses the newer one, rotate ats --finish\n',
    })
    expect(await tool('rotate', 'ats', '--finish')).toEqual({
      code: 0,
      out: 'The older secret of ats lets in no more.\n',
      error: '',
    })
    expect([lets(first), lets(second)]).toEqual([false, true])
    expect((await tool('rotate', '--finish', 'ats')).error).toBe(
      'ats has no older secret to end; rotate ats begins an exchange\n',
    )
  })

  test.concurrent('forgets secrets that have ended', async () => {
    const { json } = startWith(client('ats', -20, -10))
    expect((await json('rotate', 'ats')).secrets).toHaveLength(1)
  })

  test.concurrent('does not let a client in again that was revoked', async () => {
    const { tool } = startWith(client('ats'))
    expect(await tool('rotate', 'ats')).toMatchObject({
      code: 1,
      error: 'ats is revoked; create lets it in again\n',
    })
  })
})

test.concurrent('revoke takes all secrets, and the client stays listed', async () => {
  const { tool, json, lets } = startWith()
  const { clientSecret } = await json('create', 'ats', ...name)
  expect(await tool('revoke', 'ats')).toMatchObject({
    code: 0,
    out: 'ats is revoked: no secret lets it in any more.\n',
  })
  expect(lets(clientSecret)).toBe(false)
  expect((await tool('list')).out).toBe(
    'ats  Access to Scripts\n  may call all operations\n  revoked\n',
  )
})

test.concurrent('entitle replaces what a client may call', async () => {
  const { tool, json, file } = startWith(client('ats', 300))
  const operations = ['getQpIdentifiers', 'getScriptPdf']
  expect((await json('entitle', 'ats', '--operations', operations.join(', '))).operations).toEqual(
    operations,
  )
  expect(readClientList(file)[0]).toMatchObject({ operations, secrets: [{}] })
  expect((await tool('entitle', 'ats', '--operations', '*')).out).toBe(
    'ats may call all operations.\n',
  )
})

test.concurrent('list says when secrets end, and never shows a digest', async () => {
  const { tool, json } = startWith(client('ats', 20, 300), client('old', -2), client('new', 0.5))
  const { out } = await tool('list')
  expect(out.replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY')).toBe(`ats  Access to Scripts
  may call all operations
  secret of DAY, ends in 20 days (DAY)
  secret of DAY, ends in 300 days (DAY)
old  Access to Scripts
  may call all operations
  secret of DAY, ended 2 days ago (DAY)
new  Access to Scripts
  may call all operations
  secret of DAY, ends in 1 day (DAY)
`)
  const listed = await json('list')
  expect(listed.map(({ clientId }: Client) => clientId)).toEqual(['ats', 'old', 'new'])
  expect(`${out}${JSON.stringify(listed)}`).not.toMatch(/sha256|aaaa/)
})

describe('the registry of the local landscape', () => {
  test.concurrent('is found by the name of its service', async () => {
    const { folder } = startWith()
    mkdirSync(join(folder, 'clients'))
    writeClients(join(folder, 'clients/ca-eps-sapi.json'), [client('ats', 300)])
    const { code, out } = await run(['list', '--service', 'ca-eps-sapi'], folder)
    expect([code, out]).toEqual([0, expect.stringContaining('ats  Access to Scripts')])
  })

  test.concurrent('is made by npm start, and not by this tool', async () => {
    const { code, error } = await run(['create', 'ats', ...name, '--service', 'ca-eps-sapi'])
    expect([code, error]).toEqual([
      1,
      'ca-eps-sapi has no registry at /nowhere/clients/ca-eps-sapi.json: `npm start` makes it, or say --file\n',
    ])
  })
})

describe('what cannot be done ends with 1 and one line', () => {
  test.concurrent.each([
    [
      'a client that is not there',
      ['revoke', 'nobody'],
      'There is no client nobody; there are ats',
    ],
    ['no client to name', ['list', '--file', '/nowhere/x.json'], '/nowhere/x.json is no registry'],
    [
      'no folder',
      ['create', 'x', ...name, '--file', '/nowhere/x.json'],
      'cannot be written: ENOENT',
    ],
  ])('%s', async (_, args, why) => {
    const { file } = startWith(client('ats', 300))
    const { code, out, error } = await run(['--file', file, ...args])
    expect([code, out]).toEqual([1, ''])
    expect(error).toMatch(/^[^\n]+\n$/)
    expect(error).toContain(why)
  })

  test.concurrent('a registry that is broken, which stays as it is', async () => {
    const { tool, file } = startWith()
    writeFileSync(file, 'hush')
    expect(await tool('create', 'ats', ...name)).toEqual({
      code: 1,
      out: '',
      error: `${file} is no registry of clients: it is not JSON\n`,
    })
    expect(readFileSync(file, 'utf8')).toBe('hush')
  })

  test.concurrent('a registry that another process is changing', async () => {
    const { tool, file } = startWith(client('ats', 300))
    writeFileSync(`${file}.lock`, '')
    expect(await tool('revoke', 'ats')).toEqual({
      code: 1,
      out: '',
      error: `${file} is being changed; if by nobody, delete ${file}.lock and try again\n`,
    })
    expect(readClientList(file)[0]?.secrets).toHaveLength(1)
  })
})

describe('what is wrong use ends with 2 and one line', () => {
  test.concurrent.each([
    ['nothing', [], 'Say what to do: list, create, rotate, revoke, entitle'],
    [
      'an unknown service',
      ['list', '--service', 'nix'],
      'There is no nix; there are ca-eps-sapi, ',
    ],
  ])('%s', async (_, args, why) => {
    const { code, out, error } = await run(args)
    expect([code, out]).toEqual([2, ''])
    expect(error).toMatch(/^[^\n]+\n$/)
    expect(error).toContain(why)
  })

  test.concurrent('an operation that the service does not have', async () => {
    const { tool, file } = startWith(client('ats', 300))
    const { code, error } = await tool('entitle', 'ats', '--operations', 'getScriptPdf,getNix')
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/^ca-results-xapi has no getNix; it has .*getScriptPdf.*\n$/),
    ])
    expect(readClientList(file)[0]?.operations).toEqual(['*'])
  })

  test.concurrent('an operation of nobody knows which service', async () => {
    const { folder } = startWith()
    const args = ['create', 'a', ...name, '--operations', 'getScriptPdf']
    const { code, error } = await run([...args, '--file', join(folder, 'other.json')])
    expect([code, error]).toEqual([2, expect.stringContaining('Say --service too')])
  })
})

test.concurrent('--help says how it is called, and names the services', async () => {
  const { code, out } = await run(['--help'])
  expect([code, out]).toEqual([0, expect.stringContaining('whose clients: ca-eps-sapi, ')])
})

test('a service that runs takes up what the tool does', async () => {
  const { file, json } = startWith(client('other', 300))
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
  const timesRead = () => log.lines.filter(({ msg }) => msg.endsWith('was read again')).length
  const after = async (...args: string[]) => {
    const before = timesRead()
    const { clientSecret = secret } = await json(...args)
    await log.line(() => timesRead() > before)
    const headers = { client_id: 'ats', client_secret: clientSecret }
    const { status } = await service.call({ path: '/v1/orders/latest', headers })
    return { clientSecret, status }
  }
  let secret = ''
  try {
    const created = await after('create', 'ats', ...name)
    expect(created.status).toBe(200)
    const rotated = await after('rotate', 'ats')
    expect(rotated.status).toBe(200)
    secret = created.clientSecret
    expect((await after('rotate', 'ats', '--finish')).status).toBe(401)
    secret = rotated.clientSecret
    expect((await after('entitle', 'ats', '--operations', 'getScriptPdf')).status).toBe(403)
    expect((await after('revoke', 'ats')).status).toBe(401)
  } finally {
    await service.stop()
  }
})
