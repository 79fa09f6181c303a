import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'

const writer = new URL('../src/log-writer.ts', import.meta.url)

/** A process that writes a log to its standard output and can be talked to by messages. */
function run(script: string) {
  const source = `import { createLogWriter } from '${writer}'
    const log = createLogWriter(process.stdout)
    const line = 'x'.repeat(1023) + '\\n'
    const write = (times) => { for (let n = 0; n < times; n += 1) log.write(line) }
    const end = async (withinMs) => { await log.flush(withinMs); process.exit(0) }
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return { child, output: child.stdout as NodeJS.ReadableStream & { destroy(): void } }
}

describe('a log writer', () => {
  test('writes every line once and in order, however many come at once', async () => {
    const { output } = run("for (let n = 0; n < 20000; n += 1) log.write(n + '\\n'); end(5000)")
    const lines = (await text(output)).trim().split('\n')
    expect(lines).toEqual(Array.from({ length: 20_000 }, (_, n) => String(n)))
  })

  test('neither stops its process nor keeps it from ending while nobody reads', async () => {
    const { child } = run("write(20000); process.send('alive'); end(100)")
    expect(await once(child, 'message')).toEqual(['alive', undefined])
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('says how many lines were lost once somebody reads again', async () => {
    const { child, output } = run(`
      write(20000)
      process.send('full')
      process.once('message', async () => {
        await log.flush(5000)
        write(1)
        end(5000)
      })`)
    await once(child, 'message')
    child.send('somebody reads')
    const lines = (await text(output)).trim().split('\n')
    const { msg } = JSON.parse(lines.at(-2) ?? '')
    const lost = Number(/^(\d+) lines of this log were lost/.exec(msg)?.[1])
    expect(lost).toBeGreaterThan(0)
    expect(lines.length - 2 + lost).toBe(20_000)
  })

  test('does not keep its process from ending when its reader is gone', async () => {
    const { child, output } = run(`
      process.once('message', () => { write(1000); end(60000) })
      process.send('ready')`)
    await once(child, 'message')
    output.destroy()
    child.send('write')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
