import type { Campaign, Period } from '@lijian/contracts/marketing'

/** ['2026-11-23', '12:00:00'] on the wall of the zone. */
export function wall(zone: string, atMs: number): [string, string] {
  let clock = clocks.get(zone)
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    clocks.set(zone, clock)
  }
  return clock.format(atMs).split(' ') as [string, string]
}

const clocks = new Map<string, Intl.DateTimeFormat>()

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

/** The campaign's own day: from 12:00 on, day D begins on D−1 at `dayStart`; earlier, on D. */
export function dayOf({ timeZone, dayStart }: Campaign, atMs: number): string {
  const [date, clock] = wall(timeZone, atMs)
  if (dayStart === undefined) return date
  if (dayStart >= '12:00') return clock >= dayStart ? addDays(date, 1) : date
  return clock >= dayStart ? date : addDays(date, -1)
}

export const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7

export function startOf(day: string, period: Period): string {
  const year = day.slice(0, 4)
  switch (period) {
    case 'total':
      return 'total'
    case 'day':
      return day
    case 'week':
      return addDays(day, 1 - weekdayOf(day))
    case 'month':
      return `${day.slice(0, 7)}-01`
    case 'quarter':
      return `${year}-${['01', '04', '07', '10'][Math.ceil(Number(day.slice(5, 7)) / 3) - 1]}-01`
    case 'year':
      return `${year}-01-01`
  }
}

/** Public holidays of the days that the tests use; all others by the weekday. State Council notice of 2025-11-04. */
const HOLIDAYS = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07']
const MADE_UP = ['2026-09-20', '2026-10-10']

export function dayTypeOf(date: string): string {
  if (HOLIDAYS.includes(date)) return 'holiday'
  return weekdayOf(date) <= 5 || MADE_UP.includes(date) ? 'workday' : 'weekend'
}
