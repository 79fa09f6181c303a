import type { ContractOperationsOf, Operations } from '@ca/contracts'
import type { ResultStatus } from './result-status.ts'

export function createOperations(
  resultStatus: ResultStatus,
): Operations<ContractOperationsOf<'ca-eps-sapi'>> {
  return {
    getCandidateResultStatus: ({ params }) => resultStatus.ofCandidate(params),
    getResultEnquiryStatus: ({ params }) => resultStatus.ofEnquiries(params),
    getSessionResultStatus: ({ params, query }) => resultStatus.ofSession(params, query),
  }
}
