import type { Values, ValueTypes } from './value-types.ts'

/** A stored procedure as a service knows it. All procedures read; none changes anything. */
export type Procedure<
  Parameters extends ValueTypes = ValueTypes,
  RowSets extends Readonly<Record<string, ValueTypes>> = Readonly<Record<string, ValueTypes>>,
> = {
  /**
   * Its name in the database, such as `GetSessionResultStatus`, without the schema, which belongs
   * to the engine: SQL Server's procedures are in `dbo`, Oracle's in the schema that the URL names.
   */
  readonly name: string
  readonly parameters: Parameters
  /**
   * What it answers with, in the order in which it does so: SQL Server's record sets, the
   * statements of an SQLite procedure. Oracle's output cursors go by these names.
   */
  readonly rowSets: RowSets
}

/** The rows that a procedure answers with, by row set. */
export type Answer<Described extends Procedure> = {
  [RowSet in keyof Described['rowSets']]: Values<Described['rowSets'][RowSet]>[]
}

/**
 * Describes a procedure: `procedure({ name: 'GetSession', parameters: { sessionId: integer() },
 * rowSets: { sessions: { sessionName: text(50) } } })`. Calls are typed by it, and a database is
 * held to it. Parameters and columns go by {@link databaseName} in the database.
 */
export function procedure<
  Parameters extends ValueTypes,
  RowSets extends Readonly<Record<string, ValueTypes>>,
>(description: Procedure<Parameters, RowSets>): Procedure<Parameters, RowSets> {
  return description
}

/** What the database calls a parameter or a column: `businessStreamId` is `BusinessStreamId`. */
export function databaseName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
