import type { IncomingMessage } from 'node:http'
import type { Contract, OperationRequest } from '@ca/contracts'
import { type Fault, type FaultDetail, fault } from '@ca/faults'
import addFormats from 'ajv-formats'
import Negotiator from 'negotiator'
import { type Document, OpenAPIBackend, type OpenAPIValidator } from 'openapi-backend'
import { explain, missing } from './explanation.ts'
import { type Parameter, Parameters, type Values } from './parameters.ts'
import { readQuery } from './query.ts'
import { type Route, RouteTable } from './route.ts'

/** An operation's side of the gate. */
export type OperationGate = {
  readonly operationId: string
  /** The media types of the body that it takes; none where it takes no body. */
  readonly bodyTypes: readonly string[]
  /** Whether it has this header, named in lower case, among its parameters. */
  heeds(header: string): boolean
  /** @throws {Fault} 60406 where the caller accepts none of the forms that it answers in */
  checkAccept(request: IncomingMessage): void
  /**
   * Validates a request and converts it to what the operation takes.
   * @param params the path's, decoded
   * @param body the parsed body, or undefined where none came
   * @throws {Fault} 60001 where a mandatory query parameter is missing, 60002 for all else
   */
  admit(request: IncomingMessage, params: Route['params'], body: unknown): OperationRequest<unknown>
  /**
   * What an admitted request asks for: the same for all that ask for the same, however they spelt
   * it. Undefined for one whose answer is for nobody else: it changes something, or is handed on in
   * pieces.
   */
  readKey(admitted: OperationRequest<unknown>): string | undefined
}

/** The contract at the door: which operation a request asks for, and whether it may pass. */
export type Gate = {
  /** Whether every call must bring an X-TRANSACTION-ID. */
  readonly wantsTransactionId: boolean
  readonly operations: ReadonlyMap<string, OperationGate>
  /** @returns the route, or the fault that the request earns once it is known to be let in */
  find(method: string, target: string): Route | Fault
}

type Validators = NonNullable<OpenAPIValidator['requestValidators'][string]>

/** An operation as openapi-backend gives it: references resolved, the path's parameters merged in. */
type ContractOperation = {
  operationId: string
  method: string
  path: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { content?: Record<string, unknown> }>
}

/** More would not help anyone mend a request. */
const mostDetails = 20

/**
 * Makes the gate of a contract. openapi-backend resolves it and compiles its schemas, once; per
 * request only the compiled validators are called.
 * @param basePath what stands before every path
 * @throws {Error} when the contract has a parameter of a kind that cannot be converted
 */
export async function createGate(contract: Contract, basePath: string): Promise<Gate> {
  const api = new OpenAPIBackend({
    definition: structuredClone(contract.document) as unknown as Document,
    // `npm run verify` validates the contracts and their schemas; doing it at every start would
    // double its time
    quick: true,
    strict: true,
    ajvOpts: { allErrors: true, useDefaults: true, validateSchema: false },
    customizeAjv: (ajv) => addFormats.default(ajv),
  })
  await api.init()

  const described = api.router.getOperations() as unknown as ContractOperation[]
  const operations = new Map(
    described.map((operation) => {
      const { operationId } = operation
      const validators = api.validator.getRequestValidatorsForOperation(operationId) ?? []
      return [operationId, createOperationGate(operation, validators)]
    }),
  )
  const routes = new RouteTable(described, basePath)

  return {
    wantsTransactionId: described.every(({ parameters }) =>
      new Parameters('header', parameters).requires('x-transaction-id'),
    ),
    operations,
    find: (method, target) => routes.find(method, target),
  }
}

function createOperationGate(
  { operationId, method, parameters, requestBody, responses }: ContractOperation,
  validators: Validators,
): OperationGate {
  const path = new Parameters('path', parameters)
  const queries = new Parameters('query', parameters)
  const header = new Parameters('header', parameters)
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.keys(content ?? {}))
  // which charset it accepts is what many a caller says where it means JSON
  const produces = types.flatMap((type) => [type, `${type};charset=utf-8`])
  const isRead = method === 'get' && types.every((type) => type === 'application/json')

  return {
    operationId,
    bodyTypes: Object.keys(requestBody?.content ?? {}),
    heeds: (name) => header.has(name),

    checkAccept(request) {
      if (!request.headers.accept || produces.length === 0) return
      if (!new Negotiator(request).mediaType(produces)) throw fault('60406')
    },

    admit(request, params, body) {
      const details: FaultDetail[] = []
      const input = {
        path: path.convert(params, details),
        query: queries.convert(readQuery(request.url ?? '', details), details),
        header: header.convert(request.headers, details),
        cookie: {},
        ...(body !== undefined && { requestBody: body }),
      }
      for (const validate of validators) {
        if (validate(input)) continue
        for (const detail of validate.errors?.slice(0, mostDetails).map(explain) ?? []) {
          // what could not be read was left out, and is not missing
          if (!details.some(isAbout(detail))) details.push(detail)
        }
      }
      if (details.length === 0) {
        return { params: input.path, query: input.query, body } as OperationRequest<unknown>
      }
      const lacks = details.some((detail) => detail.in === 'query' && detail.issue === missing)
      throw fault(lacks ? '60001' : '60002', { details: details.slice(0, mostDetails) })
    },

    readKey(admitted) {
      if (!isRead) return undefined
      const { params, query } = admitted as { params: Values; query: Values }
      return JSON.stringify([operationId, ...path.inOrder(params), ...queries.inOrder(query)])
    },
  }
}

function isAbout(detail: FaultDetail): (other: FaultDetail) => boolean {
  return (other) => other.in === detail.in && other.name === detail.name
}
