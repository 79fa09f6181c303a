import { setTimeout } from 'node:timers/promises'
import { type MssqlAddress, mssqlAddress } from '@ca/stored-procedures/definitions'
import type sql from 'mssql'
import { WrongUse } from '../command-line.ts'
import { nameIn, type SampleValue } from '../sample-data.ts'
import type { OpenTarget } from '../target.ts'
import { admit, role } from './login.ts'
import { literal, name } from './names.ts'
import { copyRows, kindOf } from './rows.ts'
import { connect, NoConnection, type Session } from './session.ts'

/** How long the making of an empty database may take. */
const makesWithinMs = 10_000
const serversOwn = ['master', 'model', 'msdb', 'tempdb']

const ledger = `
IF OBJECT_ID(N'dbo.AppliedFile', N'U') IS NULL
CREATE TABLE dbo.AppliedFile (
  Name            nvarchar(128) NOT NULL PRIMARY KEY,
  Digest          char(64)      NOT NULL,
  Objects         varchar(64)   NOT NULL,
  AppliedDateTime datetime2(3)  NOT NULL
)`
/** Of one row, which is locked by whoever applies. */
const turn = `
IF OBJECT_ID(N'dbo.ApplyTurn', N'U') IS NULL
CREATE TABLE dbo.ApplyTurn (Turn int NOT NULL PRIMARY KEY, TakenDateTime datetime2(3) NOT NULL)`

/** Opens a database of SQL Server, which may be missing yet. */
export const openTarget: OpenTarget = async (_, url) => {
  const address = readAddress(url)
  const { database } = address
  let own: Session | undefined = await connectWhereItIs(address)
  let turnTaking: Session | undefined
  let turnTaken: sql.Transaction | undefined
  const session = () => {
    if (!own) throw new Error('The database is not made yet')
    return own
  }

  return {
    role,
    title: `database ${database} at ${address.server}:${address.port}`,

    async make() {
      const outcome = own ? 'unchanged' : await patiently(() => makeDatabase(address))
      own ??= await patiently(() => connect(address, database))
      for (const script of [ledger, turn]) await tolerant(own, script)
      return outcome
    },

    async lock() {
      // on a connection of its own: the lock ends with it, however that comes
      turnTaking = await connect(address, database)
      turnTaken = await takeTurn(turnTaking).catch((cause: Error) => {
        const what = `Another db:apply is at work on ${database}: wait for it to end`
        throw new Error(`${what} (${cause.message})`, { cause })
      })
    },

    async ledger() {
      const entries = await session().rows('SELECT Name, Digest, Objects FROM dbo.AppliedFile')
      return new Map(
        entries.map(({ Name, Digest, Objects }) => [
          String(Name),
          { digest: String(Digest), objects: String(Objects) },
        ]),
      )
    },

    async record(entry, applied) {
      await session().run(recorded(entry, applied))
    },

    async objects() {
      const made = await session().rows(`
        SELECT o.name AS Name, o.type AS Type, m.definition AS Definition
        FROM sys.objects AS o
        LEFT JOIN sys.sql_modules AS m ON m.object_id = o.object_id
        WHERE o.schema_id = SCHEMA_ID(N'dbo') AND o.type IN ('U', 'V', 'P')`)
      const roles = await session().rows(
        `SELECT name AS Name FROM sys.database_principals WHERE type = 'R'`,
      )
      const rights = await session().rows(`
        SELECT r.name AS Role, o.name AS Name, p.permission_name AS Permission
        FROM sys.database_permissions AS p
        JOIN sys.database_principals AS r ON r.principal_id = p.grantee_principal_id
        JOIN sys.objects AS o ON o.object_id = p.major_id
        WHERE p.class = 1`)
      const objects = new Map<string, string>()
      for (const { Name, Type, Definition } of made) {
        const kind = kinds.get(String(Type).trim())
        objects.set(`${kind} ${Name}`.toLowerCase(), String(Definition ?? ''))
      }
      for (const { Name } of roles) {
        const own = rights.filter(({ Role }) => Role === Name)
        const texts = own.map((each) => `${each.Permission} ${each.Name}`.toLowerCase())
        objects.set(`role ${Name}`.toLowerCase(), texts.sort().join(', '))
      }
      return objects
    },

    async drop(object) {
      const [kind, named = ''] = object.split(' ')
      await session().run(`DROP ${kind} dbo.${name(named)}`)
    },

    run: (batch) => session().run(batch),

    async columns(table) {
      const found = await session().rows(
        `SELECT COLUMN_NAME AS Name, DATA_TYPE AS Type
        FROM INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_SCHEMA = N'dbo' AND TABLE_NAME = @table`,
        { table: table.name },
      )
      if (found.length === 0) return undefined
      return new Map(
        found.map(({ Name, Type }) => [nameIn(table, String(Name)), kindOf(String(Type))]),
      )
    },

    async rows(table, columns) {
      const names = [...columns.keys()]
      const rows = await session().rows(
        `SELECT ${names.map(name).join(', ')} FROM dbo.${name(table)}`,
      )
      return rows.map((row) => Object.values(row).map(asSampleValue))
    },

    async replaceRows(tables, copied) {
      const transaction = await session().begin()
      try {
        for (const table of tables.toReversed()) {
          await transaction.request().batch(`DELETE FROM dbo.${name(table.name)}`)
        }
        let before = 0
        for (const table of tables) {
          await copyRows(transaction, table, (rows) => copied(before + rows))
          before += table.rows.length
          await transaction.request().batch(recorded(`sample-data/${table.name}`, table.applied))
        }
        await transaction.commit()
      } catch (error) {
        // the server may have ended it already, or the connection
        await transaction.rollback().catch(() => undefined)
        throw error
      }
    },

    admit: (login) => admit({ address, own: session(), login }),

    async close() {
      // a pool would wait for a transaction that is under way; one that broke is gone already
      await turnTaken?.commit().catch(() => undefined)
      for (const each of [turnTaking, own]) await each?.close()
    },
  }
}

