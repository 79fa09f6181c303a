import { databaseSettings, readSettings } from '@ca/service-kit'
import { type Database, openDatabase, type Procedure } from '@ca/stored-procedures'
import { createTelemetry } from '@ca/telemetry'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { applyTo, type Server, serversOf, serverUrl } from './servers.ts'

/** What is tested is what comes back, not how soon. */
const settings = {
  ...readSettings(databaseSettings(), {}),
  DATABASE_CONNECT_WITHIN_MS: 10_000,
  DATABASE_QUEUE_WITHIN_MS: 20_000,
  DATABASE_ANSWER_WITHIN_MS: 20_000,
}

/** Opens the database with these procedures, as a service does; whoever opens it closes it. */
export type Open = (procedures: readonly Procedure[]) => Promise<Database>

/** What is told of the engine to those few tests that have to know. */
export type Engine = { readonly name: string; readonly hasServer: boolean }

/**
 * Describes a database's behaviour over every engine that it is defined for: SQLite always, a
 * server where there is one. What is not run says so, as a test that was skipped.
 * @param name the database's, and its folder's
 * @param suite describes the tests
 * @param databases where it is defined, in `<name>/<engine>/`; as a rule beside this folder
 */
export async function describeOverEngines(
  name: string,
  suite: (engine: Engine, open: Open) => void,
  databases?: string,
): Promise<void> {
  const openAt = (url: string): Open => {
    return (procedures) =>
      openDatabase({
        name,
        url,
        settings,
        telemetry: createTelemetry('test', { level: 'silent' }),
        procedures,
        databases,
      })
  }

  suite({ name: 'SQLite', hasServer: false }, openAt('sqlite:'))

  for (const server of serversOf(name, databases)) {
    const admin = serverUrl(server)
    if (admin) await overServer(server, admin)
    else notRun(`over ${server.engine}`, name, `${server.variable} names no server`)
  }

  async function overServer(server: Server, admin: URL): Promise<void> {
    // a server has its work with this
    jest.setTimeout(180_000)
    const place = server.place(name, admin)
    afterAll(() => place.drop())
    const made = await applyTo(place, name, databases).catch(async (error) => {
      await place.drop()
      throw error
    })
    test(`db:apply makes ${name} on ${server.engine}, and then changes nothing`, async () => {
      expect(new Set(Object.values(made))).toEqual(new Set(['made']))
      const again = await applyTo(place, name, databases)
      expect(again).toEqual(
        Object.fromEntries(Object.keys(made).map((part) => [part, 'unchanged'])),
      )
    })
    const engine = { name: server.engine, hasServer: true }
    const isCaller = await place.readsForCallers()
    suite(engine, openAt(String(isCaller ? place.callersUrl : place.url)))
    if (!isCaller) {
      const why = 'its procedures do not read in their owner’s name'
      notRun(`as a login that may only execute, on this ${server.engine}`, name, why)
    }
  }
}

/** A test that is not run here; the end of the run says so once for all of its kind. */
export function notRun(what: string, name: string, why: string): void {
  describe('not run', () => {
    test.skip(`${what}: ${name}: ${why}`, () => undefined)
  })
}
