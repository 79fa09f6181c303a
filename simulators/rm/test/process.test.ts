import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'

const main = join(import.meta.dirname, '../src/main.ts')
const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function start(settings: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [main], {
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
