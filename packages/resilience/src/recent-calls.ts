const leastCalls = 10
const windowMs = 10_000
const firstRoom = 64

/**
 * What the calls of the last 10 s came to. Each is looked at twice, however many there are.
 *
 * They stand in a ring of plain numbers: an object for each would live for 10 s, which is long
 * enough to be copied by several garbage collections and then to need a thorough one.
 */
export class RecentCalls {
  #endedAt = new Float64Array(firstRoom)
  #failed = new Uint8Array(firstRoom)
  /** The place of the oldest. */
  #first = 0
  #count = 0
  #failures = 0

  /** Adds a call that ended just now. */
  add(failed: boolean): void {
    const now = performance.now()
    while (this.#count > 0 && (this.#endedAt[this.#first] as number) <= now - windowMs) {
      this.#failures -= this.#failed[this.#first] as number
      this.#first = this.#after(this.#first, 1)
      this.#count -= 1
    }
    if (this.#count === this.#endedAt.length) this.#makeRoom()
    const place = this.#after(this.#first, this.#count)
    this.#endedAt[place] = now
    this.#failed[place] = Number(failed)
    this.#count += 1
    this.#failures += Number(failed)
  }

  /** Whether there were at least 10, and half of them failed. */
  get areTooBad(): boolean {
    return this.#count >= leastCalls && this.#failures * 2 >= this.#count
  }

  #after(place: number, steps: number): number {
    return (place + steps) % this.#endedAt.length
  }

  /** Twice as much, the oldest at its beginning. */
  #makeRoom(): void {
    const [endedAt, failed, first] = [this.#endedAt, this.#failed, this.#first]
    this.#endedAt = new Float64Array(2 * endedAt.length)
    this.#endedAt.set(endedAt.subarray(first))
    this.#endedAt.set(endedAt.subarray(0, first), endedAt.length - first)
    this.#failed = new Uint8Array(2 * failed.length)
    this.#failed.set(failed.subarray(first))
    this.#failed.set(failed.subarray(0, first), failed.length - first)
    this.#first = 0
  }
}
