import type { ContractOperationsOf, Operations } from '@ca/contracts'
import type { EnquireServices } from './enquire-services.ts'

export function createOperations(
  enquireServices: EnquireServices,
): Operations<ContractOperationsOf<'ca-interchange-sapi'>> {
  return {
    getOcrEnquireServices: ({ params, query: { offset, limit, ...filter } }) =>
      enquireServices.ofOcr({ ...params, ...filter }, { offset, limit }),
    getCiEnquireServices: ({ params, query: { resultDateType, offset, limit, ...filter } }) =>
      enquireServices.ofCi({ ...params, ...filter }, resultDateType, { offset, limit }),
  }
}
