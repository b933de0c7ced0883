import { evenCurve, MINUTES, type Curve, type History } from './curve'

/** Practically full: payments rarely fit to the last fen, and a curve that ran into its limit never reaches it. */
export const FULL_PPM = 990_000

/** Earlier days of the same weekday that a forecast looks at, at most. */
export const FORECAST_DAYS = 4

export interface Forecast {
  /** First minute of the day by which the limit is expected to be used up; null: not today. */
  fullAtMinute: number | null
  /** What is expected of the whole day, in the unit of the limit. */
  expected: number
}

/** What a forecast rests on: the same weekday's curves of so many days, or, without any, today's pace over the hours in which it is open. */
export interface Basis {
  basis: 'same_weekday' | 'pace'
  days: number
}

export interface AskedForecast {
  /** Of earlier days of the same weekday. */
  history: History | undefined
  /** In which minutes it is open at all; undefined: always. */
  hours: Uint8Array | undefined
  /** Taken before `minute` of today. `soFar` and `limit` are both in fen or both payments. */
  soFar: number
  minute: number
  limit: number
}

/**
 * When a daily limit will be used up. Today goes on as the same weekday did (the day between several), at today's level; without such a day, at today's
 * pace. API, metrics and command line tell the same.
 */
export function forecast({ history, hours, soFar, minute, limit }: AskedForecast): Forecast & Basis {
  if (history !== undefined)
    return { ...forecastFull(history.curve, soFar, minute, limit), basis: 'same_weekday', days: history.days }
  const even = evenCurve(hours)
  // Nothing is known of a day that has not opened.
  const opened = minute > 0 && even[minute - 1]! > 0
  const told = opened ? forecastFull(even, soFar, minute, limit) : forecastFull(NOTHING, soFar, minute, limit)
  return { ...told, basis: 'pace', days: 0 }
}

const NOTHING: Curve = new Float64Array(MINUTES)

export const isFull = (taken: number, limit: number): boolean => taken >= (limit * FULL_PPM) / 1_000_000

/**
 * When a daily limit will be used up (99 % of it) along one curve: today goes on as that day did, at today's level. `soFar` was carried before `minute`; the
 * level is soFar ÷ what the curve had by then; where the curve had nothing yet, the day is taken as it was. Demand that the limit itself has turned away is
 * not in `soFar`: ask before it is full.
 */
export function forecastFull(curve: Curve, soFar: number, minute: number, limit: number): Forecast {
  const before = minute === 0 ? 0 : curve[minute - 1]!
  const level = before === 0 ? 1 : soFar / before
  const at = (m: number) => soFar + (curve[m]! - before) * level
  // A first payment far above what the curve had by then says nothing exact.
  const expected = Math.min(Math.round(at(MINUTES - 1)), Number.MAX_SAFE_INTEGER)
  if (isFull(soFar, limit)) return { fullAtMinute: minute, expected }
  for (let m = minute; m < MINUTES; m++) if (isFull(at(m), limit)) return { fullAtMinute: m, expected }
  return { fullAtMinute: null, expected }
}
