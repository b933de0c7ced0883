import { present } from '@lijian/contracts/system'

/** Quarters of an hour in a day of 24 hours; a day with a clock change is read by the clock, its doubled hour counts once more. */
export const QUARTERS = 96

export interface ForecastAsk {
  /** Minutes since local 00:00, and what can still be spent. */
  nowMinute: number
  availableFen: number
  /** Spent per quarter of an hour today; what lies ahead is not looked at. May be negative where refunds outweigh. */
  todayFen: readonly number[]
  /** The same of a whole day of the same weekday, if there was one. */
  usualFen?: readonly number[]
}

export interface Forecast {
  spentTodayFen: number
  /** By the end of the day. */
  expectedTodayFen: number
  /** The minute of today at which nothing is left (rounded down); absent: it lasts the day. */
  endsAtMinute?: number
  /** In days like today; absent: nothing is spent. */
  daysLeft?: number
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/**
 * At today's pace: along the usual curve of the weekday, stretched by how much more (or less) than usual was spent until now; without such a
 * day, or while it says nothing yet, evenly at today's average.
 */
export function forecast({ nowMinute, availableFen, todayFen, usualFen }: ForecastAsk): Forecast {
  const quarter = Math.min(QUARTERS - 1, Math.floor(nowMinute / 15))
  const passed = (nowMinute - quarter * 15) / 15
  const spentTodayFen = sum(todayFen.slice(0, quarter + 1))
  const ahead = pace({ quarter, passed, spentTodayFen, nowMinute, usualFen })
  let leftFen = availableFen
  let endsAtMinute: number | undefined
  let expectedFen = 0
  for (let q = quarter; q < QUARTERS; q++) {
    const share = q === quarter ? 1 - passed : 1
    const fen = Math.max(0, ahead(q)) * share
    if (endsAtMinute === undefined && (leftFen <= 0 || (fen > 0 && leftFen <= fen))) {
      const from = q === quarter ? nowMinute : q * 15
      endsAtMinute = Math.floor(from + (leftFen <= 0 ? 0 : (leftFen / fen) * 15 * share))
    }
    leftFen -= fen
    expectedFen += fen
  }
  const expectedTodayFen = Math.round(spentTodayFen + expectedFen)
  const daysLeft = expectedTodayFen > 0 ? Math.max(0, availableFen) / expectedTodayFen : undefined
  return { spentTodayFen, expectedTodayFen, ...present({ endsAtMinute }), ...present({ daysLeft }) }
}

interface PaceAsk extends Pick<ForecastAsk, 'nowMinute' | 'usualFen'> {
  quarter: number
  passed: number
  spentTodayFen: number
}

/** What a whole quarter of an hour still to come is expected to spend. */
function pace({ quarter, passed, spentTodayFen, nowMinute, usualFen }: PaceAsk): (quarter: number) => number {
  if (usualFen && sum(usualFen) > 0) {
    const usualUntilNow = sum(usualFen.slice(0, quarter)) + (usualFen[quarter] ?? 0) * passed
    // Before the usual day had spent anything there is nothing to compare with: it comes as usual.
    const stretch = usualUntilNow > 0 ? Math.max(0, spentTodayFen) / usualUntilNow : 1
    return (q) => (usualFen[q] ?? 0) * stretch
  }
  const perQuarter = nowMinute > 0 ? (Math.max(0, spentTodayFen) / nowMinute) * 15 : 0
  return () => perQuarter
}
