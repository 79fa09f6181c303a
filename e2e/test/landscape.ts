import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { type Answer, type Call, send } from '@ca/test-kit'
import type { Target } from './load.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const services = {
  'ca-results-xapi': 8443,
  'ca-interchange-sapi': 8081,
  'ca-eps-sapi': 8082,
  'ca-rm-sapi': 8083,
  'ca-libs-sapi': 8084,
}
/** A process that has health and metrics. */
export type ServiceName = keyof typeof services

const ports = [...Object.values(services).flatMap((port) => [port, port + 1000]), 8090]

/** What the RM simulator says of itself. */
type RmState = {
  counters: {
    ordersMade: number
    hanging: number
    requests: Record<'GET /scripts/pdf', { underWay: number; answered: number; bodyBytes: number }>
  }
}

/** A landscape of real processes, on ports and in a folder of its own. */
export class Landscape {
  /** Where its `.local` is: the README's lines can be run here as they stand. */
  readonly folder = mkdtempSync(join(tmpdir(), 'landscape-'))
  readonly #portOffset: number
  readonly #parts: Part[] = []
  readonly #databases: Record<string, string> = {}

  private constructor(portOffset: number) {
    this.#portOffset = portOffset
  }

  /** Makes a landscape of which nothing runs yet. */
  static async open(): Promise<Landscape> {
    return new Landscape(await freeOffset())
  }

  /**
   * Starts processes by `npm start`'s own program, all or only those named.
   * @returns once its banner says that they are ready
   */
  async start(...names: string[]): Promise<Part> {
    const part = new Part(
      spawn(process.execPath, ['tools/stack/src/main.ts', ...names], {
        cwd: root,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          ...this.#databases,
          PORT_OFFSET: String(this.#portOffset),
          STATE_FOLDER: join(this.folder, '.local'),
        },
      }),
    )
    this.#parts.push(part)
    await part.says('Ctrl-C')
    return part
  }

  /** The file of a database, if the landscape keeps its databases in files. */
  databaseFile(name: string): string {
    return join(this.folder, `${name}.db`)
  }

  /** Keeps the databases in files, which can be taken away, in place of memory. */
  keepDatabasesInFiles(): void {
    for (const name of ['interchange', 'ci-direct', 'eps', 'libs']) {
      const setting = `${name.replace('-', '_').toUpperCase()}_DATABASE_URL`
      this.#databases[setting] = `sqlite:${this.databaseFile(name)}`
    }
  }

  /** What `.local/demo.env` gives to a shell that reads it. */
  get demo(): Record<string, string> {
    const lines = readFileSync(join(this.folder, '.local/demo.env'), 'utf8').trim().split('\n')
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
  }

  /** Tells the RM simulator what to do to whom calls it, or asks how often it was called. */
  async rm(method: 'GET' | 'PUT' | 'DELETE', settings?: object): Promise<RmState> {
    const { body } = await send(`http://127.0.0.1:${8090 + this.#portOffset}`, {
      method,
      path: '/control',
      headers: { 'content-type': 'application/json' },
      body: settings && JSON.stringify(settings),
    })
    return body as RmState
  }

  /** What RM's own file has of orders: their references, one for each order. */
  ordersAtRm(): string[] {
    const file = join(this.folder, '.local/data/rm-simulator-orders.db')
    const database = new DatabaseSync(file, { readOnly: true })
    const rows = database.prepare('SELECT client_reference FROM orders').all()
    database.close()
    return rows.map(({ client_reference }) => String(client_reference))
  }

  /** The Results API, as the demonstration client calls it. */
  get resultsApi(): Target {
    const { RESULTS_API = '', CLIENT_ID = '', CLIENT_SECRET = '', CA_FILE = '' } = this.demo
    return {
      url: RESULTS_API,
      headers: { client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
      ca: readFileSync(CA_FILE, 'utf8'),
    }
  }

  /** A system API, as the Results API calls it. */
  systemApi(name: ServiceName): Target {
    const file = join(this.folder, '.local/credentials.json')
    const { 'ca-results-xapi': secret } = JSON.parse(readFileSync(file, 'utf8'))
    return {
      url: `http://127.0.0.1:${services[name] + this.#portOffset}`,
      headers: { client_id: 'ca-results-xapi', client_secret: secret },
    }
  }

  /** Where a service tells its health and metrics. */
  managementOf(name: ServiceName): string {
    return `http://127.0.0.1:${services[name] + 1000 + this.#portOffset}`
  }

  /** The lines of a process's log that speak of a transaction. */
  logOf(name: string, transactionId: string): Record<string, unknown>[] {
    return readFileSync(join(this.folder, `.local/logs/${name}.ndjson`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((line) => line.transactionId === transactionId)
  }

  /** Calls the Results API over HTTPS with the demonstration credentials. */
  call(call: Call): Promise<Answer> {
    const { url, headers, ca } = this.resultsApi
    const all = { ...headers, 'x-transaction-id': 'journey-1', ...call.headers }
    return send(url, { ...call, headers: all }, ca)
  }

  /** Ends whatever still runs. */
  async close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What one `npm start` has started. */
export class Part {
  readonly #supervisor: ChildProcess
  #output = ''

  constructor(supervisor: ChildProcess) {
    this.#supervisor = supervisor
    for (const stream of [supervisor.stdout, supervisor.stderr]) {
      stream?.on('data', (chunk) => {
        this.#output += chunk
      })
    }
  }

  get output(): string {
    return this.#output
  }

  /** Waits until it has said something. */
  says(words: string): Promise<void> {
    return this.#until(() => this.#output.includes(words))
  }

  /** Waits until one of its processes has written a line of a transaction, which is in its log then. */
  tells(name: string, transactionId: string): Promise<void> {
    return this.#until(() =>
      this.#linesWith(transactionId).some(
        (line) => line.service === name && line.transactionId === transactionId,
      ),
    )
  }

  /** The whole lines of its processes' logs, so far, in which a text stands. */
  #linesWith(text: string): Record<string, unknown>[] {
    return this.#output
      .slice(0, this.#output.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(text))
      .map((line) => JSON.parse(line))
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#supervisor.exitCode !== null) throw new Error(`It ended:\n${this.#output}`)
      await Promise.race([
        once(this.#supervisor.stdout as NodeJS.EventEmitter, 'data'),
        once(this.#supervisor, 'exit'),
      ])
    }
  }

  /** Kills one of its processes as the kernel would, and waits until it is gone. */
  async kill(name: string): Promise<void> {
    process.kill(this.pidOf(name), 'SIGKILL')
    await this.ended()
  }

  /** The id of one of its processes. */
  pidOf(name: string): number {
    return Number(this.#linesWith('"pid":').find((line) => line.service === name)?.pid)
  }

  /** Whether it is over. */
  get hasEnded(): boolean {
    return this.#supervisor.exitCode !== null || this.#supervisor.signalCode !== null
  }

  /** Waits for its end. */
  async ended(): Promise<number | null> {
    if (this.#supervisor.exitCode === null) await once(this.#supervisor, 'exit')
    return this.#supervisor.exitCode
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<number | null> {
    this.#supervisor.kill('SIGTERM')
    return this.ended()
  }
}

/**
 * An offset at which all ports of a landscape are free, below those that the system gives to
 * outgoing connections: one of these would sit on the port of a process that is being restarted.
 */
async function freeOffset(): Promise<number> {
  const offset = 10_001 + Math.floor(Math.random() * 6_000) * 2
  const free = await Promise.all(ports.map((port) => isFree(port + offset)))
  return free.every(Boolean) ? offset : freeOffset()
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port)
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
