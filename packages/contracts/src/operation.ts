import type { Readable } from 'node:stream'

type Parameters<Op, In extends string> = Op extends { parameters: infer P }
  ? In extends keyof P
    ? Exclude<P[In], undefined>
    : Record<never, never>
  : Record<never, never>

type JsonOf<Content> = Content extends { content: { 'application/json': infer Body } }
  ? Body
  : never

type SuccessOf<Op> = Op extends { responses: infer R }
  ? R[Extract<keyof R, 200 | 201 | 202>]
  : never

/** A request as an operation sees it: validated, converted, defaults filled in. */
export type OperationRequest<Op> = {
  params: Parameters<Op, 'path'>
  query: Parameters<Op, 'query'>
  body: Op extends { requestBody: infer B } ? JsonOf<B> : undefined
}

/** The body of an operation's good answers. */
export type AnswerBody<Op> = JsonOf<SuccessOf<Op>>

type JsonAnswer<Op> = AnswerBody<Op> | Verbatim<AnswerBody<Op>>

/** What an operation answers with: data that becomes JSON, JSON that is made, or bytes as they come. */
type AnswerOf<Op> = JsonAnswer<Op> | Reply<JsonAnswer<Op> | Readable>

/**
 * One operation of a contract: from a request to the answer's body, which is sent with 200, or to
 * a {@link reply} with another status, headers or a stream. It throws a fault where it cannot.
 *
 * A service implements it; to the layer above, the same service's client *is* one.
 */
export type Operation<Op> = (request: OperationRequest<Op>) => Promise<AnswerOf<Op>> | AnswerOf<Op>

/** All operations of a contract, by their operationId. */
export type Operations<Ops> = { [Id in keyof Ops]: Operation<Ops[Id]> }

/**
 * JSON that is made already: by a layer below, or once for many callers. Its bytes go on as they are;
 * an operation that answers with something else than it was given makes new data of `data`.
 */
export class Verbatim<Data = unknown> {
  readonly bytes: Buffer

  /** @param bytes are JSON */
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** What it says, read anew each time. */
  get data(): Data {
    return JSON.parse(this.bytes.toString())
  }
}

/** An answer that says more than its body. Made by {@link reply}. */
export class Reply<Body = unknown> {
  readonly status: number
  readonly body: Body
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, body: Body, headers: Record<string, string>) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/**
 * An answer with another status than 200, with headers of its own, or with a stream as its body.
 * @param headers by name; `content-type` is wanted where the body is a stream
 */
export function reply<Body>(
  status: number,
  body: Body,
  headers: Record<string, string> = {},
): Reply<Body> {
  return new Reply(status, body, headers)
}
