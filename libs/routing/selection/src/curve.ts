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

/** A counter that was looked at a few times a day: `minutes` (0 … 1440) say when, `values` what stood on it. */
export interface Looks {
  minutes: readonly number[]
  values: readonly number[]
}

/** What earlier days say together: the day between them, and how many they are. Days without anything say nothing and do not count. */
export interface History {
  curve: Curve
  days: number
}

export function historyOf(curves: readonly Curve[]): History | undefined {
  const known = curves.filter((curve) => curve[MINUTES - 1]! > 0)
  if (known.length === 0) return undefined
  const mean = new Float64Array(MINUTES)
  for (const curve of known) for (let m = 0; m < MINUTES; m++) mean[m]! += curve[m]! / known.length
  return { curve: mean, days: known.length }
}

/** The same of days that were looked at. One curve is made, not one of each day: a worker asks this of every limit. */
export function historyOfLooks(looked: readonly Looks[]): History | undefined {
  const known = looked.filter(({ values }) => (values.at(-1) ?? 0) > 0)
  if (known.length === 0) return undefined
  const curve = new Float64Array(MINUTES)
  for (const looks of known) addLooks(curve, looks, 1 / known.length)
  return { curve, days: known.length }
}

/**
 * Between two looks a counter is taken to have grown evenly, before the first one from 0, after the last one not at all. Looks out of order (clocks set back)
 * are left out.
 */
function addLooks(curve: Curve, { minutes, values }: Looks, weight: number): void {
  let from = 0
  let known = 0
  for (let i = 0; i < minutes.length; i++) {
    const [minute, value] = [minutes[i]!, values[i]! * weight]
    if (minute <= from || minute > MINUTES) continue
    const grown = (value - known) / (minute - from)
    for (let m = from; m < minute; m++) curve[m]! += known + grown * (m + 1 - from)
    from = minute
    known = value
  }
  for (let m = from; m < MINUTES; m++) curve[m]! += known
}

/** A day that goes on evenly while it is open (a byte per minute; undefined: always). */
export function evenCurve(hours: Uint8Array | undefined): Curve {
  const curve = new Float64Array(MINUTES)
  let open = 0
  for (let m = 0; m < MINUTES; m++) curve[m] = open += hours?.[m] ?? 1
  return curve
}
