import { networkInterfaces } from 'node:os'
import type { KnownClient } from './client-registry.ts'
import type { Credentials } from './credentials.ts'
import type { DevelopmentCa } from './development-ca.ts'

/** What the settings of a landscape's processes are made of. */
export type Landscape = {
  readonly processes: readonly ProcessRow[]
  readonly ca: DevelopmentCa
  readonly credentialsOf: (clientId: string) => Credentials
  /** The registry of the clients that may call a process. */
  readonly registryFileOf: (name: string) => string
  /** A file that a process keeps, by its name; its folder is there. */
  readonly dataFile: (name: string) => string
  /** The environment that `npm start` was given. */
  readonly given: NodeJS.ProcessEnv
}

/** A process of the landscape. */
export type ProcessRow = {
  readonly name: string
  /** How many layers stand between it and the consumers. */
  readonly layer: number
  /** Its main module, from the root of the repository. */
  readonly entry: string
  readonly protocol: 'http' | 'https'
  /** The address that it listens on. */
  readonly host: string
  readonly port: number
  /** The port of its health and metrics, always on 127.0.0.1. */
  readonly managementPort?: number
  /** Who may call it, by a registry that it is given. */
  readonly clients?: readonly KnownClient[]
  /** What it is told beside what every process is told: variables of its environment. */
  readonly settings: (landscape: Landscape) => Record<string, string>
}

const loopback = '127.0.0.1'

/** The consumer that the demonstration credentials belong to. */
export const demoClient = { clientId: 'ats-demo', name: 'ATS (Access to Scripts), demonstration' }

const resultsApi = { clientId: 'ca-results-xapi', name: 'Results API' }

/** What RM knows our services as. */
const rmClientId = 'exam-board-integration'

/** A base path that was given is the consumer's, and ends at the experience API. */
const noBasePath = { BASE_PATH: '' }

/** Every process of the landscape, on the ports of a landscape that is not moved. */
export const processes: readonly ProcessRow[] = [
  {
    name: 'ca-results-xapi',
    layer: 0,
    entry: 'services/ca-results-xapi/src/main.ts',
    protocol: 'https',
    host: everyInterface(),
    port: 8443,
    managementPort: 9443,
    clients: [demoClient],
    settings: ({ ca, credentialsOf, processes, given }) => ({
      TLS: 'on',
      TLS_CERT_FILE: ca.certificateFile,
      TLS_KEY_FILE: ca.keyFile,
      BASE_PATH: given.BASE_PATH ?? '',
      INTERCHANGE_SAPI_URL: addressOf('ca-interchange-sapi', processes),
      EPS_SAPI_URL: addressOf('ca-eps-sapi', processes),
      RM_SAPI_URL: addressOf('ca-rm-sapi', processes),
      LIBS_SAPI_URL: addressOf('ca-libs-sapi', processes),
      SAPI_CLIENT_ID: resultsApi.clientId,
      SAPI_CLIENT_SECRET: credentialsOf(resultsApi.clientId).clientSecret,
    }),
  },
  {
    ...systemApi('ca-interchange-sapi', 8081),
    settings: ({ given }) => ({
      ...noBasePath,
      INTERCHANGE_DATABASE_URL: given.INTERCHANGE_DATABASE_URL || 'sqlite:',
      CI_DIRECT_DATABASE_URL: given.CI_DIRECT_DATABASE_URL || 'sqlite:',
    }),
  },
  {
    ...systemApi('ca-eps-sapi', 8082),
    settings: (landscape) => ({
      ...noBasePath,
      EPS_DATABASE_URL: landscape.given.EPS_DATABASE_URL || 'sqlite:',
      ...rmSettings(landscape),
    }),
  },
  {
    ...systemApi('ca-rm-sapi', 8083),
    settings: (landscape) => ({
      ...noBasePath,
      ORDERS_FILE: landscape.dataFile('ca-rm-sapi-orders.db'),
      ...rmSettings(landscape),
    }),
  },
  {
    ...systemApi('ca-libs-sapi', 8084),
    settings: ({ given }) => ({
      ...noBasePath,
      LIBS_DATABASE_URL: given.LIBS_DATABASE_URL || 'sqlite:',
    }),
  },
  {
    name: 'rm-simulator',
    layer: 2,
    entry: 'simulators/rm/src/main.ts',
    protocol: 'http',
    host: loopback,
    port: 8090,
    settings: ({ credentialsOf, dataFile }) => ({
      ORDERS_FILE: dataFile('rm-simulator-orders.db'),
      RM_CLIENT_ID: rmClientId,
      RM_CLIENT_SECRET: credentialsOf(rmClientId).clientSecret,
    }),
  },
]

