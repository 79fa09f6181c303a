import type { Scenario } from './scenario.ts'
import { coldStart } from './scenarios/cold-start.ts'
import { goodRequest } from './scenarios/good-request.ts'
import { listOfThousands } from './scenarios/long-list.ts'
import { rejectedRequests } from './scenarios/rejected-requests.ts'
import { resultsDay } from './scenarios/results-day.ts'
import { scriptDownload } from './scenarios/script-download.ts'
import { soak } from './scenarios/soak.ts'
import { toDatabase } from './scenarios/to-database.ts'

/** All scenarios, in the order of their letters. */
export const scenarios: readonly Scenario[] = [
  goodRequest,
  toDatabase,
  rejectedRequests,
  scriptDownload,
  listOfThousands,
  resultsDay,
  coldStart,
  soak,
]
