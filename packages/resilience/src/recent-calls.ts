const leastCalls = 10
const windowMs = 10_000

/** What the calls of the last 10 s came to. Each is looked at twice, however many there are. */
export class RecentCalls {
  readonly #ended: { at: number; failed: boolean }[] = []
  /** Where the last 10 s begin; what lies before is cut off now and then. */
  #first = 0
  #failures = 0

  /** Adds a call that ended just now. */
  add(failed: boolean): void {
    const now = performance.now()
    this.#ended.push({ at: now, failed })
    if (failed) this.#failures += 1
    for (let oldest = this.#ended[this.#first]; oldest && oldest.at <= now - windowMs; ) {
      if (oldest.failed) this.#failures -= 1
      this.#first += 1
      oldest = this.#ended[this.#first]
    }
    if (this.#first * 2 > this.#ended.length) {
      this.#ended.splice(0, this.#first)
      this.#first = 0
    }
  }

  /** Whether there were at least 10, and half of them failed. */
  get areTooBad(): boolean {
    const calls = this.#ended.length - this.#first
    return calls >= leastCalls && this.#failures * 2 >= calls
  }
}
