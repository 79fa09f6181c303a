import { send } from '@ca/test-kit'
import { expect, test } from '@jest/globals'
import { startSample, told } from './fixtures/sample-service.ts'

test('beyond the most requests at once a service says 503 at once, and when to come again', async () => {
  const entered = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const operations = {
    getOrder: async ({ params }: { params: object }) => {
      entered.resolve()
      await released.promise
      return params as never
    },
  }
  const service = await startSample(operations, { requestsAtOnce: 1 })
  const first = service.call('/v1/orders/7')
  await entered.promise

  const { connection, line } = await service.request('GET /v1/orders/8')
  const turnedAway = await connection.answer()
  expect(told(turnedAway)).toBe('503 70503')
  expect(turnedAway.headers['retry-after']).toBe('1')
  expect(await line).toMatchObject({
    operationId: 'getOrder',
    status: 503,
    err: { message: 'shed: too many at once' },
  })

  released.resolve()
  expect(told(await first)).toBe('200')
  expect(told(await service.call('/v1/orders/8'))).toBe('200')
})

/** Keeps this process from everything else. */
function spin(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
}

test('where work comes faster than it is done, a share is turned away, and none once there is less', async () => {
  const service = await startSample({
    getOrder: ({ params }) => {
      spin(50)
      return params as never
    },
  })
  const tally: Record<string, number> = {}
  const crowd = Array.from({ length: 30 }, async () => {
    const connection = await service.connect()
    while ((tally['503 70503'] ?? 0) < 20) {
      connection.write(`${service.head('GET /v1/orders/7')}\r\n`)
      const outcome = told(await connection.answer())
      tally[outcome] = (tally[outcome] ?? 0) + 1
    }
    connection.destroy()
  })
  await Promise.all(crowd)
  expect(Object.keys(tally).sort()).toEqual(['200', '503 70503'])
  const { text } = await send(service.managementUrl, { path: '/metrics' })
  expect(text).toMatch(/http_server_requests_shed_total\{reason="waited too long"\} \d\d/)
  expect(text).toMatch(/^http_server_requests_in_progress 0$/m)

  const calmFrom = performance.now()
  while (told(await service.call('/v1/orders/latest')) !== '200');
  await service.log.line(({ msg }) => msg === 'no more is asked than can be done')
  for (const _ of Array(20)) expect(told(await service.call('/v1/orders/latest'))).toBe('200')
  expect(performance.now() - calmFrom).toBeLessThan(2500)
}, 30_000)

test('a burst that is worked off within a second is answered whole', async () => {
  const service = await startSample({
    getOrder: ({ params }) => {
      spin(20)
      return params as never
    },
  })
  const answers = await Promise.all(Array.from({ length: 30 }, () => service.call('/v1/orders/7')))
  expect(answers.map(told)).toEqual(answers.map(() => '200'))
})

test('a single standstill, however long, is not more than can be done', async () => {
  const service = await startSample()
  // what its start may have held up is over
  for (const from = performance.now(); performance.now() < from + 300; ) {
    await service.call('/v1/orders/7')
  }
  const standsStill = Promise.withResolvers<void>()
  setTimeout(() => {
    spin(1500)
    standsStill.resolve()
  })
  await standsStill.promise
  for (const _ of Array(20)) expect(told(await service.call('/v1/orders/7'))).toBe('200')
})

test('a probe of its health does not wait behind all that came before it', async () => {
  let begun = 0
  const service = await startSample({
    getOrder: ({ params }) => {
      begun += 1
      spin(5)
      return params as never
    },
  })
  const connections = await Promise.all(Array.from({ length: 60 }, () => service.connect()))
  // who has been answered is connected for the service too
  for (const each of connections) each.write(`${service.head('GET /v1/orders/latest')}\r\n`)
  for (const each of connections) await each.answer()
  for (const each of connections) each.write(`${service.head('GET /v1/orders/7')}\r\n`)
  expect((await send(service.managementUrl, { path: '/health/live' })).status).toBe(200)
  expect(begun).toBeLessThan(connections.length / 2)
  for (const each of connections) expect(told(await each.answer())).toBe('200')
})
