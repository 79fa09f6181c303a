import { catalogue, type FaultCode } from './catalogue.ts'

/** One thing in a request that its sender can mend. */
export type FaultDetail = {
  in: 'path' | 'query' | 'header' | 'body'
  name: string
  issue: string
}

/** A fault as it stands in an answer's body. */
export type FaultBody = {
  errorCode: FaultCode
  errorMessage: string
  transactionId: string
  details?: FaultDetail[]
}

type FaultOptions = {
  details?: FaultDetail[]
  /** Headers that the answer carries beside the fault, such as `Allow` or `Retry-After`. */
  headers?: Record<string, string>
  /** What happened inside. It is logged and never answered. */
  cause?: unknown
}

/** What a caller is told went wrong: an entry of the catalogue. Made by {@link fault}. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly status: number
  readonly details: FaultDetail[]
  readonly headers: Record<string, string>

  constructor(code: FaultCode, { details = [], headers = {}, cause }: FaultOptions = {}) {
    const { message, status } = catalogue[code]
    const { stackTraceLimit } = Error
    // nobody is told where a fault was made that its caller can mend, and to find out costs time
    if (status < 500) Error.stackTraceLimit = 0
    super(message, { cause })
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.status = status
    this.details = details
    this.headers = headers
  }

  /**
   * The body that the caller gets.
   * @param transactionId the transaction that this fault ends
   */
  body(transactionId: string): FaultBody {
    return {
      errorCode: this.code,
      errorMessage: this.message,
      transactionId,
      ...(this.details.length > 0 && { details: this.details }),
    }
  }
}

/**
 * A fault to throw: `throw fault('70404')`. Status and message come from the catalogue.
 * @param code the code that the caller gets
 */
export function fault(code: FaultCode, options?: FaultOptions): Fault {
  return new Fault(code, options)
}

/** Whether an answer's body is a fault of this catalogue, and so one of our own hops made it. */
export function isFaultBody(body: unknown): body is FaultBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'errorCode' in body &&
    typeof body.errorCode === 'string' &&
    Object.hasOwn(catalogue, body.errorCode) &&
    (!('details' in body) || Array.isArray(body.details))
  )
}
