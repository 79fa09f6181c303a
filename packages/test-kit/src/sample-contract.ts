import { Readable } from 'node:stream'
import { type Contract, type Operations, reply } from '@ca/contracts'
import { catalogue, type FaultCode } from '@ca/faults'

type Order = { candidateNumber: string; serviceType: 'ATS' | 'ATSR'; fee?: number; note?: string }
type KnownOrder = Order & { orderId: string }
type Answers<Status extends number, Body> = {
  responses: { [Each in Status]: { content: { 'application/json': Body } } }
}
type Path<Parameters> = { parameters: { path: Parameters } }

/** The operations of {@link sampleContract}. */
export type SampleOperations = {
  createOrders: {
    requestBody: { content: { 'application/json': { orders: Order[] } } }
  } & Answers<201, { orders: KnownOrder[] }>
  findOrders: {
    parameters: {
      query: { sessionId: number; urgent?: boolean; leastFee?: number; limit: number }
    }
  } & Answers<200, { asked: Record<string, unknown> }>
  getLatestOrder: Answers<200, { orderId: string }>
  getOrder: Path<{ orderId: string }> & Answers<200, { orderId: string }>
  cancelOrder: Path<{ orderId: string }> & Answers<200, { orderId: string }>
  changeNotes: Path<{ orderId: string }> & {
    requestBody: { content: { 'application/json': unknown } }
  } & Answers<200, { notes?: unknown }>
  getScript: Path<{ orderId: string }> & Answers<200, never>
  getWord: Path<{ word: string }> & Answers<200, { word: string }>
}

const text = { type: 'string' }
const orderId = { ...text, pattern: '^[A-Za-z0-9_-]{1,64}$' }
const order = {
  type: 'object',
  additionalProperties: false,
  required: ['candidateNumber', 'serviceType'],
  properties: {
    candidateNumber: { ...text, pattern: '^[0-9]{4}$' },
    serviceType: { ...text, enum: ['ATS', 'ATSR'] },
    fee: { type: 'number', minimum: 0, maximum: 1000 },
    note: { ...text, maxLength: 40 },
  },
}

const json = (schema: object) => ({ 'application/json': { schema } })
const object = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

const transactionId = {
  name: 'X-TRANSACTION-ID',
  in: 'header',
  required: true,
  schema: { ...text, minLength: 5, maxLength: 128, pattern: '^[A-Za-z0-9._:-]+$' },
}
const deadlineMs = {
  name: 'X-Deadline-Ms',
  in: 'header',
  schema: { type: 'integer', minimum: 0, maximum: 2147483647 },
}
const query = (name: string, schema: object, required = false) => ({
  name,
  in: 'query',
  required,
  schema,
})
const path = (name: string, schema: object) => ({ name, in: 'path', required: true, schema })

const faults = Object.fromEntries(
  [400, 401, 403, 404, 406, 413, 415, 500, 501, 503, 504].map((status) => [
    status,
    {
      description: 'A fault.',
      content: json({
        ...object({
          errorCode: {
            enum: Object.keys(catalogue).filter(
              (code) => catalogue[code as FaultCode].status === status,
            ),
          },
          errorMessage: text,
          transactionId: text,
          details: {
            type: 'array',
            minItems: 1,
            maxItems: 20,
            items: object({
              in: { enum: ['path', 'query', 'header', 'body'] },
              name: text,
              issue: text,
            }),
          },
        }),
        required: ['errorCode', 'errorMessage', 'transactionId'],
      }),
    },
  ]),
)

function operation(
  operationId: keyof SampleOperations,
  parameters: object[],
  responses: Record<number, object>,
  requestBody?: object,
) {
  const described = Object.entries(responses).map(([status, content]) => [
    status,
    { description: 'An answer.', content },
  ])
  return {
    operationId,
    parameters: [...parameters, transactionId],
    ...(requestBody && { requestBody }),
    responses: { ...Object.fromEntries(described), ...faults },
  }
}

/**
 * A contract of everything that the kit must stand and the services' contracts do not all have: a
 * body, one that need not come and is free in form, a mandatory query parameter, parameters of
 * every type, free text in a path, a literal path beside a templated one, a stream.
 */
export const sampleContract: Contract<SampleOperations> = {
  name: 'sample-sapi',
  document: {
    openapi: '3.1.0',
    info: { title: 'Sample', version: '1.0.0' },
    paths: {
      '/v1/orders': {
        post: operation(
          'createOrders',
          [],
          { 201: json(object({ orders: { type: 'array', items: { type: 'object' } } })) },
          {
            required: true,
            content: json(
              object({ orders: { type: 'array', minItems: 1, maxItems: 100, items: order } }),
            ),
          },
        ),
        get: operation(
          'findOrders',
          [
            query('sessionId', { type: 'integer', minimum: 0, maximum: 2147483647 }, true),
            query('urgent', { type: 'boolean' }),
            query('leastFee', { type: 'number', minimum: -1000, maximum: 1000 }),
            query('limit', { type: 'integer', minimum: 1, maximum: 2000, default: 100 }),
            deadlineMs,
          ],
          { 200: json(object({ asked: { type: 'object' } })) },
        ),
      },
      '/v1/orders/{orderId}': {
        get: operation('getOrder', [path('orderId', orderId)], { 200: json(object({ orderId })) }),
        delete: operation('cancelOrder', [path('orderId', orderId)], {
          200: json(object({ orderId })),
        }),
      },
      '/v1/orders/latest': {
        get: operation('getLatestOrder', [], { 200: json(object({ orderId })) }),
      },
      '/v1/orders/{orderId}/notes': {
        put: operation(
          'changeNotes',
          [path('orderId', orderId)],
          { 200: json(object({ notes: {} }, [])) },
          { content: json({}) },
        ),
      },
      '/v1/orders/{orderId}/script': {
        get: operation('getScript', [path('orderId', orderId)], {
          200: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        }),
      },
      '/v1/words/{word}': {
        get: operation('getWord', [path('word', { ...text, minLength: 1 })], {
          200: json(object({ word: text })),
        }),
      },
    },
  },
}

/** Operations that answer with what they were asked. */
export const sampleOperations: Operations<SampleOperations> = {
  createOrders: ({ body: { orders } }) =>
    reply(201, { orders: orders.map((order, at) => ({ ...order, orderId: `order-${at}` })) }),
  findOrders: ({ query }) => ({ asked: query }),
  getLatestOrder: () => ({ orderId: 'order-7' }),
  getOrder: ({ params }) => params,
  cancelOrder: ({ params }) => params,
  changeNotes: ({ body }) => ({ notes: body }),
  getScript: () => reply(200, Readable.from(['%PDF-'])),
  getWord: ({ params }) => params,
}
