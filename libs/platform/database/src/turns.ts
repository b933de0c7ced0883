/** At most `size` tasks at a time; the others wait in order, each at most so long. */
export class Turns {
  private used = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly size: number,
    private readonly waitMs: number,
  ) {}

  /** Undefined: its turn did not come in time, and the task was not begun. */
  async use<T>(task: () => Promise<T>): Promise<{ done: T } | undefined> {
    if (!(await this.turn())) return undefined
    try {
      return { done: await task() }
    } finally {
      const next = this.waiting.shift()
      // Handed over, not freed: no other caller can slip in between.
      if (next) next()
      else this.used--
    }
  }

  private async turn(): Promise<boolean> {
    if (this.used < this.size) {
      this.used++
      return true
    }
    return new Promise((resolve) => {
      const mine = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(mine), 1)
        resolve(false)
      }, this.waitMs)
      this.waiting.push(mine)
    })
  }
}
