import { DependencyFailure } from '@ca/faults'
import { inTransaction, openTransaction } from '@ca/telemetry'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import oracledb from 'oracledb'
import { type Database, integer, openDatabase, procedure } from '../src/index.ts'
import { parseAddress } from '../src/oracle/address.ts'
import { settings, silent } from './sample-database.ts'

const server = process.env.TEST_ORACLE_URL

/** Answers with how many sessions of its user are at it, after so many seconds. */
const countCalls = procedure({
  name: `CountCalls${process.pid}`,
  parameters: { seconds: integer() },
  rowSets: { calls: { running: integer() } },
})

if (server) describeServer(new URL(server))
else {
  describe('not run', () => {
    test.skip('over Oracle: calls that are broken off: TEST_ORACLE_URL names no server', () => {})
  })
}

function describeServer(url: URL): void {
  const { user, password, connectString } = parseAddress('sample', url)
  url.searchParams.set('schema', user)
  let database: Database

  async function run(...statements: string[]): Promise<void> {
    const connection = await oracledb.getConnection({ user, password, connectString })
    for (const statement of statements) await connection.execute(statement)
    await connection.close()
  }

  describe('a call over Oracle', () => {
    beforeAll(async () => {
      await run(`
        CREATE OR REPLACE PROCEDURE ${countCalls.name} (
          Seconds IN  NUMBER,
          Calls   OUT SYS_REFCURSOR
        )
        AUTHID CURRENT_USER
        AS
        BEGIN
          DBMS_APPLICATION_INFO.SET_CLIENT_INFO('${countCalls.name}');
          DBMS_SESSION.SLEEP(Seconds);
          -- an administrator may look at sessions by a role, and those count at run time alone
          OPEN Calls FOR
            'SELECT COUNT(*) AS Running FROM V$SESSION WHERE CLIENT_INFO = :1 AND STATUS = :2'
            USING '${countCalls.name}', 'ACTIVE';
        END;`)
      database = await openDatabase({
        name: 'sample',
        url: String(url),
        settings: { ...settings, DATABASE_POOL_SIZE: 2, DATABASE_ANSWER_WITHIN_MS: 1000 },
        telemetry: silent,
        procedures: [countCalls],
      })
    })
    afterAll(async () => {
      await database?.close()
      await run(`DROP PROCEDURE ${countCalls.name}`)
    })

    test('is broken off at the server when its time is up, and makes place for the next', async () => {
      const startedAt = performance.now()
      const failures = await Promise.all(
        [60, 60].map((seconds) => {
          const transaction = openTransaction('t-00001')
          return inTransaction(transaction, () =>
            database.call(countCalls, { seconds }).catch((error) => error),
          )
        }),
      )
      expect(performance.now() - startedAt).toBeLessThan(2000)
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(DependencyFailure)
        expect(failure).toMatchObject({ way: 'timed out', repeat: 'none' })
      }
      // its own call is the only one that is left
      for (let left = 50; left > 0; left -= 1) {
        const answer = await database.call(countCalls, { seconds: 0 }).catch(() => undefined)
        if (answer?.calls[0]?.running === 1) return
      }
      throw new Error('the server works on at what was broken off')
    })
  })
}
