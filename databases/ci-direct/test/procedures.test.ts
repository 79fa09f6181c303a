import { ciDirectProcedures as procedures } from '../../../services/ca-interchange-sapi/src/procedures.ts'
import { describeOverEngines } from '../../test/engines.ts'
import { describeHostileText } from '../../test/hostile-text-suite.ts'
import { describeProcedures } from './procedures-suite.ts'

const key = { sessionId: 16884, centreId: '1126', offset: 0, limit: 5 }
const asked = Object.values(procedures).map((procedure) => ({ procedure, key }))

await describeOverEngines('ci-direct', (engine, open) => {
  describeProcedures(engine.name, () => open(Object.values(procedures)))
  describeHostileText(engine.name, asked, open)
})
