// Generated from openapi/ by `npm run contracts`. Changes belong there.
import type { operations as operations0 } from './ca-eps-sapi.ts'
import type { operations as operations1 } from './ca-interchange-sapi.ts'
import type { operations as operations2 } from './ca-libs-sapi.ts'
import type { operations as operations3 } from './ca-results-xapi.ts'
import type { operations as operations4 } from './ca-rm-sapi.ts'

/** The contracts that there are. */
export const contractNames = ['ca-eps-sapi', 'ca-interchange-sapi', 'ca-libs-sapi', 'ca-results-xapi', 'ca-rm-sapi'] as const

/** The operations of every contract, by the contract's name. */
export type ContractOperations = {
  'ca-eps-sapi': operations0
  'ca-interchange-sapi': operations1
  'ca-libs-sapi': operations2
  'ca-results-xapi': operations3
  'ca-rm-sapi': operations4
}
