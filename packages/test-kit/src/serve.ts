import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contract, Operations } from '@ca/contracts'
import { createService, databaseSettings, readSettings, type Service } from '@ca/service-kit'
import { newSecret, secretEntry, writeClients } from '@ca/service-kit/clients'
import { createTelemetry } from '@ca/telemetry'
import { createAnswerCheck } from './answer-check.ts'
import { type Answer, type Call, send } from './http-client.ts'
import type { TestLog } from './test-log.ts'

/** The settings of every service, for a test: free ports, a registry with one client, no log. */
export type TestSettings = {
  PORT: number
  HOST: string
  MANAGEMENT_PORT: number
  MANAGEMENT_HOST: string
  BASE_PATH: string
  ANSWER_WITHIN_MS: number
  REQUESTS_AT_ONCE: number
  CLIENTS_FILE: string
  DOCS: 'on' | 'off'
  LOG_LEVEL: 'silent'
} & typeof databases

const databases = readSettings(databaseSettings(), {})

type Credentials = { client_id: string; client_secret: string }

/** A service that runs for a test. */
export type Served = {
  readonly url: string
  readonly managementUrl: string
  /** The client that may call everything. */
  readonly credentials: Credentials
  /** Those of a client that {@link ServeOptions.clients} names. */
  credentialsOf(clientId: string): Credentials
  /**
   * Calls the service as that client and holds its answer against the contract. Headers of the
   * call replace its own; an empty one is left out.
   */
  call(call: Call | string): Promise<Answer>
  stop(): Promise<void>
}

type ServeOptions = {
  basePath?: string
  /** The longest that an answer may take, in milliseconds. Default: 8 s. */
  answerWithinMs?: number
  /** The most requests under way at once. Default: 4000. */
  requestsAtOnce?: number
  /** More clients, by their ids, with the operations that each may call. */
  clients?: Entitlements
  /** The secret of the client that may call everything, where services have to share it. */
  secret?: string
}

type Entitlements = Record<string, string[]>

/**
 * Starts a service on free ports.
 * @param create makes it from its settings
 */
export async function serve(
  contract: Contract,
  create: (settings: TestSettings) => Promise<Service>,
  {
    basePath = '',
    answerWithinMs = 8000,
    requestsAtOnce = 4000,
    clients: others,
    secret,
  }: ServeOptions = {},
): Promise<Served> {
  const clients = writeTestClients({ 'test-client': ['*'], ...others }, secret)
  const service = await create({
    PORT: 0,
    HOST: '127.0.0.1',
    MANAGEMENT_PORT: 0,
    MANAGEMENT_HOST: '127.0.0.1',
    BASE_PATH: basePath,
    ANSWER_WITHIN_MS: answerWithinMs,
    REQUESTS_AT_ONCE: requestsAtOnce,
    CLIENTS_FILE: clients.file,
    DOCS: 'on',
    LOG_LEVEL: 'silent',
    ...databases,
  })
  const { port, managementPort } = await service.start()
  const check = await createAnswerCheck(contract, basePath)
  const url = `http://127.0.0.1:${port}`
  const credentialsOf = (clientId: string) => ({
    client_id: clientId,
    client_secret: clients.secrets[clientId] ?? '',
  })
  const credentials = credentialsOf('test-client')

  return {
    url,
    managementUrl: `http://127.0.0.1:${managementPort}`,
    credentials,
    credentialsOf,
    async call(given) {
      const call = typeof given === 'string' ? { path: given } : given
      const headers = { ...credentials, 'x-transaction-id': 'test-transaction', ...call.headers }
      const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
      const answer = await send(url, { ...call, headers: sent })
      check(call, answer)
      return answer
    },
    async stop() {
      await service.stop()
      clients.remove()
    },
  }
}

/**
 * Starts a service with the given operations: a stand-in for a system API, or the kit alone.
 * @param options also where to keep the service's log; without that, nothing is written
 */
export function serveOperations<Ops>(
  contract: Contract<Ops>,
  operations: Operations<Ops>,
  { log, ...options }: ServeOptions & { log?: TestLog } = {},
): Promise<Served> {
  return serve(
    contract,
    (settings) =>
      createService({
        contract,
        operations,
        settings,
        telemetry: log?.telemetry ?? createTelemetry(contract.name, { level: settings.LOG_LEVEL }),
        dependencies: [],
      }),
    options,
  )
}

/**
 * Writes a registry of clients that live as long as the test.
 * @param entitlements the operations that each client may call, by its id
 * @param secret the secret of all of them; by default each has its own
 */
export function writeTestClients(entitlements: Entitlements, secret?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  const file = join(folder, 'clients.json')
  const secrets = Object.fromEntries(
    Object.keys(entitlements).map((id) => [id, secret ?? newSecret()]),
  )
  writeClients(
    file,
    Object.entries(entitlements).map(([clientId, operations]) => ({
      clientId,
      name: clientId,
      operations,
      secrets: [secretEntry(secrets[clientId] ?? '')],
    })),
  )
  return { file, secrets, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
