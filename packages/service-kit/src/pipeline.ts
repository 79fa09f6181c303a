import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { type Operation, Reply } from '@ca/contracts'
import { DependencyFailure, Fault, type FaultDetail, fault } from '@ca/faults'
import {
  CallerLeft,
  inTransaction,
  openTransaction,
  outsideTransactions,
  type Telemetry,
  type Transaction,
} from '@ca/telemetry'
import { sendAnswer, sendFault } from './answer.ts'
import { checkLength, readBody } from './body.ts'
import { type Client, type ClientRegistry, entitlementOf, isEntitled } from './clients.ts'
import { beforeItsEnd } from './deadline.ts'
import type { Gate, OperationGate } from './gate.ts'
import type { Load } from './load.ts'
import { createRequestRecord, type Failure } from './request-record.ts'
import type { Route } from './route.ts'
import { shareReads } from './shared-reads.ts'

type PipelineOptions = {
  service: string
  gate: Gate
  clients: Pick<ClientRegistry, 'find'>
  operations: Readonly<Record<string, Operation<unknown>>>
  /** How long an answer may take, in milliseconds. */
  answerWithinMs: number
  load: Load
  telemetry: Telemetry
}

/** A request that may be made, by whom, and for what. */
type Entrant = {
  client: Client
  operationGate: OperationGate
  params: Route['params']
}

/** So that a fault which says that the time is up still arrives within it. */
const marginMs = 50
const transactionIdForm = /^[A-Za-z0-9._:-]{5,128}$/
const noHost: FaultDetail = { in: 'header', name: 'Host', issue: 'must be given once' }
const lateBody: FaultDetail = { in: 'body', name: 'body', issue: 'does not arrive in time' }

/**
 * One request's way through a service: whether there is room for it, credentials, transaction, route, entitlement, form, the
 * operation, the answer, and one line in the log. The seeds have the steps in this order.
 */
