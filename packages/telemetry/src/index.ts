export { createTelemetry, type Telemetry } from './telemetry.ts'
export {
  CallerLeft,
  currentTransaction,
  type DependencyCall,
  inOwnTime,
  inTransaction,
  openTransaction,
  type Transaction,
} from './transaction.ts'
