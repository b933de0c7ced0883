import { assertFen } from './fen'

/**
 * Splits a total by weights so that the parts sum to it exactly: each gets the floor of its share, and the fen that are left go one each to
 * the largest remainders; equal remainders go to the one listed first (DESIGN §3, funder shares).
 * `largestRemainder(1501, [500_000, 500_000])` = [751, 750].
 */
export function largestRemainder(totalFen: number, weights: readonly number[]): number[] {
  assertFen(totalFen, 'total')
  let sum = 0
  for (const weight of weights) sum += assertFen(weight, 'weight')
  if (sum === 0) {
    if (totalFen > 0) throw new RangeError('nothing to split by: the weights sum to zero')
    return weights.map(() => 0)
  }
  if (weights.length === 1) return [totalFen]
  if (!Number.isSafeInteger(totalFen * sum)) return splitBig(totalFen, weights)
  const parts: number[] = []
  const remainders: number[] = []
  let left = totalFen
  for (const weight of weights) {
    const product = totalFen * weight
    const remainder = product % sum
    const part = (product - remainder) / sum
    parts.push(part)
    remainders.push(remainder)
    left -= part
  }
  return handOut(parts, remainders, left, (a, b) => a > b)
}

/** The same with BigInt products: totals of many millions of yuan times a rate in ppm pass 2^53. */
function splitBig(totalFen: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((whole, weight) => whole + BigInt(weight), 0n)
  const parts: number[] = []
  const remainders: bigint[] = []
  let left = totalFen
  for (const weight of weights) {
    const product = BigInt(totalFen) * BigInt(weight)
    const part = Number(product / sum)
    parts.push(part)
    remainders.push(product % sum)
    left -= part
  }
  return handOut(parts, remainders, left, (a, b) => a > b)
}

/** `left` is smaller than the number of parts with a remainder, so one pass over the order is enough. */
function handOut<N>(parts: number[], remainders: N[], left: number, greater: (a: N, b: N) => boolean): number[] {
  if (left === 0) return parts
  const order = parts.map((_, i) => i)
  order.sort((a, b) =>
    greater(remainders[a]!, remainders[b]!) ? -1 : greater(remainders[b]!, remainders[a]!) ? 1 : a - b,
  )
  for (let i = 0; i < left; i++) parts[order[i]!]! += 1
  return parts
}