/** What all system APIs have alike. */
function systemApi(name: string, port: number): Omit<ProcessRow, 'settings'> {
  return {
    name,
    layer: 1,
    entry: `services/${name}/src/main.ts`,
    protocol: 'http',
    host: loopback,
    port,
    managementPort: port + 1000,
    clients: [resultsApi],
  }
}

/** What the services that call RM are told of it. */
function rmSettings({ processes, credentialsOf }: Landscape): Record<string, string> {
  return {
    RM_URL: addressOf('rm-simulator', processes),
    RM_CLIENT_ID: rmClientId,
    RM_CLIENT_SECRET: credentialsOf(rmClientId).clientSecret,
  }
}

/** The ports that processes listen on. */
export function portsOf(rows: readonly ProcessRow[]): number[] {
  return rows.flatMap(({ port, managementPort }) =>
    managementPort === undefined ? [port] : [port, managementPort],
  )
}

/** The processes with every port moved by `offset`. */
export function moved(rows: readonly ProcessRow[], offset: number): ProcessRow[] {
  return rows.map((row) => ({
    ...row,
    port: row.port + offset,
    ...(row.managementPort !== undefined && { managementPort: row.managementPort + offset }),
  }))
}

/**
 * The address of a process, such as `http://127.0.0.1:8082`.
 * @throws {Error} when there is none of that name
 */
export function addressOf(name: string, rows: readonly ProcessRow[]): string {
  const row = rows.find((row) => row.name === name)
  if (!row) throw new Error(`There is no ${name} in the landscape`)
  return `${row.protocol}://${row.host === loopback ? loopback : 'localhost'}:${row.port}`
}

/**
 * The whole environments of the processes, by their names: what `npm start` was given and, before
 * that, what the table says. What the table says of one process, secrets above all, no other gets.
 */
export function environmentsOf(landscape: Landscape): Map<string, NodeJS.ProcessEnv> {
  const settings = landscape.processes.map(
    (row) => [row.name, { ...listening(row, landscape), ...row.settings(landscape) }] as const,
  )
  const spokenOf = new Set(settings.flatMap(([, own]) => Object.keys(own)))
  const shared = Object.entries(landscape.given).filter(([name]) => !spokenOf.has(name))
  return new Map(settings.map(([name, own]) => [name, { ...Object.fromEntries(shared), ...own }]))
}

function listening(row: ProcessRow, { registryFileOf }: Landscape): Record<string, string> {
  return {
    HOST: row.host,
    PORT: `${row.port}`,
    ...(row.managementPort !== undefined && {
      MANAGEMENT_HOST: loopback,
      MANAGEMENT_PORT: `${row.managementPort}`,
    }),
    ...(row.clients && { CLIENTS_FILE: registryFileOf(row.name) }),
  }
}

/** IPv6's "every interface" takes IPv4 too, but a machine without IPv6 does not have it. */
function everyInterface(): string {
  const addresses = Object.values(networkInterfaces()).flat()
  return addresses.some((address) => address?.family === 'IPv6') ? '::' : '0.0.0.0'
}
