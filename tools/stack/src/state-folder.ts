import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder, writePrivately } from './private-file.ts'

/** Where a landscape keeps its certificates, credentials and logs. */
export type StateFolder = {
  readonly path: string
  /** Says that this supervisor has ended. */
  release(): void
}

/** The supervisors that run a landscape together, each some of its processes. */
type Landscape = { portOffset: number; supervisors: number[] }

/**
 * Finds the folder of the landscape that is moved by `portOffset`, and enters this supervisor there.
 *
 * The folder is `home`. While a landscape with another offset runs there, it is
 * `home/offset-<portOffset>`: two landscapes must not write into each other's logs and
 * `demo.env`. A supervisor that starts some processes of a landscape of which others run already
 * joins them, wherever they are.
 * @param home the checkout's folder for what is not committed; made if need be
 * @param prepare makes what the landscape needs in the folder; no other supervisor does so meanwhile
 * @throws what `prepare` throws, and when the folder cannot be written
 */
export function openStateFolder<T>(
  home: string,
  portOffset: number,
  prepare: (folder: string) => T,
): StateFolder & { readonly prepared: T } {
  makePrivateFolder(home)
  return alone(home, () => {
    const path = chooseFolder(home, portOffset)
    makePrivateFolder(path)
    const prepared = prepare(path)
    writeLandscape(path, {
      portOffset,
      supervisors: [...supervisorsOf(path, portOffset), process.pid],
    })
    return { path, prepared, release: () => alone(home, () => leave(path, portOffset)) }
  })
}

function chooseFolder(home: string, portOffset: number): string {
  const ownFolder = join(home, `offset-${portOffset}`)
  if (supervisorsOf(ownFolder, portOffset).length > 0) return ownFolder
  const atHome = readLandscape(home)
  const isTaken = atHome.portOffset !== portOffset && atHome.supervisors.some(isAlive)
  return isTaken ? ownFolder : home
}

function leave(path: string, portOffset: number): void {
  writeLandscape(path, { portOffset, supervisors: supervisorsOf(path, portOffset) })
}

/** The other supervisors that run the landscape with this offset in the folder. */
function supervisorsOf(folder: string, portOffset: number): number[] {
  const landscape = readLandscape(folder)
  return landscape.portOffset === portOffset ? landscape.supervisors.filter(isAlive) : []
}

function readLandscape(folder: string): Landscape {
  try {
    const { portOffset, supervisors } = JSON.parse(readFileSync(landscapeFile(folder), 'utf8'))
    return { portOffset, supervisors: supervisors.map(Number) }
  } catch {
    // none has run here, or the file was damaged: nothing that would have to be respected
    return { portOffset: 0, supervisors: [] }
  }
}

function writeLandscape(folder: string, landscape: Landscape): void {
  writePrivately(landscapeFile(folder), `${JSON.stringify(landscape)}\n`)
}

function landscapeFile(folder: string): string {
  return join(folder, 'landscape.json')
}

/** Whether another process has this id. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const pollMs = 20
/** Preparing takes well under a second: who holds the lock longer was killed, and its id reused. */
const longestHoldMs = 5000

/**
 * Runs `work` while no other supervisor of this checkout runs any: two first starts at the same
 * moment would otherwise make two sets of credentials, and mix them.
 */
function alone<T>(home: string, work: () => T): T {
  const lock = join(home, 'preparing.lock')
  const entry = join(home, `preparing.${process.pid}`)
  const givesUpAt = performance.now() + longestHoldMs
  // a link appears together with its content, a created file before it
  writeFileSync(entry, `${process.pid}`, { mode: 0o600 })
  try {
    while (!tryLink(entry, lock)) {
      const holder = holderOf(lock)
      // let go between our two looks: whoever takes it next is not to lose it
      if (holder === undefined) continue
      if (!isAlive(holder) || performance.now() > givesUpAt) rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs)
    }
  } finally {
    rmSync(entry, { force: true })
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function tryLink(entry: string, lock: string): boolean {
  try {
    linkSync(entry, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return undefined
  }
}
