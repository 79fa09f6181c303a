import { interchangeProcedures } from '../../../services/ca-interchange-sapi/src/procedures.ts'
import { openInSqlite } from '../../test/sqlite.ts'
import { describeProcedures } from './procedures-suite.ts'

describeProcedures('SQLite', () =>
  openInSqlite('interchange', Object.values(interchangeProcedures)),
)
