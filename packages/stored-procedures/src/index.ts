export { type Database, openDatabase } from './database.ts'
export { type Page, type Paging, pageOf } from './page.ts'
export { type Answer, type Procedure, procedure } from './procedure.ts'
export { boolean, dateTime, integer, oneOf, optional, text, type Values } from './value-types.ts'
