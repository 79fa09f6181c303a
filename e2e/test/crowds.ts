import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Question, Target } from './load.ts'

/** What a crowd is sent to ask, and from how many connections more. */
export type CrowdOrder = {
  target: Target
  questions: { operation: string; path: string; text: string }[]
  connections: number
  name: string
}

/** How long each answer took, in milliseconds, by its operation and what `load.ts` calls it. */
export type Told = Record<string, number[]>

/** How many answers of each kind there have been so far, and all of it when it is over. */
export type CrowdNews = { counts: Record<string, number>; told?: Told }

/**
 * Many callers on as many kept connections, each asking without a pause. They are a process of their
 * own, so that whoever watches the service meanwhile is not late because of them.
 */
export class Crowd {
  readonly #process: ChildProcess
  readonly #order: Omit<CrowdOrder, 'connections'>
  #counts: CrowdNews['counts'] = {}

  constructor(target: Target, questions: readonly Question[], name: string) {
    const asked = questions.map(({ operation, call, text = '' }) => ({
      operation,
      path: call.path,
      text,
    }))
    this.#order = { target, questions: asked, name }
    this.#process = fork(fileURLToPath(new URL('crowd.ts', import.meta.url)), {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
    })
    this.#process.on('message', ({ counts }: CrowdNews) => {
      this.#counts = counts
    })
  }

  /** Lets so many more begin. */
  grow(connections: number): void {
    this.#process.send({ ...this.#order, connections } satisfies CrowdOrder)
  }

  /** How often these have been told something like that. */
  count(pattern: RegExp): number {
    return Object.entries(this.#counts)
      .filter(([what]) => pattern.test(what))
      .reduce((sum, [, count]) => sum + count, 0)
  }

  /**
   * Waits until it has been told something so often.
   * @throws {Error} with what it was told instead, when that takes longer than 40 s
   */
  async hears(pattern: RegExp, times: number): Promise<void> {
    const until = performance.now() + 40_000
    while (this.count(pattern) < times) {
      if (performance.now() > until) {
        throw new Error(`Waited in vain; it was told ${JSON.stringify(this.#counts)}`)
      }
      await once(this.#process, 'message')
    }
  }

  /** Asks nothing more, and waits for what is under way. */
  async disperse(): Promise<Told> {
    this.#process.send('disperse')
    for (;;) {
      const [{ told }] = (await once(this.#process, 'message')) as [CrowdNews]
      if (told) return told
    }
  }

  /** Ends it at once. */
  leave(): void {
    this.#process.kill('SIGKILL')
  }
}
