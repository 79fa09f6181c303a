/**
 * For tools that make databases: where one is by its URL, and how SQLite's are defined. It is what
 * the engines themselves use.
 */
export { type Address as MssqlAddress, parseAddress as mssqlAddress } from './mssql/address.ts'
export { type Address as OracleAddress, parseAddress as oracleAddress } from './oracle/address.ts'
export { define, isEmpty, runScripts } from './sqlite/definition.ts'
export { filePath as sqliteFile } from './sqlite/file-path.ts'
