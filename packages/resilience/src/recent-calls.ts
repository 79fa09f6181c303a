const leastCalls = 10
const windowMs = 10_000

/**
 * What the calls of the last 10 s came to. Each is looked at twice, however many there are, and is
 * one number in a ring: ten seconds of objects would all grow old in the heap.
 */
export class RecentCalls {
  /** When each ended; below zero where it failed. */
  #ended = new Float64Array(16)
  #oldest = 0
  #count = 0
  #failures = 0

  /** Adds a call that ended just now. */
  add(failed: boolean): void {
    const now = performance.now()
    this.#forgetBefore(now - windowMs)
    if (this.#count === this.#ended.length) this.#grow()
    this.#ended[(this.#oldest + this.#count) % this.#ended.length] = failed ? -now : now
    this.#count += 1
    if (failed) this.#failures += 1
  }

  /** Whether there were at least 10, and half of them failed. */
  get areTooBad(): boolean {
    return this.#count >= leastCalls && this.#failures * 2 >= this.#count
  }

  #forgetBefore(moment: number): void {
    for (; this.#count > 0; this.#count -= 1) {
      const endedAt = this.#ended[this.#oldest] as number
      if (Math.abs(endedAt) > moment) return
      if (endedAt < 0) this.#failures -= 1
      this.#oldest = (this.#oldest + 1) % this.#ended.length
    }
  }

  #grow(): void {
    const larger = new Float64Array(this.#ended.length * 2)
    larger.set(this.#ended.subarray(this.#oldest))
    larger.set(this.#ended.subarray(0, this.#oldest), this.#ended.length - this.#oldest)
    this.#ended = larger
    this.#oldest = 0
  }
}
