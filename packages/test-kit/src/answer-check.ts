import type { Contract } from '@ca/contracts'
import { catalogue, isFaultBody } from '@ca/faults'
import addFormats from 'ajv-formats'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import type { Answer, Call } from './http-client.ts'

/** @throws {Error} saying what in an answer is not as the contract has it */
export type AnswerCheck = (call: Call, answer: Answer) => void

type Responses = Record<string, { headers?: Record<string, { required?: boolean }> }>

/**
 * Makes the check that a contract gives: the status is one that the operation has, the body fits
 * its schema, the headers that every such answer has are there, and a fault is the catalogue's.
 * @param basePath what stands before the contract's paths
 */
export async function createAnswerCheck(contract: Contract, basePath = ''): Promise<AnswerCheck> {
  const api = new OpenAPIBackend({
    definition: structuredClone(contract.document) as unknown as Document,
    apiRoot: basePath || '/',
    quick: true,
    strict: true,
    ajvOpts: { allErrors: true },
    customizeAjv: (ajv) => addFormats.default(ajv),
  })
  await api.init()

  return (call, answer) => {
    const told = `${call.method ?? 'GET'} ${call.path} → ${answer.status} ${answer.text.slice(0, 500)}`
    const wrong = (what: string) => new Error(`${what}: ${told}`)

    // the answer to a HEAD is the head of one
    if (answer.status >= 400 && call.method !== 'HEAD') checkFault(answer, wrong)
    if (!answer.headers['x-transaction-id']) throw wrong('no X-TRANSACTION-ID')
    const operation = api.router.matchOperation({
      method: call.method ?? 'GET',
      path: pathOf(call),
      headers: {},
    })
    // what leads to no operation can only be a fault
    if (!operation) {
      if (answer.status < 400) throw wrong('an answer without an operation')
      return
    }
    const response = (operation.responses as Responses | undefined)?.[answer.status]
    if (!response) throw wrong(`${operation.operationId} has no ${answer.status}`)
    for (const [name, { required }] of Object.entries(response.headers ?? {})) {
      if (required && answer.headers[name.toLowerCase()] === undefined) throw wrong(`no ${name}`)
    }
    const { errors } = api.validator.validateResponse(answer.body, operation, answer.status)
    if (errors?.length) {
      throw wrong(
        errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; '),
      )
    }
  }
}

/**
 * A call's path as the contract writes it: no address, no `/api`, and only what has to be encoded is.
 */
function pathOf(call: Call): string {
  const [target = ''] = call.path.split('?')
  const path = target.replace(/^https?:\/\/[^/]*/i, '').replace(/^(.*?)\/api\//, '$1/')
  try {
    return path
      .split('/')
      .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
      .join('/')
  } catch {
    return path
  }
}

function checkFault(answer: Answer, wrong: (what: string) => Error): void {
  const { body } = answer
  if (!isFaultBody(body)) throw wrong('no fault of the catalogue')
  const { status, message } = catalogue[body.errorCode]
  if (status !== answer.status) throw wrong(`${body.errorCode} travels with ${status}`)
  if (message !== body.errorMessage) throw wrong(`${body.errorCode} says "${message}"`)
  if (body.transactionId !== answer.headers['x-transaction-id']) throw wrong('two transactions')
  if (answer.headers['content-type'] !== 'application/json') throw wrong('a fault is JSON')
}
