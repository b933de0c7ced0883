/** Money is whole fen in a `number` that stays a safe integer. Products with a rate may pass 2^53, so they are split, never rounded. */
const PPM = 1_000_000

/** Throws on anything that is not a whole, non-negative, safe amount: a bug, never a customer's mistake (those stop at the contracts). */
export function assertFen(amountFen: number, what = 'amount'): number {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError(`${what} is not a whole amount in fen`)
  return amountFen
}

/** amount × rate, rounded down to the fen: discounts round this way. `floorPpm(9999, 850_000)` = 8499. */
export function floorPpm(amountFen: number, ratePpm: number): number {
  return timesPpm(amountFen, ratePpm, 0)
}

/** amount × rate, rounded half up: fees round this way. `halfUpPpm(250, 6_000)` = 2 (1.5 fen). */
export function halfUpPpm(amountFen: number, ratePpm: number): number {
  return timesPpm(amountFen, ratePpm, PPM / 2)
}

// amount = million × 10^6 + rest, so neither product passes 2^53 for amounts up to 9 × 10^15 fen and rates up to 100 %.
function timesPpm(amountFen: number, ratePpm: number, addBeforeDivision: number): number {
  assertFen(amountFen)
  if (!Number.isInteger(ratePpm) || ratePpm < 0 || ratePpm > PPM)
    throw new RangeError('rate is not within 0 … 1,000,000 ppm')
  const rest = amountFen % PPM
  const million = (amountFen - rest) / PPM
  return million * ratePpm + Math.floor((rest * ratePpm + addBeforeDivision) / PPM)
}
