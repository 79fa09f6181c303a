export { type Database, openDatabase } from './database.ts'
export { type Answer, type Procedure, procedure } from './procedure.ts'
export { dateTime, integer, oneOf, optional, text, type Values } from './value-types.ts'