export function createPipeline(options: PipelineOptions): RequestListener {
  const { gate, clients, operations, answerWithinMs, load } = options
  const reads = shareReads(options.telemetry)
  const record = createRequestRecord(options.telemetry)
  const challenge = {
    'WWW-Authenticate': `ClientCredentials realm="${options.service}", headers="client_id client_secret"`,
  }

  return (request, response) => {
    const given = transactionIdOf(request)
    const transaction = openTransaction(given ?? randomUUID())
    const answered = inTransaction(transaction, () =>
      answer(response, transaction, given !== undefined),
    )
    // when the answer has gone out, or never will
    response.on('close', async () => {
      if (!response.writableFinished) transaction.callerLeft()
      const failure = await answered
      transaction.end()
      record({ response, transaction, durationMs: transaction.ageMs(), failure })
    })
  }

  /**
   * @param isNamed whether the caller gave the transaction its id
   * @returns why it could not be answered as its caller hoped for
   */
  async function answer(
    response: ServerResponse,
    transaction: Transaction,
    isNamed: boolean,
  ): Promise<Failure | undefined> {
    const { req: request } = response
    try {
      const route = gate.find(request.method ?? '', request.url ?? '')
      if (!(route instanceof Fault)) transaction.operationId = route.operationId
      const turn = load.turn(response)
      if (turn) await turn
      const entrant = letIn(request, route, transaction, isNamed)
      const body = takesBody(entrant) ? await bodyOf(request, entrant, transaction) : undefined
      const result = await resultOf(request, entrant, body, transaction)
      // the end of an answer begins the wait for the next request of its connection
      await outsideTransactions(() => sendAnswer(response, transaction, result))
      return undefined
    } catch (error) {
      if (error instanceof CallerLeft || response.headersSent) {
        response.destroy()
        return { error }
      }
      const told = faultOf(error)
      await outsideTransactions(() => sendFault(response, transaction, told))
      return { error, told }
    }
  }

  /** @throws {Fault} for whoever may not do what it asks for, before its request is looked at closer */
  function letIn(
    request: IncomingMessage,
    route: Route | Fault,
    transaction: Transaction,
    isNamed: boolean,
  ): Entrant {
    const client = authenticate(request)
    transaction.clientId = client.clientId
    if (gate.wantsTransactionId && !isNamed) throw fault('60004')
    if (!namesOneHost(request)) throw fault('60002', { details: [noHost] })
    if (route instanceof Fault) throw route
    if (!isEntitled(client, route.operationId)) throw fault('70403')
    const operationGate = gate.operations.get(route.operationId) as OperationGate
    operationGate.checkAccept(request)
    checkLength(request)
    return { client, operationGate, params: route.params }
  }

  /** What the operation makes of a request that is in form. */
  function resultOf(
    request: IncomingMessage,
    { client, operationGate, params }: Entrant,
    body: unknown,
    transaction: Transaction,
  ): Promise<unknown> {
    const admitted = operationGate.admit(request, params, body) as never
    const operation = operations[operationGate.operationId]
    if (!operation) throw fault('60501')
    transaction.isDueWithin(timeFor(request, operationGate) - marginMs)
    transaction.consumerId = consumerOf(request, operationGate) ?? client.clientId
    const key = operationGate.readKey(admitted)
    return beforeItsEnd(
      transaction,
      key === undefined
        ? async () => operation(admitted)
        : () => reads.read(entitlementOf(client) + key, transaction, () => operation(admitted)),
      { late: release },
    )
  }

  async function bodyOf(
    request: IncomingMessage,
    { operationGate: { bodyTypes } }: Entrant,
    transaction: Transaction,
  ): Promise<unknown> {
    // a slow upload must leave the operation time enough, or its time-out would speak against
    // whatever it calls
    transaction.isDueWithin(answerWithinMs / 2)
    return beforeItsEnd(transaction, () => readBody(request, bodyTypes), {
      overdue: fault('60002', { details: [lateBody] }),
    })
  }

  function authenticate({ headers }: IncomingMessage): Client {
    const { client_id: id, client_secret: secret } = headers
    if (!id || !secret) throw fault('70402', { headers: challenge })
    const client = clients.find(String(id), String(secret))
    if (!client) throw fault('70401', { headers: challenge })
    return client
  }

  /** The service's own time, or what the caller has left where that is less. */
  function timeFor({ headers }: IncomingMessage, { heeds }: OperationGate): number {
    const left = heeds('x-deadline-ms') ? headers['x-deadline-ms'] : undefined
    return left === undefined ? answerWithinMs : Math.min(answerWithinMs, Number(left))
  }
}

function takesBody({ operationGate }: Entrant): boolean {
  return operationGate.bodyTypes.length > 0
}

/** The id that the caller gave its transaction; none where it is out of form or given twice. */
function transactionIdOf({ headers }: IncomingMessage): string | undefined {
  const { 'x-transaction-id': id } = headers
  return typeof id === 'string' && transactionIdForm.test(id) ? id : undefined
}

/** Whom the caller calls for, where the operation lets it say so. */
function consumerOf({ headers }: IncomingMessage, { heeds }: OperationGate): string | undefined {
  return heeds('x-consumer-id') ? headers['x-consumer-id']?.toString() : undefined
}

/** RFC 9112 has a request without a Host, or with two, refused: two readers could take it for two. */
function namesOneHost({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  if (httpVersion === '1.0') return true
  let hosts = 0
  // names and values take turns; a name of another length needs no closer look
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts === 1
}

/** An answer that nobody waits for holds no connection to where it comes from. */
function release(answer: unknown): void {
  if (answer instanceof Reply && answer.body instanceof Readable) answer.body.destroy()
}

/** What the caller is told of an error. What we did not foresee is a technical error. */
function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (error instanceof DependencyFailure) return error.asFault()
  return fault('60006', { cause: error })
}
