import type { ContractOperationsOf, Operations } from '@ca/contracts'

type Eps = Operations<ContractOperationsOf<'ca-eps-sapi'>>

/** Which system API answers which operation: they have the same form in both contracts. */
export function createOperations(eps: Eps): Operations<ContractOperationsOf<'ca-results-xapi'>> {
  return {
    getCandidateResultStatus: eps.getCandidateResultStatus,
    getResultEnquiryStatus: eps.getResultEnquiryStatus,
    getSessionResultStatus: eps.getSessionResultStatus,
  }
}
