import * as procedures from '../../../services/ca-libs-sapi/src/procedures.ts'
import { openInSqlite } from '../../test/sqlite.ts'
import { describeProcedures } from './procedures-suite.ts'

describeProcedures('SQLite', () => openInSqlite('libs', Object.values(procedures)))
