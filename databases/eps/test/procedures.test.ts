import { openDatabase } from '@ca/stored-procedures'
import { createTelemetry } from '@ca/telemetry'
import * as procedures from '../../../services/ca-eps-sapi/src/procedures.ts'
import { describeProcedures } from './procedures-suite.ts'

describeProcedures('SQLite', () =>
  openDatabase({
    name: 'eps',
    url: 'sqlite:',
    telemetry: createTelemetry('test', { level: 'silent' }),
    procedures: Object.values(procedures),
  }),
)
