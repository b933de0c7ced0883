/** Edges of one decade; the next ones are ten times these. Round amounts, which discounts often are, begin a bucket. */
const STEPS = [100, 150, 200, 300, 400, 500, 600, 800]
const DECADES = 13

/** In fen. Below one yuan three buckets are enough. */
const EDGES: readonly number[] = [
  ...[1, 10, 50],
  ...Array.from({ length: DECADES }, (_, decade) => STEPS.map((step) => step * 10 ** decade)).flat(),
]

/** Payments by what they were given. */
export class Buckets {
  private readonly payments = new Float64Array(EDGES.length)

  add(fen: number): void {
    let [low, high] = [0, EDGES.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (EDGES[middle]! <= fen) low = middle
      else high = middle - 1
    }
    this.payments[low]! += 1
  }

  /** From the first bucket that is not empty to the last. */
  list(): { from: number; below: number; payments: number }[] {
    const first = this.payments.findIndex((n) => n > 0)
    const last = this.payments.findLastIndex((n) => n > 0)
    if (first < 0) return []
    return Array.from({ length: last - first + 1 }, (_, i) => ({
      from: EDGES[first + i]!,
      below: EDGES[first + i + 1] ?? Number.MAX_SAFE_INTEGER,
      payments: this.payments[first + i]!,
    }))
  }
}
