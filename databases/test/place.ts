/** Where a database of a test's own is. */
export type Place = {
  /** With the administrator's login. */
  readonly url: URL
  /** With a login that may execute its procedures and do nothing else. */
  readonly callersUrl: URL
  /** Runs statements as its administrator, in it. */
  run(...statements: string[]): Promise<void>
  /** Runs a statement as the caller, in it. */
  runAsCaller(statement: string): Promise<void>
  /**
   * Whether procedures read in their owner's name, as on SQL Server and Oracle. A server that is
   * compatible with them may let a caller read only what he may read himself.
   */
  readsForCallers(): Promise<boolean>
  /** Takes it away, and the caller's login. */
  drop(): Promise<void>
}
