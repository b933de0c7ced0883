/** Days of the proleptic Gregorian calendar as whole numbers (0 = 1970-01-01), so that windows and periods compare integers. */
export const DAY_MS = 86_400_000

/** `epochDay('1970-01-02')` = 1. The date has been validated at the border. */
export function epochDay(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS
}

/** `isoDate(1)` = '1970-01-02'. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** ISO weekday, 1 = Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

export type Period = 'total' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** First day of the calendar period that contains the day, and first day of the next one. Weeks start on Monday. */
export function periodDays(day: number, period: Exclude<Period, 'total'>): { first: number; next: number } {
  if (period === 'day') return { first: day, next: day + 1 }
  if (period === 'week') {
    const first = day - weekdayOf(day) + 1
    return { first, next: first + 7 }
  }
  const date = new Date(day * DAY_MS)
  const year = date.getUTCFullYear()
  const months = period === 'month' ? 1 : period === 'quarter' ? 3 : 12
  const month = Math.floor(date.getUTCMonth() / months) * months
  return { first: Date.UTC(year, month, 1) / DAY_MS, next: Date.UTC(year, month + months, 1) / DAY_MS }
}
