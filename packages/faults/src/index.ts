export { catalogue, type FaultCode } from './catalogue.ts'
export {
  DependencyFailure,
  type DependencyFailureOptions,
  type Repeat,
  type WayOfFailing,
} from './dependency-failure.ts'
export { Fault, type FaultBody, type FaultDetail, fault, isFaultBody } from './fault.ts'
