import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ask, askForToken, control, makeOrder, ordersOf } from './fixtures/simulator.ts'

const main = join(import.meta.dirname, '../src/main.ts')
const started: ChildProcess[] = []
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rm-'))
})

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function start(settings: Record<string, string>, nodeOptions: string[] = []): ChildProcess {
  const child = spawn(process.execPath, [...nodeOptions, main], {
    env: { PORT: '0', RM_CLIENT_ID: 'id', RM_CLIENT_SECRET: 'a secret', ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  started.push(child)
  return child
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const piece of child.stdout ?? []) text += piece
  return text
}

/** Where a simulator takes requests, with a token, once it is ready. */
async function target(child: ChildProcess): Promise<{ address: string; token: string }> {
  if (!child.stdout) throw new Error('its output is not read')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const address = `http://127.0.0.1:${JSON.parse(line).port}`
  return { address, token: await askForToken(address, { id: 'id', secret: 'a secret' }) }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'says when it is ready and stops on %s',
  async (signal) => {
    const simulator = start({})
    expect(await once(simulator, 'message')).toEqual([{ event: 'ready' }, undefined])

    simulator.kill(signal)
    expect(await once(simulator, 'exit')).toEqual([0, null])
  },
)

test('stops when its supervisor is gone', async () => {
  const simulator = start({})
  await once(simulator, 'message')

  simulator.disconnect()
  expect(await once(simulator, 'exit')).toEqual([0, null])
})

test('stops when its supervisor is killed before it is ready', async () => {
  const simulator = start({})

  simulator.stdout?.destroy()
  simulator.disconnect()
  expect(await once(simulator, 'exit')).toEqual([0, null])
})

test('a port in use is one line, for its log and its supervisor', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo

  const simulator = start({ PORT: `${port}` })
  const [[sent], [exitCode], output] = await Promise.all([
    once(simulator, 'message'),
    once(simulator, 'exit'),
    outputOf(simulator),
  ]).finally(() => other.close())

  const message = `port ${port} on 127.0.0.1 is in use`
  expect(sent).toEqual({ event: 'failed', message })
  expect(exitCode).toBe(1)
  expect(JSON.parse(output)).toMatchObject({ level: 60, service: 'rm-simulator', msg: message })
})

test('a bad setting is one line', async () => {
  const simulator = start({ TOKEN_SECONDS: 'ten' })
  const [[sent], [exitCode]] = await Promise.all([
    once(simulator, 'message'),
    once(simulator, 'exit'),
  ])

  expect(sent).toEqual({ event: 'failed', message: expect.stringContaining('TOKEN_SECONDS') })
  expect(exitCode).toBe(1)
})

test('a bad file of orders is one line', async () => {
  const file = join(folder, 'orders.db')
  writeFileSync(
    file,
    'These are no orders, and they are longer than a header of SQLite. '.repeat(20),
  )
  const simulator = start({ ORDERS_FILE: file })
  const [[sent], [exitCode]] = await Promise.all([
    once(simulator, 'message'),
    once(simulator, 'exit'),
  ])

  expect(sent).toEqual({
    event: 'failed',
    message: expect.stringContaining(`the orders in ${file} cannot be opened: `),
  })
  expect(exitCode).toBe(1)
})

test('an order that was answered outlives the process, however it ends; a token does not', async () => {
  const settings = { ORDERS_FILE: join(folder, 'orders.db') }
  const first = start(settings)
  const before = await target(first)
  const order = await makeOrder(before, 'killed')
  await kill(first)

  const after = await target(start(settings))
  expect(await ordersOf(after, 'killed')).toEqual([order])
  const response = await ask({ ...after, token: before.token }, '/scripts?clientReference=killed')
  expect(response.status).toBe(401)
})

test('an order that was taken and not answered outlives the process', async () => {
  const settings = { ORDERS_FILE: join(folder, 'orders.db') }
  const first = start(settings)
  const before = await target(first)
  await control(before, 'PUT', { faults: [{ fault: 'close', at: 'answer' }] })
  await expect(makeOrder(before, 'unanswered')).rejects.toThrow('fetch failed')
  await kill(first)

  expect(await ordersOf(await target(start(settings)), 'unanswered')).toHaveLength(1)
})

test('a torn end of what was written last does not stop the next start', async () => {
  const settings = { ORDERS_FILE: join(folder, 'orders.db') }
  const first = start(settings)
  const before = await target(first)
  const order = await makeOrder(before, 'whole')
  await makeOrder(before, 'torn')
  await kill(first)
  const journal = `${settings.ORDERS_FILE}-wal`
  truncateSync(journal, statSync(journal).size - 100)

  const after = await target(start(settings))
  expect(await ordersOf(after, 'whole')).toEqual([order])
  expect(await ordersOf(after, 'torn')).toEqual([])
  expect(await makeOrder(after, 'next')).toHaveProperty('customerDirectives')
})

test('scripts of 20 MB, many at once, take little memory', async () => {
  const tellPeak = `process.on('message', () => process.send(process.resourceUsage().maxRSS))
    process.channel.unref()`
  const simulator = start({}, ['--import', `data:text/javascript,${encodeURIComponent(tellPeak)}`])
  const [rm] = await Promise.all([target(simulator), once(simulator, 'message')])
  const peakKib = async () => {
    simulator.send('peak')
    return ((await once(simulator, 'message')) as [number])[0]
  }
  const order = await makeOrder(rm, 'memory')
  const path = `/scripts/pdf/${order.customerDirectives[0]?.docStorePageIds[0]}`
  const pdfBytes = 20 * 1024 * 1024
  async function download(): Promise<number> {
    let bytes = 0
    for await (const piece of (await ask(rm, path)).body ?? []) bytes += piece.length
    return bytes
  }

  await download()
  await control(rm, 'PUT', { pdfBytes })
  const before = await peakKib()
  const sizes = await Promise.all(Array.from({ length: 8 }, download))
  const after = await peakKib()

  expect(sizes).toEqual(Array(8).fill(pdfBytes))
  expect(after - before).toBeLessThan(40 * 1024)
})
