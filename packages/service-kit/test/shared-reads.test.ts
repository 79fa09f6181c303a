import { setTimeout as pause } from 'node:timers/promises'
import { reply } from '@ca/contracts'
import { fault } from '@ca/faults'
import { currentTransaction, type Transaction } from '@ca/telemetry'
import { type Answer, send } from '@ca/test-kit'
import { expect, test } from '@jest/globals'
import { goodOrders, ordering, startSample, told } from './fixtures/sample-service.ts'

const service = await startSample(
  {},
  { clients: { other: ['*'], reader: ['getOrder', 'findOrders'] } },
)
const crowd = 40

/** An operation that answers with what is asked, when it is released. */
function held() {
  const released = Promise.withResolvers<void>()
  const transactions: Transaction[] = []
  return {
    transactions,
    release: released.resolve,
    fail: released.reject,
    operation: async ({ params, query }: { params: unknown; query: unknown }) => {
      transactions.push(currentTransaction() as Transaction)
      await released.promise
      const { orderId, word } = params as Record<string, string | undefined>
      return (orderId ? { orderId } : word ? { word } : { asked: query }) as never
    },
  }
}

/** Waits until so many more requests than before follow another. */
async function followers(count: number, ask: () => void): Promise<void> {
  const wanted = (await followed()) + count
  ask()
  while ((await followed()) < wanted) await pause(5)
}

