import { expect, test } from '@jest/globals'
import { createTelemetry, inTransaction, openTransaction } from '../src/index.ts'

type Line = { level: number; msg: string } & Record<string, unknown>

function telemetryOf(service: string, level?: string) {
  const lines: Line[] = []
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) }
  return { ...createTelemetry(service, { destination, ...(level && { level }) }), lines }
}

test('every log line is one JSON line that names the service', () => {
  const { log, lines } = telemetryOf('ca-eps-sapi')
  log.info({ port: 8082 }, 'up')
  expect(lines).toEqual([
    { level: 30, time: expect.any(Number), service: 'ca-eps-sapi', port: 8082, msg: 'up' },
  ])
})

test('a line inside a transaction names it, in all that the transaction starts', async () => {
  const { log, lines } = telemetryOf('ca-eps-sapi')
  await Promise.all(
    ['first', 'second'].map((id) =>
      inTransaction(openTransaction(id), async () => {
        log.info(`begin ${id}`)
        await new Promise(setImmediate)
        log.info(`end ${id}`)
      }),
    ),
  )
  log.info('outside')
  expect(lines.map(({ msg, transactionId }) => [msg, transactionId])).toEqual([
    ['begin first', 'first'],
    ['begin second', 'second'],
    ['end first', 'first'],
    ['end second', 'second'],
    ['outside', undefined],
  ])
})

test('a line tells of an error what describeError tells', () => {
  const { log, lines } = telemetryOf('ca-eps-sapi')
  const err = Object.assign(new Error('refused'), { config: { client_secret: 'hush' } })
  log.error({ err }, 'it failed')
  log.error(err)
  expect(lines).toHaveLength(2)
  for (const line of lines) {
    expect(line.err).toEqual({ type: 'Error', message: 'refused', stack: err.stack })
  }
})

test('lines below the level are not written', () => {
  const { log, lines } = telemetryOf('ca-eps-sapi', 'warn')
  log.info('not this')
  log.warn('this')
  expect(lines.map(({ msg }) => msg)).toEqual(['this'])
})

test('every telemetry counts for itself', async () => {
  const [one, other] = [telemetryOf('one'), telemetryOf('other')]
  expect(one.metrics).not.toBe(other.metrics)
  expect(await one.metrics.metrics()).toContain('process_cpu_seconds_total')
})
