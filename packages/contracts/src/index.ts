export {
  type Contract,
  type ContractName,
  type ContractOperationsOf,
  contract,
} from './contract.ts'
export {
  type AnswerBody,
  type Operation,
  type OperationRequest,
  type Operations,
  Reply,
  type ReplyBody,
  reply,
} from './operation.ts'
