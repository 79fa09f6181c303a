import { oracleAddress } from '@ca/stored-procedures/definitions'
import { connect } from '../../tools/db-apply/src/oracle/session.ts'
import { insist, ownName, ownPassword } from './own-names.ts'
import type { Place } from './place.ts'

/** A schema of a test's own in an Oracle database, which is not made by that. */
export function oraclePlace(name: string, admin: URL): Place {
  const schema = ownName(name).toUpperCase()
  const url = new URL(admin)
  url.searchParams.set('schema', schema)
  const callersUrl = new URL(url)
  callersUrl.username = `${schema}_USER`
  callersUrl.password = ownPassword()

  const runAs = async (at: URL, statements: readonly string[]) => {
    const session = await connect(oracleAddress(name, at))
    try {
      for (const statement of statements) await session.run(statement)
    } finally {
      await session.close()
    }
  }
  const inSchema = `ALTER SESSION SET CURRENT_SCHEMA = ${schema}`

  return {
    url,
    callersUrl,

    run: (...statements) => runAs(url, [inSchema, ...statements]),

    runAsCaller: (statement) => runAs(callersUrl, [inSchema, statement]),

    // Oracle itself: nothing else speaks its protocol
    readsForCallers: async () => true,

    async drop() {
      const dropUser = (user: string) =>
        `DECLARE missing EXCEPTION; PRAGMA EXCEPTION_INIT(missing, -1918);
        BEGIN EXECUTE IMMEDIATE 'DROP USER ${user} CASCADE'; EXCEPTION WHEN missing THEN NULL; END;`
      const dropRole = `DECLARE missing EXCEPTION; PRAGMA EXCEPTION_INIT(missing, -1919);
        BEGIN EXECUTE IMMEDIATE 'DROP ROLE ${schema}_CALLER';
        EXCEPTION WHEN missing THEN NULL; END;`
      // a connection that was closed just now may still count
      await insist(() => runAs(admin, [dropUser(callersUrl.username), dropUser(schema), dropRole]))
    },
  }
}
