import type { ContractOperationsOf, Operations } from '@ca/contracts'
import type { QuestionPapers } from './question-papers.ts'

export function createOperations(
  questionPapers: QuestionPapers,
): Operations<ContractOperationsOf<'ca-libs-sapi'>> {
  return {
    getQpIdentifiers: ({ params, query: { offset, limit, ...key } }) =>
      questionPapers.find(params.businessStreamId, key, { offset, limit }),
  }
}
