import { createTelemetry } from '@ca/telemetry'
import { sampleContract, sampleOperations, send, serve } from '@ca/test-kit'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createService } from '../src/index.ts'
import { createListener } from '../src/listener.ts'
import { createManagement } from '../src/management.ts'

const dependency = (name: string, check: () => Promise<void>) => ({ name, check, close() {} })

const service = await serve(sampleContract, (settings) =>
  createService({
    contract: sampleContract,
    operations: sampleOperations,
    settings,
    telemetry: createTelemetry('sample-sapi', { level: 'silent' }),
    dependencies: [
      dependency('eps', async () => {}),
      dependency('rm', () => Promise.reject(new Error('secret of the inside'))),
      dependency('odd', () => {
        throw new Error('at once')
      }),
      dependency('slow', () => new Promise(() => {})),
    ],
  }),
)
afterAll(() => service.stop())

const ask = (path: string) => send(service.managementUrl, { path })

test('a service that has not started says that it takes no requests', async () => {
  const handle = createManagement({
    service: 'sample-sapi',
    dependencies: [],
    metrics: createTelemetry('sample-sapi', { level: 'silent' }).metrics,
    takesRequests: () => false,
  })
  const management = createListener({ handle })
  const { port } = await management.listen({
    host: '127.0.0.1',
    port: 0,
    hostSetting: 'MANAGEMENT_HOST',
    portSetting: 'MANAGEMENT_PORT',
  })
  const { status, body } = await send(`http://127.0.0.1:${port}`, { path: '/health/ready' })
  await management.close(0)
  expect([status, body]).toEqual([
    503,
    { service: 'sample-sapi', status: 'down', dependencies: [] },
  ])
})

describe('the management port', () => {
  test('says that the process lives', async () => {
    const { status, body } = await ask('/health/live')
    expect([status, body]).toEqual([200, { service: 'sample-sapi', status: 'up' }])
  })

  test('says that requests are taken, and how each dependency is, which decides nothing', async () => {
    const { status, body } = await ask('/health/ready')
    expect(status).toBe(200)
    expect(body).toEqual({
      service: 'sample-sapi',
      status: 'up',
      dependencies: [
        { name: 'eps', status: 'up' },
        { name: 'rm', status: 'down' },
        { name: 'odd', status: 'down' },
        { name: 'slow', status: 'unknown' },
      ],
    })
  })

  test('has the metrics of the process and of its requests, as Prometheus reads them', async () => {
    await service.call('/v1/orders/latest')
    await service.call('/v1/nothing')
    const { status, headers, text } = await ask('/metrics')
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toMatch(/^process_cpu_seconds_total \d/m)
    expect(text).toMatch(/^# TYPE http_server_request_duration_seconds histogram$/m)
    expect(text).toContain(
      'http_server_request_duration_seconds_count{operation="getLatestOrder",status="200"} 1\n',
    )
    expect(text).toContain(
      'http_server_request_duration_seconds_count{operation="none",status="404"} 1\n',
    )
    for (const line of text.split('\n')) {
      expect(line).toMatch(/^$|^# (HELP|TYPE) |^[a-z0-9_]+({[^}]*})? \S+$/)
    }
  })

  test('has nothing else, and is not reached by way of the API', async () => {
    expect((await ask('/v1/orders/latest')).status).toBe(404)
    expect((await service.call('/health/live')).status).toBe(404)
    expect((await service.call('/metrics')).status).toBe(404)
  })
})
