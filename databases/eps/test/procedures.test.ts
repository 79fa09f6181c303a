import * as procedures from '../../../services/ca-eps-sapi/src/procedures.ts'
import { openInSqlite } from '../../test/sqlite.ts'
import { describeProcedures } from './procedures-suite.ts'

describeProcedures('SQLite', () => openInSqlite('eps', Object.values(procedures)))
