/** What was carried by each minute of a day, in fen: entry m is everything before minute m + 1. */
export type Curve = Float64Array

const MINUTES = 1440
/** Practically full: payments rarely fit to the last fen, and a curve that ran into its limit never reaches it. */
export const FULL_PPM = 990_000

/** Payments of one day as a curve. */
export function curveOf(payments: Iterable<{ minute: number; amountFen: number }>): Curve {
  const curve = new Float64Array(MINUTES)
  for (const { minute, amountFen } of payments) curve[minute]! += amountFen
  for (let minute = 1; minute < MINUTES; minute++) curve[minute]! += curve[minute - 1]!
  return curve
}

export interface Forecast {
  /** First minute of the day by which the limit is expected to be used up; null: not today. */
  fullAtMinute: number | null
  /** What is expected of the whole day, in fen. */
  expectedFen: number
}

/**
 * When a daily limit will be used up (99 % of it): today goes on as the same weekday did, at today's level. `soFarFen` was carried before `minute`; the level is
 * soFar ÷ what the curve had by then; where the curve had nothing yet, the day is taken as it was. Demand that the limit itself has turned away is not in
 * `soFarFen`: ask before it is full.
 */
export function forecastFull(curve: Curve, soFarFen: number, minute: number, limitFen: number): Forecast {
  const before = minute === 0 ? 0 : curve[minute - 1]!
  const level = before === 0 ? 1 : soFarFen / before
  const at = (m: number) => soFarFen + (curve[m]! - before) * level
  const expectedFen = Math.round(at(MINUTES - 1))
  const fullFen = (limitFen * FULL_PPM) / 1_000_000
  if (soFarFen >= fullFen) return { fullAtMinute: minute, expectedFen }
  for (let m = minute; m < MINUTES; m++) if (at(m) >= fullFen) return { fullAtMinute: m, expectedFen }
  return { fullAtMinute: null, expectedFen }
}
