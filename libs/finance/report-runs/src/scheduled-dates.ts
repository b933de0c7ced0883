import { dayTypeOf, isoDate, periodDays, zoneClock } from '@lijian/calendar'
import type { ReportRange } from '@lijian/contracts/finance'

export interface Dates {
  from: string
  to: string
}

/** First and last business date of a range, seen from an instant by the institution's clock. */
export function scheduledDates(range: ReportRange, atMs: number, timeZone: string): Dates {
  const today = zoneClock(timeZone).at(atMs).day
  const { first, last } = daysOf(range, today)
  return { from: isoDate(first), to: isoDate(last) }
}

function daysOf(range: ReportRange, today: number): { first: number; last: number } {
  switch (range) {
    case 'yesterday':
      return { first: today - 1, last: today - 1 }
    case 'last_7_days':
      return { first: today - 7, last: today - 1 }
    case 'business_day_before': {
      const day = workdayBefore(today)
      return { first: day, last: day }
    }
    case 'last_week':
    case 'last_month': {
      const period = range === 'last_week' ? 'week' : 'month'
      const { first: next } = periodDays(today, period)
      return { first: periodDays(next - 1, period).first, last: next - 1 }
    }
  }
}

function workdayBefore(today: number): number {
  let day = today - 1
  while (dayTypeOf(day) !== 'workday') day--
  return day
}
