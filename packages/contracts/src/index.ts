export {
  type Contract,
  type ContractName,
  type ContractOperationsOf,
  contract,
} from './contract.ts'
export { contractNames } from './generated/index.ts'
export {
  type AnswerBody,
  type Operation,
  type OperationRequest,
  type Operations,
  Reply,
  reply,
  Verbatim,
} from './operation.ts'
