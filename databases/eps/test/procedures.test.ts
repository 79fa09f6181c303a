import * as procedures from '../../../services/ca-eps-sapi/src/procedures.ts'
import { describeOverEngines } from '../../test/engines.ts'
import { type Asked, describeHostileText } from '../../test/hostile-text-suite.ts'
import { describeProcedures } from './procedures-suite.ts'

const assessment = {
  businessStreamId: '04',
  sessionId: 3229,
  centreId: '43319',
  candidateNumber: '8129',
  assessmentCode: 'R031',
}
const asked: Asked[] = [
  { procedure: procedures.getCandidateResultStatus, key: assessment },
  { procedure: procedures.getResultEnquiryStatus, key: { ...assessment, componentId: '02' } },
  {
    procedure: procedures.getSessionResultStatus,
    key: { businessStreamId: '04', sessionId: 3229, offset: 0, limit: 5 },
  },
]

await describeOverEngines('eps', (engine, open) => {
  describeProcedures(engine.name, () => open(Object.values(procedures)))
  describeHostileText(engine.name, asked, open)
})