const kinds = new Map([
  ['U', 'table'],
  ['V', 'view'],
  ['P', 'procedure'],
])

function readAddress(url: URL): MssqlAddress {
  let address: MssqlAddress
  try {
    address = mssqlAddress(url)
  } catch (error) {
    throw new WrongUse((error as Error).message)
  }
  const database = address.database.toLowerCase()
  if (serversOwn.includes(database)) {
    throw new WrongUse(`${database} is the server's own: name a database that may be made`)
  }
  if (address.database.length > 128)
    throw new WrongUse('A database name has at most 128 characters')
  return address
}

/** @returns nothing where there is no such database; that another one lets us in is sure then */
async function connectWhereItIs(address: MssqlAddress): Promise<Session | undefined> {
  try {
    return await connect(address, address.database)
  } catch (error) {
    if (!(error instanceof NoConnection && error.isRefused)) throw error
    if (await withMaster(address, (master) => exists(master, address))) throw error
    return undefined
  }
}

/** Another run may be quicker. */
async function makeDatabase(address: MssqlAddress): Promise<'made' | 'unchanged'> {
  return withMaster(address, async (master) => {
    try {
      await master.run(`CREATE DATABASE ${name(address.database)}`)
      return 'made'
    } catch (error) {
      if (await exists(master, address)) return 'unchanged'
      throw error
    }
  })
}

/** A database that is being made by another run is there some time before it lets anybody in. */
async function patiently<T>(
  work: () => Promise<T>,
  until = Date.now() + makesWithinMs,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (Date.now() > until) throw error
    await setTimeout(200)
    return patiently(work, until)
  }
}

async function exists(master: Session, { database }: MssqlAddress): Promise<boolean> {
  const found = await master.rows('SELECT 1 AS Found FROM sys.databases WHERE name = @database', {
    database,
  })
  return found.length > 0
}

async function withMaster<T>(
  address: MssqlAddress,
  work: (master: Session) => Promise<T>,
): Promise<T> {
  const master = await connect(address, 'master')
  try {
    return await work(master)
  } finally {
    await master.close()
  }
}

/** @returns a transaction that has the one row locked */
async function takeTurn(session: Session): Promise<sql.Transaction> {
  const transaction = await session.begin()
  try {
    const { rowsAffected } = await transaction
      .request()
      .query('UPDATE dbo.ApplyTurn SET TakenDateTime = GETUTCDATE()')
    if (rowsAffected[0] !== 0) return transaction
  } catch (error) {
    await transaction.rollback().catch(() => undefined)
    throw error
  }
  try {
    await transaction.request().batch('INSERT INTO dbo.ApplyTurn VALUES (1, GETUTCDATE())')
    return transaction
  } catch {
    // another run was the first one: its row is there now
    await transaction.rollback().catch(() => undefined)
    return takeTurn(session)
  }
}

/** Two runs may both find something missing: the slower one's failure shows on a second try. */
async function tolerant(session: Session, script: string): Promise<void> {
  await session.run(script).catch(() => session.run(script))
}

function recorded(entry: string, { digest, objects }: { digest: string; objects: string }): string {
  const values = [entry, digest, objects].map(literal).join(', ')
  return `
DELETE FROM dbo.AppliedFile WHERE Name = ${literal(entry)}
INSERT INTO dbo.AppliedFile (Name, Digest, Objects, AppliedDateTime) VALUES (${values}, GETUTCDATE())`
}

/** As SQLite has it: moments as text, true as 1. */
function asSampleValue(value: unknown): SampleValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'boolean') return value ? 1n : 0n
  return typeof value === 'number' ? BigInt(value) : String(value)
}
