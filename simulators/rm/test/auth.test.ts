import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { pino } from 'pino'
import { client, type Simulator, startSimulator } from './fixtures/simulator.ts'

const goodForm = {
  grant_type: 'client_credentials',
  client_id: client.id,
  client_secret: client.secret,
}

let rm: Simulator
let address: string
let logged: string[] = []

beforeAll(async () => {
  const log = pino({ base: { service: 'rm-simulator' } }, { write: (line) => logged.push(line) })
  rm = await startSimulator({ log })
  address = rm.address
})

afterAll(() => rm.stop())

beforeEach(() => {
  logged = []
})

async function askForToken(body?: URLSearchParams | string, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}/auth/token`, { method: 'POST', body, headers })
  return { response, answer: (await response.json()) as Record<string, unknown> }
}

function form(fields: Record<string, string>): URLSearchParams {
  return new URLSearchParams(fields)
}

describe('POST /auth/token', () => {
  test('gives a bearer token for the right credentials', async () => {
    const { response, answer } = await askForToken(form(goodForm))

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 3600,
    })
  })

  test('gives every caller a token of its own', async () => {
    const first = await askForToken(form(goodForm))
    const second = await askForToken(form(goodForm))

    expect(first.answer.access_token).not.toBe(second.answer.access_token)
  })

  test.each([
    ['a wrong secret', { ...goodForm, client_secret: 'wrong' }],
    ['an empty secret', { ...goodForm, client_secret: '' }],
    ['another client', { ...goodForm, client_id: 'somebody' }],
  ])('refuses %s with 401', async (_what, fields) => {
    const { response, answer } = await askForToken(form(fields))

    expect(response.status).toBe(401)
    expect(answer).toEqual({ error: 'invalid_client' })
  })

  test('refuses another grant with 400', async () => {
    const { response, answer } = await askForToken(form({ ...goodForm, grant_type: 'password' }))

    expect(response.status).toBe(400)
    expect(answer).toEqual({ error: 'unsupported_grant_type' })
  })

  test.each([
    ['no body', undefined],
    ['no grant', form({ client_id: client.id, client_secret: client.secret })],
    ['no secret', form({ grant_type: 'client_credentials', client_id: client.id })],
    ['a field sent twice', new URLSearchParams([...Object.entries(goodForm), ['client_id', 'x']])],
    ['JSON', JSON.stringify(goodForm)],
  ])('refuses %s with 400', async (_what, body) => {
    const { response, answer } = await askForToken(body)

    expect(response.status).toBe(400)
    expect(answer).toEqual({ error: 'invalid_request' })
  })

  test('refuses a body that is too large', async () => {
    const { response, answer } = await askForToken(form({ ...goodForm, more: 'x'.repeat(20_000) }))

    expect(response.status).toBe(413)
    expect(answer).toEqual({ error: 'invalid_request' })
  })
})

test.each(['/', '/auth', '/auth/token', '/auth/token/x', '/%'])(
  'GET %s is unknown',
  async (path) => {
    const response = await fetch(address + path)

    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ error: 'not_found' })
  },
)

describe('the log', () => {
  test('has one line a request, with its transaction', async () => {
    await askForToken(form(goodForm), { 'x-transaction-id': 'hello-1' })

    expect(logged.map((line) => JSON.parse(line))).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        service: 'rm-simulator',
        method: 'POST',
        path: '/auth/token',
        status: 200,
        durationMs: expect.any(Number),
        transactionId: 'hello-1',
        msg: 'POST /auth/token 200',
      },
    ])
  })

  test.each([['four'], ['no spaces'], ['x'.repeat(129)]])(
    'does not repeat a transaction id out of form: %s',
    async (transactionId) => {
      await askForToken(form(goodForm), { 'x-transaction-id': transactionId })

      expect(JSON.parse(String(logged))).not.toHaveProperty('transactionId')
    },
  )

  test('says no secret, token or unknown path', async () => {
    const { answer } = await askForToken(form(goodForm))
    await askForToken(form({ ...goodForm, client_secret: 'a wrong secret' }))
    await fetch(`${address}/a/secret/path?client_secret=${client.secret}`)

    expect(logged).toHaveLength(3)
    expect(logged.join()).not.toMatch(/secret|access_token/)
    expect(logged.join()).not.toContain(answer.access_token)
  })
})
