import { readFileSync } from 'node:fs'
import type { ContractOperations } from './generated/index.ts'

/** The name of a service that has a contract in `openapi/`. */
export type ContractName = keyof ContractOperations

/** An OpenAPI document and, for the compiler only, the types of its operations. */
export type Contract<Ops = unknown> = {
  readonly name: string
  readonly document: Readonly<Record<string, unknown>>
  /** Never there at run time: it ties the types to the document. */
  readonly operations?: Ops
}

/** The operations of a service's contract: `ContractOperationsOf<'ca-eps-sapi'>`. */
export type ContractOperationsOf<Name extends ContractName> = ContractOperations[Name]

/**
 * Loads the contract of a service.
 * @param name the service's name, which is also the contract's in `openapi/`
 */
export function contract<Name extends ContractName>(
  name: Name,
): Contract<ContractOperations[Name]> {
  const file = new URL(`./generated/${name}.json`, import.meta.url)
  return { name, document: JSON.parse(readFileSync(file, 'utf8')) }
}
