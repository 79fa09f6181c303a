// Generated from openapi/ by `npm run contracts`. Changes belong there.
import type { operations as operations0 } from './ca-eps-sapi.ts'
import type { operations as operations1 } from './ca-results-xapi.ts'

/** The operations of every contract, by the contract's name. */
export type ContractOperations = {
  'ca-eps-sapi': operations0
  'ca-results-xapi': operations1
}
