import { type OracleAddress, oracleAddress } from '@ca/stored-procedures/definitions'
import { WrongUse } from '../command-line.ts'
import {
  type Columns,
  type Kind,
  nameIn,
  type SampleTable,
  type SampleValue,
} from '../sample-data.ts'
import type { OpenTarget } from '../target.ts'
import { admit } from './login.ts'
import { name, unquoted } from './names.ts'
import { connect, type Session } from './session.ts'
import { runnable } from './statement.ts'

const oraclesOwn = ['SYS', 'SYSTEM', 'PUBLIC', 'XDB', 'OUTLN', 'DBSNMP', 'AUDSYS']

const ledger = `
CREATE TABLE AppliedFile (
  Name            VARCHAR2(128 CHAR) NOT NULL PRIMARY KEY,
  Digest          VARCHAR2(64)       NOT NULL,
  Objects         VARCHAR2(64),
  AppliedDateTime TIMESTAMP(3)       NOT NULL
)`
/** It has no rows: whoever applies has it locked. */
const turn = 'CREATE TABLE ApplyTurn (Turn NUMBER(1) NOT NULL PRIMARY KEY)'

const isoForm = `'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'`

/** Opens a schema of Oracle, which may be missing yet. */
export const openTarget: OpenTarget = async (database, url) => {
  const address = readAddress(database, url)
  const { schema } = address
  const owner = { owner: schema }
  // roles are the whole server's
  const role = `${schema}_CALLER`
  const session = await connect(address)
  let turnTaking: Session | undefined

  const hasTable = async (table: string) => {
    const found = await session.rows(
      'SELECT table_name FROM all_tables WHERE owner = :owner AND table_name = :named',
      { ...owner, named: unquoted(table) },
    )
    return found.length > 0
  }

  return {
    role,
    title: `schema ${schema} at ${new URL(address.connectString).host}`,

    async make() {
      const hasSchema = async () => {
        const found = await session.rows(
          'SELECT username FROM all_users WHERE username = :owner',
          owner,
        )
        return found.length > 0
      }
      const outcome = await makeOnce(hasSchema, async () => {
        const [found] = await session.rows(
          `SELECT property_value FROM database_properties
          WHERE property_name = 'DEFAULT_PERMANENT_TABLESPACE'`,
        )
        const tablespace = name(found?.[0] ?? 'USERS')
        // nobody can log in as it
        await session.run(
          `CREATE USER ${name(schema)} NO AUTHENTICATION
          DEFAULT TABLESPACE ${tablespace} QUOTA UNLIMITED ON ${tablespace}`,
        )
      })
      await session.run(`ALTER SESSION SET CURRENT_SCHEMA = ${name(schema)}`)
      await makeOnce(
        () => hasTable('AppliedFile'),
        () => session.run(ledger),
      )
      await makeOnce(
        () => hasTable('ApplyTurn'),
        () => session.run(turn),
      )
      return outcome
    },

    async lock() {
      // on a connection of its own, for what is defined commits: the lock ends with it
      turnTaking = await connect(address)
      await turnTaking
        .run(`LOCK TABLE ${name(schema)}.ApplyTurn IN EXCLUSIVE MODE`)
        .catch((cause: Error) => {
          const what = `Another db:apply is at work on ${schema}: wait for it to end`
          throw new Error(`${what} (${cause.message})`, { cause })
        })
    },

    async ledger() {
      const entries = await session.rows('SELECT Name, Digest, Objects FROM AppliedFile')
      return new Map(
        entries.map(([entry, digest, objects]) => [
          String(entry),
          { digest: String(digest), objects: objects ?? '' },
        ]),
      )
    },

    async record(entry, applied) {
      await record(session, entry, applied)
      await session.commit()
    },

    async objects() {
      const objects = new Map<string, string>()
      const made = await session.rows(
        `SELECT object_type, object_name, status FROM all_objects
        WHERE owner = :owner AND object_type IN ('TABLE', 'VIEW', 'PROCEDURE')`,
        owner,
      )
      for (const [kind, object, status] of made) {
        objects.set(`${kind} ${object}`.toLowerCase(), status === 'VALID' ? '' : String(status))
      }
      const sources = await session.rows(
        `SELECT type, name, text FROM all_source WHERE owner = :owner AND type = 'PROCEDURE'
        ORDER BY name, line`,
        owner,
      )
      const views = await session.rows(
        `SELECT 'VIEW', view_name, text_vc FROM all_views WHERE owner = :owner`,
        owner,
      )
      for (const [kind, object, text] of [...sources, ...views]) {
        const key = `${kind} ${object}`.toLowerCase()
        objects.set(key, `${objects.get(key) ?? ''}${text ?? ''}`)
      }
      const rights = await session.rows(
        `SELECT grantee, privilege, table_name FROM all_tab_privs
        WHERE table_schema = :owner ORDER BY grantee, privilege, table_name`,
        owner,
      )
      const roles = await session.rows('SELECT role FROM dba_roles WHERE role = :named', {
        named: role,
      })
      if (roles.length > 0) {
        const own = rights.filter(([grantee]) => grantee === role)
        const texts = own.map(([, privilege, object]) => `${privilege} ${object}`)
        objects.set(`role ${role}`.toLowerCase(), texts.join(', '))
      }
      return objects
    },

    drop: (object) => session.run(`DROP ${object}`),

    run: (statement) => session.run(runnable(statement)),

    async columns(table) {
      const found = await session.rows(
        `SELECT column_name, data_type FROM all_tab_columns
        WHERE owner = :owner AND table_name = :named`,
        { ...owner, named: unquoted(table.name) },
      )
      if (found.length === 0) return undefined
      return new Map(
        found.map(([column, type]) => [nameIn(table, String(column)), kindOf(String(type))]),
      )
    },

    async rows(table, columns): Promise<SampleValue[][]> {
      const shown = [...columns].map(([column, kind]) => {
        if (kind === 'moment') return `TO_CHAR(${column}, ${isoForm})`
        return kind === 'integer' ? `TO_CHAR(${column}, 'TM9')` : column
      })
      return session.rows(`SELECT ${shown.join(', ')} FROM ${table}`)
    },

    async replaceRows(tables, copied) {
      try {
        for (const table of tables.toReversed()) await session.run(`DELETE FROM ${table.name}`)
        let rows = 0
        for (const table of tables) {
          await copyRows(session, table, table.kinds)
          rows += table.rows.length
          copied(rows)
          await record(session, `sample-data/${table.name}`, table.applied)
        }
        await session.commit()
      } catch (error) {
        await session.rollback().catch(() => undefined)
        throw error
      }
    },

    admit: (login) => admit({ address, session, role, login }),

    async close() {
      for (const each of [turnTaking, session]) await each?.close().catch(() => undefined)
    },
  }
}

