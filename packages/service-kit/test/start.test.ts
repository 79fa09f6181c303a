import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { createTelemetry } from '@ca/telemetry'
import { sampleContract, sampleOperations, type TestSettings, writeTestClients } from '@ca/test-kit'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createService, type TlsSettings } from '../src/index.ts'
import { fileOf } from './fixtures/files.ts'

const clients = writeTestClients({})
afterAll(() => clients.remove())

function create(settings: Partial<TestSettings & TlsSettings>, contract = sampleContract) {
  return createService({
    contract,
    operations: sampleOperations,
    settings: {
      PORT: 0,
      HOST: '127.0.0.1',
      MANAGEMENT_PORT: 0,
      MANAGEMENT_HOST: '127.0.0.1',
      BASE_PATH: '',
      REQUESTS_AT_ONCE: 10,
      ANSWER_WITHIN_MS: 8000,
      CLIENTS_FILE: clients.file,
      DOCS: 'on',
      LOG_LEVEL: 'silent',
      ...settings,
    },
    telemetry: createTelemetry('sample-sapi', { level: 'silent' }),
    dependencies: [],
  })
}

describe('a port that is in use', () => {
  const holder = net.createServer()
  let port = 0
  beforeAll(async () => {
    await once(holder.listen(0, '127.0.0.1'), 'listening')
    port = (holder.address() as AddressInfo).port
  })
  afterAll(() => void holder.close())

  test.each(['PORT', 'MANAGEMENT_PORT'])('is named, and its setting %s', async (setting) => {
    const service = await create({ [setting]: port })
    await expect(service.start()).rejects.toThrow(
      new Error(`port ${port} is in use: end what holds it, or set ${setting} to a free one`),
    )
  })

  test('leaves the other one free', async () => {
    const managementPort = await freePort()
    const failing = await create({ PORT: port, MANAGEMENT_PORT: managementPort })
    await expect(failing.start()).rejects.toThrow('is in use')
    const next = await create({ PORT: managementPort })
    await next.start()
    await next.stop()
  })
})

test.each(['HOST', 'MANAGEMENT_HOST'])(
  'an address of another machine is named, and its setting %s',
  async (setting) => {
    const service = await create({ [setting]: '192.0.2.1' })
    await expect(service.start()).rejects.toThrow(
      new Error(`192.0.2.1 is no address of this machine: set ${setting}`),
    )
  },
)

describe('with TLS', () => {
  const pem = fileOf('no certificate')

  test.each([
    [{ TLS: 'on' }, 'bad settings: TLS_CERT_FILE and TLS_KEY_FILE are wanted, or TLS=off'],
    [
      { TLS: 'on', TLS_CERT_FILE: pem },
      'bad settings: TLS_CERT_FILE and TLS_KEY_FILE are wanted, or TLS=off',
    ],
    [
      { TLS: 'on', TLS_CERT_FILE: '/nowhere', TLS_KEY_FILE: pem },
      'TLS_CERT_FILE cannot be read: ENOENT',
    ],
    [
      { TLS: 'on', TLS_CERT_FILE: pem, TLS_KEY_FILE: '/nowhere' },
      'TLS_KEY_FILE cannot be read: ENOENT',
    ],
    [
      { TLS: 'on', TLS_CERT_FILE: pem, TLS_KEY_FILE: pem },
      'TLS_CERT_FILE and TLS_KEY_FILE are no certificate and its key: ',
    ],
  ] as const)('%j is refused in one line', async (settings, message) => {
    await expect(create(settings)).rejects.toThrow(message)
    await expect(create(settings)).rejects.not.toThrow('\n')
  })

  test('that is off no file is wanted', async () => {
    await expect(create({ TLS: 'off', TLS_CERT_FILE: '/nowhere' })).resolves.toBeDefined()
  })
})

test('a contract with a parameter that could not be converted is refused', async () => {
  const list = { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'string' } } }
  const get = { operationId: 'getOrder', parameters: [list], responses: {} }
  const document = { ...sampleContract.document, paths: { '/v1/orders': { get } } }
  await expect(create({}, { ...sampleContract, document })).rejects.toThrow(
    new Error("The contract's parameter ids is of type array, which no gate reads"),
  )
})

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}
