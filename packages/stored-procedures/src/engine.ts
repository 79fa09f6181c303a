import type { Procedure } from './procedure.ts'
import type { DatabaseValue, Value, ValueType } from './value-types.ts'

/** How long an attempt may take, and who may end it before that. */
/** How long an execution may take, and what may end it before that. */
export type Limits = {
  readonly signal: AbortSignal
  /** In milliseconds. */
  readonly withinMs: number
}

/** A parameter of a call, by its name in the database. */
export type Parameter = {
  readonly name: string
  readonly type: ValueType
  readonly value: Value | null
}

/** Rows as the database gave them, their values in the order of `columns`. */
export type RowSet = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly DatabaseValue[])[]
}

/**
 * Runs a procedure once and answers with all its row sets, in the order in which the procedure is
 * described, each read to its end and all from one state of the database. Cursors are closed on
 * every path.
 *
 * @throws {DependencyFailure} where it knows what went wrong: no connection (`unreachable`, repeat
 * `any`), a connection that broke (`unreachable`, repeat `reads`), no answer in time (`timed out`),
 * a refusal of the procedure itself (`refused`). Any other error counts as `failed`.
 */
export type Execute = (
  parameters: readonly Parameter[],
  limits: Limits,
) => Promise<readonly RowSet[]>

/** A kind of database server, opened for one database. */
export type Engine = {
  /**
   * Whether it ends a running procedure, and frees what that holds, when a limit is reached:
   * `withinMs` is over (it throws `timed out`) or `signal` is aborted (its reason). One that cannot
   * pays the limits no heed: the procedure runs on after nobody waits for it, so procedures have
   * to be short there, and one that is overdue is logged.
   */
  readonly interrupts: boolean
  /**
   * Makes a procedure ready to be run.
   * @throws {Error} where the engine can tell already that it is not as described. An engine with
   * a server behind it cannot: it opens and prepares while that server is down.
   */
  prepare(procedure: Procedure): Execute
  /** @throws when the database does not answer */
  check(limits: Limits): Promise<void>
  close(): Promise<void>
}

/** The connections that an engine with a server behind it keeps for a database. */
export type Pool = {
  /** The most of them. */
  readonly size: number
  /** How long making one may take, in milliseconds, from the first packet to the login's answer. */
  readonly connectWithinMs: number
  /** How long a call waits for one while all are in use, in milliseconds. */
  readonly queueWithinMs: number
}

/**
 * Opens a database. What it does not understand in the URL it refuses, without repeating it: there
 * may be a password in it.
 */
export type OpenEngine = (options: {
  /** The database's name in failures. */
  name: string
  url: URL
  /** Where the database is defined for this engine: tables, sample data, procedures. */
  folder: string
  pool: Pool
}) => Promise<Engine>
