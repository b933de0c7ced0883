/** Seeded (mulberry32): every run of a bench, on any machine, meets the same documents and payments. */
export class Random {
  constructor(private state: number) {}

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Uniform over min … max, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  /** Between `least` and all of the list, in its order. */
  some<T>(list: readonly T[], least: number): T[] {
    const wanted = this.int(least, list.length)
    const taken = new Set<T>()
    while (taken.size < wanted) taken.add(this.pick(list))
    return list.filter((value) => taken.has(value))
  }
}
