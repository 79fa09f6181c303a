import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { connectRaw, type LogLine, writeTestClients } from '@ca/test-kit'
import { afterAll, describe, expect, test } from '@jest/globals'

const clients = writeTestClients({ ats: ['*'] })
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  clients.remove()
})

/** Starts the sample service as a process. */
function startProcess(settings: Record<string, string> = {}) {
  const child = fork(join(import.meta.dirname, 'fixtures/process.ts'), {
    env: { CLIENTS_FILE: clients.file, ...settings },
    execArgv: [],
    silent: true,
  })
  running.add(child)
  const lines: LogLine[] = []
  const messages: unknown[] = []
  const errors: string[] = []
  const output = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  output.on('line', (line) => lines.push(JSON.parse(line)))
  child.stderr?.on('data', (text) => errors.push(String(text)))
  child.on('message', (message) => messages.push(message))
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]).then(([[code]]) => {
    running.delete(child)
    return { code, lines, messages, errors }
  })
  return {
    child,
    ended,
    /** Settles when it has said this in its log. */
    async says(text: string): Promise<LogLine> {
      for (;;) {
        const line = lines.find(({ msg }) => msg.includes(text))
        if (line) return line
        await once(output, 'line')
      }
    },
  }
}

/** Starts it, and a request for an operation. */
async function startRequest(path: string) {
  const service = startProcess()
  await once(service.child, 'message')
  const { port } = await service.says('takes requests')
  const connection = await connectRaw(`http://127.0.0.1:${port}`)
  connection.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nclient_id: ats\r\nclient_secret: ${clients.secrets.ats}\r\nX-TRANSACTION-ID: a-transaction\r\n\r\n`,
  )
  return { ...service, connection }
}

// each waits mostly for its process to start
describe('a service as a process', () => {
  test.concurrent('says that it is ready, and ends well when it is interrupted', async () => {
    const { child, ended } = startProcess()
    const [message] = await once(child, 'message')
    expect(message).toEqual({ event: 'ready' })
    child.kill('SIGINT')
    const { code, lines, errors } = await ended
    expect([code, errors]).toEqual([0, []])
    expect(lines.at(-1)).toMatchObject({ level: 30, msg: 'sample-sapi stopped' })
  })

  test.concurrent('answers the request that it has before it is terminated', async () => {
    const { child, says, connection, ended } = await startRequest('/v1/orders/7')
    await says('entered')
    child.kill('SIGTERM')
    const { status, headers } = await connection.answer()
    expect([status, headers.connection]).toEqual([200, 'close'])
    expect((await ended).code).toBe(0)
  })

  test.concurrent('ends with its supervisor', async () => {
    const { child, ended } = startProcess()
    await once(child, 'message')
    child.disconnect()
    expect((await ended).code).toBe(0)
  })

  test.concurrent.each([
    ['a bad setting', { PORT: 'x', LOG_LEVEL: 'y' }, /^bad settings: PORT: .*; LOG_LEVEL: /],
    ['no port', { HOST: '192.0.2.1' }, /^192\.0\.2\.1 is no address of this machine: set HOST$/],
  ])('that cannot start for %s says why, once, and exits with 1', async (_, settings, why) => {
    const { code, lines, messages, errors } = await startProcess(settings).ended
    expect([code, errors]).toEqual([1, []])
    expect(messages).toEqual([{ event: 'failed', message: expect.stringMatching(why) }])
    const [{ message }] = messages as [{ message: string }]
    expect(lines).toHaveLength(1)
    expect(lines[0]).toEqual({
      level: 60,
      time: expect.any(Number),
      service: 'sample-sapi',
      msg: `sample-sapi: ${message}`,
    })
  })

  test.concurrent('that comes upon an error which nobody handles says so, and exits with 1', async () => {
    const { ended } = await startRequest('/v1/orders/latest')
    const { code, lines, errors } = await ended
    expect([code, errors]).toEqual([1, []])
    expect(lines.at(-1)).toMatchObject({
      level: 60,
      msg: 'sample-sapi ends: crashed on purpose',
      err: { message: 'crashed on purpose', stack: expect.stringContaining('process.ts') },
    })
  })
})
