export { createDependency, type Dependency } from './dependency.ts'
export type { Attempt } from './retries.ts'