function readAddress(database: string, url: URL): OracleAddress {
  let address: OracleAddress
  try {
    address = oracleAddress(database, url)
  } catch (error) {
    throw new WrongUse((error as Error).message)
  }
  // as Oracle has a name that SQL does not quote
  const schema = unquoted(address.schema)
  if (oraclesOwn.includes(schema)) {
    throw new WrongUse(`${schema} is Oracle's own: name a schema that may be made, ?schema=NAME`)
  }
  return { ...address, schema }
}

/** Makes what is missing, unless another run is quicker. */
async function makeOnce(
  isThere: () => Promise<boolean>,
  make: () => Promise<void>,
): Promise<'made' | 'unchanged'> {
  if (await isThere()) return 'unchanged'
  try {
    await make()
    return 'made'
  } catch (error) {
    if (await isThere()) return 'unchanged'
    throw error
  }
}

function kindOf(type: string): Kind {
  if (type === 'NUMBER') return 'integer'
  return /^(TIMESTAMP|DATE)/.test(type) ? 'moment' : 'text'
}

async function record(
  session: Session,
  entry: string,
  { digest, objects }: { digest: string; objects: string },
): Promise<void> {
  await session.run('DELETE FROM AppliedFile WHERE Name = :entry', { entry })
  await session.run(
    `INSERT INTO AppliedFile (Name, Digest, Objects, AppliedDateTime)
    VALUES (:entry, :digest, :objects, SYS_EXTRACT_UTC(SYSTIMESTAMP))`,
    { entry, digest, objects },
  )
}

async function copyRows(
  session: Session,
  { name: table, columns, rows }: SampleTable,
  columnKinds: Columns,
): Promise<void> {
  if (rows.length === 0) return
  const kinds = columns.map((column) => columnKinds.get(column))
  const places = kinds.map((kind, index) => {
    const place = `:${index + 1}`
    if (kind === 'moment') return `TO_TIMESTAMP(${place}, ${isoForm})`
    return kind === 'integer' ? `TO_NUMBER(${place})` : place
  })
  await session.runMany(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`,
    rows.map((row) => row.map((value, index) => asText(value, kinds[index]))),
  )
}

function asText(value: SampleValue, kind: Kind | undefined): string | null {
  if (value === null) return null
  return kind === 'moment' ? new Date(String(value)).toISOString() : String(value)
}
