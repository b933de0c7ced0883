/**
 * What had been carried by each minute of a day, in fen or in payments: entry m is everything before minute m + 1. Cumulative, so it never falls while a day
 * gives nothing back.
 */
export type Curve = Float64Array

export const MINUTES = 1440

/** Payments of one day as a curve. */
export function curveOf(payments: Iterable<{ minute: number; amountFen: number }>): Curve {
  const curve = new Float64Array(MINUTES)
  for (const { minute, amountFen } of payments) curve[minute]! += amountFen
  for (let minute = 1; minute < MINUTES; minute++) curve[minute]! += curve[minute - 1]!
  return curve
}

/**
 * A counter that was looked at a few times a day: between two looks it is taken to have grown evenly, before the first one from 0, after the last one not at
 * all. `minutes` (0 … 1440) say when, `values` what stood on it. Looks out of order (clocks set back) are left out.
 */
export function curveOfLooks(minutes: readonly number[], values: readonly number[]): Curve {
  const curve = new Float64Array(MINUTES)
  let from = 0
  let known = 0
  for (const [i, minute] of minutes.entries()) {
    if (minute <= from || minute > MINUTES) continue
    const grown = (values[i]! - known) / (minute - from)
    for (let m = from; m < minute; m++) curve[m] = known + grown * (m + 1 - from)
    from = minute
    known = values[i]!
  }
  return curve.fill(known, from)
}

/** The day between several days. */
export function meanCurve(curves: readonly Curve[]): Curve {
  const mean = new Float64Array(MINUTES)
  for (const curve of curves) for (let m = 0; m < MINUTES; m++) mean[m]! += curve[m]! / curves.length
  return mean
}

/** A day that goes on evenly while it is open (a byte per minute; undefined: always). */
export function evenCurve(hours: Uint8Array | undefined): Curve {
  const curve = new Float64Array(MINUTES)
  let open = 0
  for (let m = 0; m < MINUTES; m++) curve[m] = open += hours?.[m] ?? 1
  return curve
}
