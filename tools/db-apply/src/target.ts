import type { Columns, SampleTable, SampleValue } from './sample-data.ts'
import type { ServiceLogin } from './service-login.ts'

/** What was applied before, by its name: a file of the definition or the rows of a table. */
export type Ledger = ReadonlyMap<string, Applied>

/** What was applied, and what the server made of it then. Both are digests. */
type Applied = { readonly digest: string; readonly objects: string }

/** A database of a server, or a schema in it, opened by an administrator to be brought up to date. */
export type Target = {
  /** As reports name it: `database eps at localhost:1433`. */
  readonly title: string
  /** The role that `grants.sql` makes: it may execute the procedures and do nothing else. */
  readonly role: string
  /** Makes it where it is missing, and in it the ledger. */
  make(): Promise<'made' | 'unchanged'>
  /**
   * Waits until nobody else applies to it, and keeps others waiting until {@link Target.close}.
   * @throws {Error} when that takes longer than a minute
   */
  lock(): Promise<void>
  ledger(): Promise<Ledger>
  record(name: string, applied: Applied): Promise<void>
  /**
   * What there is, by kind and name in small letters, such as `procedure getsession`, with what
   * tells whether it is still the same: a procedure's or a view's text, what a role may do.
   */
  objects(): Promise<ReadonlyMap<string, string>>
  /** Takes something away that the definition makes: `table centre`. */
  drop(object: string): Promise<void>
  /** Runs a batch of a definition. */
  run(batch: string): Promise<void>
  /** The columns that there are, in the sample's words; nothing where there is no such table. */
  columns(table: SampleTable): Promise<Columns | undefined>
  /** All rows, their values in the order of `columns`. */
  rows(table: string, columns: Columns): Promise<readonly (readonly SampleValue[])[]>
  /**
   * Puts the sample's rows in the place of what the tables hold and records it, all or nothing.
   * @param copied is told how many rows are there
   */
  replaceRows(
    tables: readonly (SampleTable & { readonly kinds: Columns; readonly applied: Applied })[],
    copied: (rows: number) => void,
  ): Promise<void>
  /**
   * Sees to a login that may run the procedures and do nothing else.
   * @throws {Error} where it is one that may do more
   */
  admit(login: ServiceLogin): Promise<'made' | 'updated' | 'unchanged'>
  close(): Promise<void>
}

/** Opens the database or schema of a URL; nothing is changed by that. */
export type OpenTarget = (name: string, url: URL) => Promise<Target>
