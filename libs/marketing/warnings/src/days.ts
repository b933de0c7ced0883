import { CALENDAR_YEARS, dayTypeOf, epochDay, weekdayOf } from '@lijian/calendar'
import type { Campaign, Offer } from '@lijian/contracts/marketing'

/** The activity days of an offer as day numbers; what a window leaves out it takes from its campaign. */
export interface Days {
  from: number
  /** Infinity = open-ended. */
  to: number
  /** Which rule closes a day of the window, or undefined when the day is open. */
  closedBy: (day: number) => ClosedBy | undefined
  /** From this day on every week is like the one before: no listed date, no public holiday lies behind it. */
  settled: number
}

export type ClosedBy = 'weekday' | 'excludedDate' | 'dates' | 'dayType'

export function daysOf(campaign: Campaign, { rule }: Offer): Days {
  const window = rule.window ?? {}
  const to = window.to ?? campaign.to
  const from = epochDay(window.from ?? campaign.from)
  const weekdays = new Set(window.weekdays ?? [1, 2, 3, 4, 5, 6, 7])
  for (const weekday of window.excludedWeekdays ?? []) weekdays.delete(weekday)
  const excluded = new Set(window.excludedDates?.map(epochDay))
  const only = window.dates && new Set(window.dates.map(epochDay))
  const types = window.dayTypes && new Set(window.dayTypes)
  const calendarEnd = types === undefined ? from : epochDay(`${CALENDAR_YEARS.to}-12-31`) + 1
  return {
    from,
    to: to === undefined ? Infinity : epochDay(to),
    closedBy: (day) => {
      if (!weekdays.has(weekdayOf(day))) return 'weekday'
      if (excluded.has(day)) return 'excludedDate'
      if (only?.has(day) === false) return 'dates'
      return types?.has(dayTypeOf(day)) === false ? 'dayType' : undefined
    },
    settled: Math.max(from, calendarEnd, ...[...excluded, ...(only ?? [])].map((day) => day + 1)),
  }
}

export const isOpen = ({ from, to, closedBy }: Days, day: number): boolean =>
  day >= from && day <= to && closedBy(day) === undefined

/** Windows in which something happens later than this many days after their beginning (eleven years) are not reported: no campaign waits that long. */
const DAYS_LOOKED_AT = 4_000

/** The last day that has to be looked at to know all: of an open end, one week after it has settled; undefined where that is too far away. */
export const lastToLook = (from: number, ...all: Days[]): number | undefined => {
  const end = Math.min(...all.map(({ to }) => to))
  const last = Math.min(end, Math.max(...all.map(({ settled }) => settled)) + 6)
  return last - from > DAYS_LOOKED_AT ? undefined : last
}

/** A range over the minutes of a clock day; it passes midnight when `to` is not after `from`. */
export interface Minutes {
  from: number
  to: number
}

export const minutesOf = ([from, to]: readonly [string, string]): Minutes => ({ from: minute(from), to: minute(to) })
export const passesMidnight = ({ from, to }: Minutes): boolean => from >= to

/** The same range as one or two that do not pass midnight. */
export const inOneDay = (range: Minutes): Minutes[] =>
  passesMidnight(range)
    ? [{ from: range.from, to: 1440 }, ...(range.to > 0 ? [{ from: 0, to: range.to }] : [])]
    : [range]

export const clock = (of: number): string =>
  `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`

function minute(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}
