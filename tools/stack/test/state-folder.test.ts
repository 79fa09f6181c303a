import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { openStateFolder } from '../src/state-folder.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A process that is sure to live, and one that is sure not to. */
const living = process.ppid
const dead = spawnSync(process.execPath, ['--version']).pid

let home: string

beforeEach(() => {
  home = join(temporaryFolder(), '.local')
})

function open(portOffset: number) {
  return openStateFolder(home, portOffset, () => undefined)
}

/** Writes down that these supervisors run a landscape. */
function isRun(folder: string, portOffset: number, ...supervisors: number[]): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'landscape.json'), JSON.stringify({ portOffset, supervisors }))
}

function landscapeIn(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'landscape.json'), 'utf8'))
}

describe('the state folder', () => {
  test('is home, for its owner only, and what is needed is made there', () => {
    const { path, prepared } = openStateFolder(home, 1000, (folder) => `prepared ${folder}`)

    expect(path).toBe(home)
    expect(prepared).toBe(`prepared ${home}`)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(landscapeIn(home)).toEqual({ portOffset: 1000, supervisors: [process.pid] })
  })

  test('is another one while a landscape with another offset runs at home', () => {
    isRun(home, 0, living)

    expect(open(1000).path).toBe(join(home, 'offset-1000'))
    expect(landscapeIn(home)).toEqual({ portOffset: 0, supervisors: [living] })
  })

  test('is home while the same landscape runs there: this start joins it', () => {
    isRun(home, 1000, living)

    expect(open(1000).path).toBe(home)
    expect(landscapeIn(home)).toEqual({ portOffset: 1000, supervisors: [living, process.pid] })
  })

  test('is where the same landscape runs, even if home has become free', () => {
    isRun(home, 0, dead)
    isRun(join(home, 'offset-1000'), 1000, living)

    expect(open(1000).path).toBe(join(home, 'offset-1000'))
  })

  test('is home again when what ran there was killed', () => {
    isRun(home, 0, dead)
    isRun(join(home, 'offset-1000'), 1000, dead)

    expect(open(1000).path).toBe(home)
    expect(landscapeIn(home)).toEqual({ portOffset: 1000, supervisors: [process.pid] })
  })

  test.each(['', '{', 'null', '{"portOffset":0,"supervisors":7}'])(
    'is home when who runs there cannot be read: %s',
    (text) => {
      mkdirSync(home)
      writeFileSync(join(home, 'landscape.json'), text)

      expect(open(1000).path).toBe(home)
    },
  )
})

test('a supervisor that has ended leaves the others in their places', () => {
  isRun(home, 0, living)
  open(0).release()

  expect(landscapeIn(home)).toEqual({ portOffset: 0, supervisors: [living] })
})

test('a preparation that fails leaves no lock', () => {
  const failing = () =>
    openStateFolder(home, 0, () => {
      throw new Error('disk full')
    })

  expect(failing).toThrow('disk full')
  expect(failing).toThrow('disk full')
  expect(readdirSync(home)).toEqual([])
})

test('the lock of a start that was killed holds nobody up', () => {
  mkdirSync(home)
  writeFileSync(join(home, 'preparing.lock'), `${dead}`)

  expect(open(0).path).toBe(home)
})

test('first starts at the same moment make one set of credentials', async () => {
  const run = promisify(execFile)
  const fixture = join(import.meta.dirname, 'fixtures/opens-state-folder.ts')
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () => run(process.execPath, [fixture, home, '0'])),
  )

  const [first, ...others] = outputs.map(({ stdout }) => JSON.parse(stdout))
  expect(first).toEqual({ path: home, secret: expect.stringMatching(/^[\w-]{43}$/) })
  for (const other of others) expect(other).toEqual(first)
})
