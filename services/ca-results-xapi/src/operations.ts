import type { ContractName, ContractOperationsOf, Operations } from '@ca/contracts'

type OperationsOf<Name extends ContractName> = Operations<ContractOperationsOf<Name>>

type SystemApis = {
  interchange: OperationsOf<'ca-interchange-sapi'>
  eps: OperationsOf<'ca-eps-sapi'>
  rm: OperationsOf<'ca-rm-sapi'>
  libs: OperationsOf<'ca-libs-sapi'>
}

/** Which system API answers which operation: they have the same form in both contracts. */
export function createOperations({
  interchange,
  eps,
  rm,
  libs,
}: SystemApis): OperationsOf<'ca-results-xapi'> {
  return {
    getOcrEnquireServices: interchange.getOcrEnquireServices,
    getCiEnquireServices: interchange.getCiEnquireServices,
    createCustomerDirectives: rm.createCustomerDirectives,
    getScriptPdf: rm.getScriptPdf,
    getQpIdentifiers: libs.getQpIdentifiers,
    getCandidateResultStatus: eps.getCandidateResultStatus,
    getResultEnquiryStatus: eps.getResultEnquiryStatus,
    getSessionResultStatus: eps.getSessionResultStatus,
  }
}
