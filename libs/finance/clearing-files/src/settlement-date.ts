import { CALENDAR_YEARS, dayTypeOf, epochDay, isoDate } from '@lijian/calendar'

/**
 * The first working day after a business date; make-up days are working days. Years that the calendar does not have are reckoned Monday to
 * Friday, and `warning` says so.
 */
export function settlementDateOf(businessDate: string): { date: string; warning?: string } {
  let day = epochDay(businessDate) + 1
  while (dayTypeOf(day) !== 'workday') day++
  const date = isoDate(day)
  const { from, to } = CALENDAR_YEARS
  const known = [businessDate, date].every((text) => Number(text.slice(0, 4)) >= from && Number(text.slice(0, 4)) <= to)
  if (known) return { date }
  return {
    date,
    warning: `settlement date ${date} is reckoned Monday to Friday: the holidays known are those of ${from} to ${to}`,
  }
}

/** Every business date that is settled on a date; empty when it is no working day. */
export function businessDatesDueOn(settlementDate: string): string[] {
  const dates: string[] = []
  for (let day = epochDay(settlementDate) - 1; settlementDateOf(isoDate(day)).date === settlementDate; day--)
    dates.unshift(isoDate(day))
  return dates
}

/** The calendar days from one to another, both included. */
export function daysFromTo(from: string, to: string): string[] {
  const first = epochDay(from)
  return Array.from({ length: Math.max(0, epochDay(to) - first + 1) }, (_, i) => isoDate(first + i))
}
