import oracledb from 'oracledb'
import type { Parameter, RowSet } from '../engine.ts'
import { databaseName, type Procedure } from '../procedure.ts'
import type { Cursor, Session } from './driver.ts'
import { bind, type Column, placeOf, readColumn } from './values.ts'

/** Runs a procedure once, and reads all that it gives. */
export type Call = (session: Session, parameters: readonly Parameter[]) => Promise<RowSet[]>

/** The rows that one packet from the server may bring. A page fits into two or three of them. */
const rowsAtOnce = 1000

const options: oracledb.ExecuteOptions = {
  outFormat: oracledb.OUT_FORMAT_ARRAY,
  fetchArraySize: rowsAtOnce,
  // a JavaScript number would be rounded in silence
  fetchTypeHandler: ({ dbType }) => ({
    type:
      dbType === oracledb.DB_TYPE_NUMBER ? oracledb.DB_TYPE_VARCHAR : (dbType as oracledb.DbType),
  }),
}

/**
 * Makes a procedure ready to be called. It has an IN parameter for each that is described, and an
 * OUT parameter for each row set: a `SYS_REFCURSOR` that goes by its name.
 *
 * It is called in a transaction that only reads, so that all its cursors show one state of the
 * database: each would otherwise show that of the moment in which it is opened. Whoever calls has
 * to end the transaction. The procedure cannot change anything in it.
 */
export function prepareCall(schema: string, { name, parameters, rowSets }: Procedure): Call {
  const described = Object.entries(parameters)
  const cursors = Object.keys(rowSets)
  const passed = [
    ...described.map(([key, { kind }], at) => `${databaseName(key)} => ${placeOf(kind, `p${at}`)}`),
    ...cursors.map((rowSet, at) => `${databaseName(rowSet)} => :r${at}`),
  ]
  const sql = [
    'BEGIN',
    '  SET TRANSACTION READ ONLY;',
    `  ${schema}.${name}(${passed.join(', ')});`,
    'END;',
  ].join('\n')

  return async (session, given) => {
    const binds: Record<string, oracledb.BindParameter> = {}
    for (const [at, parameter] of given.entries()) binds[`p${at}`] = bind(parameter)
    for (const at of cursors.keys()) {
      binds[`r${at}`] = { dir: oracledb.BIND_OUT, type: oracledb.DB_TYPE_CURSOR }
    }
    const { outBinds } = await session.execute(sql, binds, options)
    const opened = cursors.map((_, at) => (outBinds as Record<string, Cursor>)[`r${at}`] as Cursor)
    try {
      const answer: RowSet[] = []
      for (const [at, cursor] of opened.entries()) {
        const columns = Object.keys(rowSets[cursors[at] ?? ''] ?? {}).map(databaseName)
        answer.push(await readRowSet(cursor, columns))
      }
      return answer
    } finally {
      for (const cursor of opened) await cursor.close().catch(() => undefined)
    }
  }
}

/** Oracle has names in capitals: those that are described take their place. */
async function readRowSet(cursor: Cursor, described: readonly string[]): Promise<RowSet> {
  const names = new Map(described.map((name) => [name.toUpperCase(), name]))
  const columns = cursor.metaData.map(
    ({ name, ...type }): Column => ({ name: names.get(name.toUpperCase()) ?? name, ...type }),
  )
  const rows = await cursor.getRows()
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((column, at) => readColumn(column, row[at]))),
  }
}
