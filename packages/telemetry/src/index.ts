export { createTelemetry, type Telemetry } from './telemetry.ts'
export {
  CallerLeft,
  currentTransaction,
  type DependencyCall,
  inOwnTime,
  inTransaction,
  openTransaction,
  outsideTransactions,
  type Transaction,
} from './transaction.ts'
