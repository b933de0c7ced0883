/** At most `size` tasks at a time; the others wait in order. */
export class Slots {
  #used = 0
  readonly #waiting: (() => void)[] = []

  constructor(readonly size: number) {}

  get used(): number {
    return this.#used
  }

  async use<T>(task: () => Promise<T>): Promise<T> {
    if (this.#used < this.size) this.#used++
    // The slot is handed over, not freed: no other caller can slip in between.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#used--
    }
  }
}
