import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { root } from './compose-files.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** @returns the port */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `${(server.address() as AddressInfo).port}`
}

/** A port where nothing listens. */
async function nowhere(): Promise<string> {
  const port = await serve(() => undefined)
  const closed = servers.pop()?.close()
  if (closed) await once(closed, 'close')
  return port
}

function answering(path: string, status = 200): RequestListener {
  return ({ url }, response) => response.writeHead(url === path ? status : 404).end()
}

async function exitCode(env: NodeJS.ProcessEnv): Promise<number> {
  const check = spawn(process.execPath, [join(root, 'tools/healthcheck.mjs')], { env })
  const [code] = await once(check, 'exit')
  return code
}

test('a service is well whose management port says so', async () => {
  const MANAGEMENT_PORT = await serve(answering('/health/live'))
  expect(await exitCode({ MANAGEMENT_PORT, PORT: await nowhere() })).toBe(0)
})

test('a service is not well that says so, whatever its other port says', async () => {
  const MANAGEMENT_PORT = await serve(answering('/health/live', 503))
  expect(await exitCode({ MANAGEMENT_PORT, PORT: await serve(answering('/control')) })).toBe(1)
})

test('a service is not well whose management port is closed', async () => {
  const PORT = await serve(answering('/v1'))
  expect(await exitCode({ MANAGEMENT_PORT: await nowhere(), PORT })).toBe(1)
})

test('nothing there is not well', async () => {
  expect(await exitCode({ MANAGEMENT_PORT: await nowhere(), PORT: await nowhere() })).toBe(1)
})

test('the RM simulator is well, which has no management port', async () => {
  const PORT = await serve(answering('/control'))
  expect(await exitCode({ MANAGEMENT_PORT: await nowhere(), PORT })).toBe(0)
})
