import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { ProcessPlan } from '../src/managed-process.ts'
import { type Supervision, type SupervisorOptions, supervise } from '../src/supervisor.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const supervisions: Supervision[] = []

afterEach(async () => {
  for (const { kill, ended } of supervisions.splice(0)) {
    kill()
    await ended
  }
})

/** Supervises fixtures, named after their files, and notes what is told of them. */
function start(
  names: readonly string[],
  options: SupervisorOptions = {},
  layers: readonly number[] = [],
) {
  const plans = names.map(
    (name, at): ProcessPlan => ({
      name,
      layer: layers[at] ?? 0,
      entry: join(fixtures, `${name}.ts`),
      environment: { PLACE: String(at) },
      logFile: `logs/${name}.ndjson`,
    }),
  )
  const shown: string[] = []
  const hidden: string[] = []
  const troubles: string[] = []
  const allReady = Promise.withResolvers<readonly string[]>()
  const firstTrouble = Promise.withResolvers<void>()

  const supervision = supervise(
    plans,
    {
      line: (_name, { record }, isShown) => (isShown ? shown : hidden).push(String(record.msg)),
      ready: () => {},
      allReady: allReady.resolve,
      trouble(name, what) {
        troubles.push(`${name}: ${what}`)
        firstTrouble.resolve()
      },
    },
    options,
  )
  supervisions.push(supervision)
  return {
    supervision,
    shown,
    hidden,
    troubles,
    allReady: allReady.promise,
    firstTrouble: firstTrouble.promise,
  }
}

test('processes that are asked to stop end the landscape with 0', async () => {
  const { supervision, allReady, troubles } = start(['ready', 'ready'])

  expect(await allReady).toEqual(['ready', 'ready'])
  supervision.stop()
  supervision.stop()

  expect(await supervision.ended).toBe(0)
  expect(troubles).toEqual([])
})

test('a layer is stopped when those that call it have ended', async () => {
  const names = ['ends-slowly', 'ends-slowly', 'ends-slowly']
  const { supervision, allReady, shown } = start(names, {}, [1, 0, 2])
  await allReady
  supervision.stop()

  expect(await supervision.ended).toBe(0)
  expect(shown).toEqual([
    '1 is asked to end',
    '1 ends',
    '0 is asked to end',
    '0 ends',
    '2 is asked to end',
    '2 ends',
  ])
})

test('it can be stopped before anything is ready', async () => {
  const { supervision, troubles } = start(['never-ready', 'ready'])
  supervision.stop()

  expect(await supervision.ended).toBe(0)
  expect(troubles).toEqual([])
})

describe('when one process goes down, all do, and it is named in one line', () => {
  test('one that dies', async () => {
    const { supervision, troubles } = start(['ready', 'dies-after-ready'])

    expect(await supervision.ended).toBe(1)
    expect(troubles).toEqual([
      'dies-after-ready: died (exit code 3); its log is logs/dies-after-ready.ndjson',
    ])
  })

  test('one that cannot start and says why: its fatal line is kept, not shown', async () => {
    const { supervision, troubles, shown, hidden } = start(['ready', 'fails', 'fails'])

    expect(await supervision.ended).toBe(1)
    expect(troubles).toEqual(['fails: port 1 is in use'])
    expect(shown).toEqual([])
    expect(hidden).toContain('port 1 is in use')
  })

  test('one that crashes without a word to its supervisor: its stack is shown', async () => {
    const { supervision, troubles, shown } = start(['ready', 'crashes'])

    expect(await supervision.ended).toBe(1)
    expect(troubles).toEqual([
      'crashes: ended before it was ready (exit code 1); its log is logs/crashes.ndjson',
    ])
    expect(shown).toContain('Error: crashed on purpose')
  })

  test('one that is not ready in time', async () => {
    const { supervision, troubles } = start(['never-ready'], { readyWithinMs: 50 })

    expect(await supervision.ended).toBe(1)
    expect(troubles).toEqual([
      'never-ready: is not ready after 0.05 s; its log is logs/never-ready.ndjson',
    ])
  })

  test('one whose program is not there', async () => {
    const { supervision, troubles } = start(['no-such-fixture'])

    expect(await supervision.ended).toBe(1)
    expect(troubles).toEqual([expect.stringMatching(/^no-such-fixture: ended before it was ready/)])
  })
})

describe('--keep-going', () => {
  test('leaves the others running, and the end is 1 all the same', async () => {
    const { supervision, allReady, firstTrouble, troubles } = start(['ready', 'dies-after-ready'], {
      keepGoing: true,
    })

    expect(await allReady).toContain('ready')
    await firstTrouble
    supervision.stop()
    expect(await supervision.ended).toBe(1)
    expect(troubles).toHaveLength(1)
  })

  test('is ready without those that could not start', async () => {
    const { allReady, troubles } = start(['fails', 'ready', 'crashes'], { keepGoing: true })

    expect(await allReady).toEqual(['ready'])
    expect(troubles).toHaveLength(2)
  })

  test('ends when nothing is left', async () => {
    const { supervision } = start(['fails', 'dies-after-ready'], { keepGoing: true })

    expect(await supervision.ended).toBe(1)
  })
})

describe('a process that does not stop', () => {
  test('is named and killed when its time is up', async () => {
    const { supervision, allReady, troubles } = start(['ignores-sigterm', 'ready'], {
      stopWithinMs: 50,
    })
    await allReady
    supervision.stop()

    expect(await supervision.ended).toBe(0)
    expect(troubles).toEqual(['ignores-sigterm: did not stop within 0.05 s and is killed'])
  })

  test('is killed at once when nobody wants to wait', async () => {
    const { supervision, allReady, troubles } = start(['ignores-sigterm'])
    await allReady
    supervision.stop()
    supervision.kill()

    expect(await supervision.ended).toBe(0)
    expect(troubles).toEqual([])
  })
})

test('lines arrive whole, and all of them before the end', async () => {
  const { supervision, shown } = start(['half-lines'])
  await supervision.ended

  expect(shown).toEqual(['one €', 'two', 'no end'])
})

test('processes end by themselves when their supervisor is killed', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const supervisor = spawn(process.execPath, [join(fixtures, 'supervisor.ts'), `${port}`])
  try {
    const [connection]: Socket[] = await once(server, 'connection')
    supervisor.kill('SIGKILL')

    await once(connection?.resume() as Socket, 'close')
  } finally {
    supervisor.kill('SIGKILL')
    server.close()
  }
})
