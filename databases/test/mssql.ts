import { mssqlAddress } from '@ca/stored-procedures/definitions'
import { connect, type Session } from '../../tools/db-apply/src/mssql/session.ts'
import { insist, ownName, ownPassword } from './own-names.ts'
import type { Place } from './place.ts'

/** A database of a test's own on an SQL Server, which is not made by that. */
export function mssqlPlace(name: string, admin: URL): Place {
  const database = ownName(name)
  const url = new URL(admin)
  url.pathname = database
  const callersUrl = new URL(url)
  callersUrl.username = `${database}_caller`
  callersUrl.password = ownPassword()

  /** The administrator's connection to it, which is kept until it is dropped. */
  let kept: Promise<Session> | undefined
  const run = async (...statements: string[]) => {
    kept ??= connect(mssqlAddress(url), database)
    const session = await kept
    for (const statement of statements) await session.run(statement)
  }
  const runAt = async (at: URL, where: string, ...statements: string[]) => {
    const session = await connect(mssqlAddress(at), where)
    try {
      for (const statement of statements) await session.run(statement)
    } finally {
      await session.close()
    }
  }
  const runAsCaller = (statement: string) => runAt(callersUrl, database, statement)

  return {
    url,
    callersUrl,
    run,
    runAsCaller,

    async readsForCallers() {
      await run(
        'CREATE TABLE dbo.Probe (Answer int)',
        'CREATE PROCEDURE dbo.ReadProbe AS SELECT Answer FROM dbo.Probe',
        'GRANT EXECUTE ON dbo.ReadProbe TO ProcedureCaller',
      )
      const answer = await runAsCaller('EXEC dbo.ReadProbe').then(
        () => true,
        () => false,
      )
      await run('DROP PROCEDURE dbo.ReadProbe', 'DROP TABLE dbo.Probe')
      return answer
    },

    async drop() {
      const session = await kept
      kept = undefined
      await session?.close()
      const { username } = callersUrl
      // a connection that was closed just now may still count
      await insist(() => runAt(admin, 'master', `DROP DATABASE IF EXISTS ${database}`))
      await runAt(
        admin,
        'master',
        `IF EXISTS (SELECT 1 FROM sys.server_principals WHERE name = N'${username}')
        DROP LOGIN ${username}`,
      )
    },
  }
}
