import * as procedures from '../../../services/ca-libs-sapi/src/procedures.ts'
import { describeOverEngines } from '../../test/engines.ts'
import { type Asked, describeHostileText } from '../../test/hostile-text-suite.ts'
import { describeProcedures } from './procedures-suite.ts'

const ofCi = { sessionId: 19722, assessmentCode: '9239', assessmentVersion: '4', componentId: '03' }
const ofOcr = { sessionId: 3269, assessmentCode: 'H404', assessmentVersion: '1', componentId: '03' }
const page = { offset: 0, limit: 5 }
const asked: Asked[] = [
  { procedure: procedures.getCiQuestionPapers, key: { ...ofCi, ...page } },
  { procedure: procedures.getOcrQuestionPapers, key: { ...ofOcr, ...page } },
]

await describeOverEngines('libs', (engine, open) => {
  describeProcedures(engine.name, () => open(Object.values(procedures)))
  describeHostileText(engine.name, asked, open)
})