async function followed(): Promise<number> {
  const { text } = await send(service.managementUrl, { path: '/metrics' })
  const counts = text.matchAll(/^http_server_requests_followed_total\{.*\} (\d+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}

function get(path: string, id: string, headers: Record<string, string> = {}): Promise<Answer> {
  return service.call({ path, headers: { 'x-transaction-id': id, ...headers } })
}

function lineOf(id: string) {
  return service.log.line(({ transactionId, msg }) => transactionId === id && msg.startsWith('GET'))
}

test('a read is made once for all who ask for it at once, and each keeps its own transaction', async () => {
  const { operation, transactions, release } = held()
  service.does({ getOrder: operation })
  const answers: Promise<Answer>[] = []
  await followers(crowd - 1, () => {
    for (let at = 0; at < crowd; at += 1) answers.push(get('/v1/orders/7', `crowd-${at}`))
  })
  release()
  const all = await Promise.all(answers)
  expect(new Set(all.map(({ text }) => text))).toEqual(new Set(['{"orderId":"7"}']))
  expect(all.map(({ headers }) => headers['x-transaction-id'])).toEqual(
    all.map((_, at) => `crowd-${at}`),
  )

  expect(transactions).toHaveLength(1)
  const leader = transactions[0]?.id as string
  const lines = await Promise.all(all.map((_, at) => lineOf(`crowd-${at}`)))
  for (const line of lines) {
    expect(line).toMatchObject({ status: 200, operationId: 'getOrder' })
    expect(line.followed).toBe(line.transactionId === leader ? undefined : leader)
  }
})

test('who comes after the answer asks anew', async () => {
  let reads = 0
  service.does({
    getOrder: () => {
      reads += 1
      return { orderId: `read-${reads}` }
    },
  })
  for (const read of [1, 2]) {
    expect((await get('/v1/orders/7', 'one-by-one')).body).toEqual({ orderId: `read-${read}` })
  }
})

test('what is asked for decides, not how it is spelt', async () => {
  const { operation, transactions, release } = held()
  service.does({ findOrders: operation })
  const spellings = [
    '/v1/orders?sessionId=7&urgent=true',
    '/v1/orders?urgent=true&sessionId=7',
    '/api/v1/orders?limit=100&sessionId=07&urgent=true',
    '/v1/%6frders?%75rgent=true&sessionId=7&limit=100',
  ]
  const answers: Promise<Answer>[] = []
  await followers(3, () => answers.push(...spellings.map((path) => get(path, 'spelling'))))
  const others = [
    '/v1/orders?sessionId=7',
    '/v1/orders?sessionId=7&urgent=false',
    '/v1/orders?sessionId=70&urgent=true',
    '/v1/orders?sessionId=7&urgent=true&limit=10',
    '/v1/orders?sessionId=7&urgent=true&leastFee=100',
  ].map((path) => get(path, 'others'))
  while (transactions.length < 6) await pause(5)
  release()
  expect((await Promise.all([...answers, ...others])).map(told)).toEqual(Array(9).fill('200'))
  expect(transactions).toHaveLength(6)
})

test('only callers with the same entitlement share', async () => {
  const { operation, transactions, release } = held()
  service.does({ getOrder: operation })
  const answers: Promise<Answer>[] = []
  await followers(1, () => {
    for (const client of ['test-client', 'other', 'reader']) {
      answers.push(get('/v1/orders/7', 'entitled', service.credentialsOf(client)))
    }
  })
  while (transactions.length < 2) await pause(5)
  release()
  expect((await Promise.all(answers)).map(told)).toEqual(['200', '200', '200'])
  expect(transactions).toHaveLength(2)
})

test('who may not ask is told so, whatever is under way', async () => {
  const { operation, release } = held()
  service.does({ getWord: operation })
  const first = get('/v1/words/a', 'entitled')
  expect(told(await get('/v1/words/a', 'refused', service.credentialsOf('reader')))).toBe(
    '403 70403',
  )
  release()
  await first
})

test('a read goes on for those who are left when its first asker leaves', async () => {
  const { operation, transactions, release } = held()
  service.does({ getOrder: operation })
  const { connection, line } = await service.request('GET /v1/orders/7')
  while (transactions.length === 0) await pause(5)
  let answer: Promise<Answer> | undefined
  await followers(1, () => {
    answer = get('/v1/orders/7', 'stays-1')
  })
  connection.destroy()
  expect(await line).toMatchObject({ msg: 'GET getOrder caller left' })
  expect(transactions[0]?.endedBy).toBeUndefined()
  release()
  expect(told((await answer) as Answer)).toBe('200')
  expect(transactions).toHaveLength(1)
})

test('a read ends when all have left, and is followed by nobody any more', async () => {
  const { operation, transactions, release } = held()
  service.does({ getOrder: operation })
  const first = await service.request('GET /v1/orders/7')
  while (transactions.length === 0) await pause(5)
  const second = await service.request('GET /v1/orders/7')
  first.connection.destroy()
  await first.line
  second.connection.destroy()
  await second.line
  expect(transactions[0]?.endedBy).toMatchObject({ name: 'CallerLeft' })

  const third = get('/v1/orders/7', 'comes-later')
  while (transactions.length < 2) await pause(5)
  release()
  expect(told(await third)).toBe('200')
  expect(await lineOf('comes-later')).not.toHaveProperty('followed')
})

test('each has its own deadline: one that has less time is told so, the others wait', async () => {
  const { operation, transactions, release } = held()
  service.does({ findOrders: operation })
  const path = '/v1/orders?sessionId=8'
  const hasty = get(path, 'hasty', { 'x-deadline-ms': '400' })
  while (transactions.length === 0) await pause(5)
  let patient: Promise<Answer> | undefined
  await followers(1, () => {
    patient = get(path, 'patient')
  })
  expect(transactions[0]?.timeLeftMs()).toBeGreaterThan(5000)
  expect(told(await hasty)).toBe('504 70504')
  release()
  expect(told((await patient) as Answer)).toBe('200')
  expect(transactions).toHaveLength(1)
})

test('who followed a read that was given too little time asks anew', async () => {
  let reads = 0
  const tooLate = Promise.withResolvers<void>()
  service.does({
    findOrders: async ({ query }) => {
      reads += 1
      if (reads > 1) return { asked: query }
      await tooLate.promise
      throw fault('70504')
    },
  })
  const path = '/v1/orders?sessionId=9'
  const first = get(path, 'first-1')
  while (reads === 0) await pause(5)
  let second: Promise<Answer> | undefined
  await followers(1, () => {
    second = get(path, 'second-1')
  })
  tooLate.resolve()
  expect(told(await first)).toBe('504 70504')
  expect(told((await second) as Answer)).toBe('200')
  expect(reads).toBe(2)
})

test('a failure is told to all, each by its own transaction', async () => {
  const { operation, fail, transactions } = held()
  service.does({ getOrder: operation })
  const answers: Promise<Answer>[] = []
  await followers(1, () => {
    for (const id of ['fails-1', 'fails-2']) answers.push(get('/v1/orders/7', id))
  })
  fail(fault('70404'))
  const all = await Promise.all(answers)
  expect(all.map(told)).toEqual(['404 70404', '404 70404'])
  expect(all.map(({ body }) => (body as { transactionId: string }).transactionId)).toEqual([
    'fails-1',
    'fails-2',
  ])
  expect(transactions).toHaveLength(1)
})

test('what changes something, and what is handed on in pieces, is never shared', async () => {
  let made = 0
  let both = Promise.withResolvers<void>()
  // neither comes to an end without the other
  const meet = async () => {
    made += 1
    if (made % 2 === 0) both.resolve()
    await both.promise
  }
  service.does({
    createOrders: () => meet().then(() => reply(201, { orders: [] })),
    cancelOrder: ({ params }) => meet().then(() => params),
  })
  await Promise.all([service.call(ordering(goodOrders)), service.call(ordering(goodOrders))])
  both = Promise.withResolvers<void>()
  const cancelling = { method: 'DELETE', path: '/v1/orders/7' }
  await Promise.all([service.call(cancelling), service.call(cancelling)])
  const scripts = ['/v1/orders/7/script', '/v1/orders/7/script'].map((path) => service.call(path))
  expect((await Promise.all(scripts)).map(({ text }) => text)).toEqual(['%PDF-', '%PDF-'])
  expect(made).toBe(4)
})
