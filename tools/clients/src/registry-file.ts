import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type ContractName, contract, contractNames } from '@ca/contracts'
import { WrongUse } from './command-line.ts'

/** A registry, and the service whose it is. */
export type RegistryFile = {
  readonly file: string
  /** The service's name; none where it cannot be told. */
  readonly service?: ContractName
}

/**
 * Finds the registry that is meant.
 * @param stateFolder where the local landscape keeps what is not committed
 * @throws {WrongUse} when there is no such service
 */
export function findRegistry(
  { service, file }: { service?: string; file?: string },
  stateFolder: string,
): RegistryFile {
  const named = service ?? basename(file ?? '', '.json')
  const known = contractNames.find((name) => name === named)
  if (service !== undefined && !known) {
    throw new WrongUse(`There is no ${service}; there are ${contractNames.join(', ')}`)
  }
  const place = resolve(file ?? join(stateFolder, 'clients', `${known}.json`))
  if (!file && !existsSync(place)) {
    throw new Error(`${known} has no registry at ${place}: \`npm start\` makes it, or say --file`)
  }
  return { file: place, service: known }
}

/** @throws {WrongUse} when one of the operations, `*` aside, is none of the service's contract */
export function checkOperations(
  operations: readonly string[],
  { file, service }: RegistryFile,
): void {
  if (operations.every((operation) => operation === '*')) return
  if (!service) {
    throw new WrongUse(`Say --service too: whose operations they are, ${file} does not tell`)
  }
  const known = operationIdsOf(service)
  const unknown = operations.filter((operation) => operation !== '*' && !known.includes(operation))
  if (unknown.length > 0) {
    throw new WrongUse(`${service} has no ${unknown.join(', ')}; it has ${known.join(', ')}`)
  }
}

function operationIdsOf(service: ContractName): string[] {
  const { paths } = contract(service).document as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  return Object.values(paths)
    .flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
    .filter((operationId) => operationId !== undefined)
}
