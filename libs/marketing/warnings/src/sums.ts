/**
 * Σ over 0 ≤ i < n of ⌊(a·i + b) ÷ m⌋ for a, b ≥ 0 and m > 0, in as many steps as Euclid needs: a draw may have millions of values, and
 * each of them rounds down to the fen on its own.
 */
export function floorSum(n: bigint, m: bigint, a: bigint, b: bigint): bigint {
  let [count, mod, slope, start, sum] = [n, m, a, b, 0n]
  while (count > 0n) {
    sum += (((count - 1n) * count) / 2n) * (slope / mod) + count * (start / mod)
    slope %= mod
    start %= mod
    const top = slope * count + start
    if (top < mod) break
    count = top / mod
    start = top % mod
    ;[mod, slope] = [slope, mod]
  }
  return sum
}

/** How many i in 0 ≤ i < n have `holds(i)`, where all that hold stand before all that do not. */
export function countWhile(n: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, n]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
