/** What was given and what came back of it, in fen. */
export interface Money {
  given: number
  returned: number
}

/** Sums by a key, in the order in which the keys came. */
export class Sums<K> {
  private readonly byKey = new Map<K, Money & { reached: number }>()

  of(key: K): Money & { reached: number } {
    let sums = this.byKey.get(key)
    if (sums === undefined) this.byKey.set(key, (sums = { given: 0, returned: 0, reached: 0 }))
    return sums
  }

  entries(): [K, Money & { reached: number }][] {
    return [...this.byKey]
  }
}

export const net = ({ given, returned }: Money): Money & { discount: number } => ({
  given,
  returned,
  discount: given - returned,
})

export const sharePpm = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part * 1_000_000) / whole)

/** How often each of a few words was said. */
export class Counts {
  private readonly counts = new Map<string, number>()

  add(word: string): void {
    this.counts.set(word, (this.counts.get(word) ?? 0) + 1)
  }

  of(word: string): number {
    return this.counts.get(word) ?? 0
  }

  entries(): [string, number][] {
    return [...this.counts]
  }
}
