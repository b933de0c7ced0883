import type { FieldError } from '../system/errors'
import { date, list, text } from '../system/loose'

type Loose = Record<string, unknown>

export function campaignWindowErrors(campaign: Loose): FieldError[] {
  return orderErrors(date(campaign.from), date(campaign.to), 'to')
}

/** An offer's window lies inside its campaign; what it leaves out it takes from there. */
export function offerWindowErrors(campaign: Loose, window: Loose, at: string): FieldError[] {
  const first = date(campaign.from)
  const last = date(campaign.to)
  const from = date(window.from)
  const to = date(window.to)
  return [
    ...insideErrors(from, first, last, `${at}.from`),
    ...insideErrors(to, first, last, `${at}.to`),
    ...orderErrors(from, to, `${at}.to`),
    ...dailyErrors(list(window.daily), campaign.dayStart, `${at}.daily`),
    ...list(window.dates).flatMap((day, i) =>
      insideErrors(date(day), from ?? first, to ?? last, `${at}.dates[${i}]`, 'the window'),
    ),
    ...dayTypeErrors(window, from ?? first, to ?? last, `${at}.dayTypes`),
  ]
}

function orderErrors(from: string | undefined, to: string | undefined, path: string): FieldError[] {
  if (from === undefined || to === undefined || from <= to) return []
  return [{ path, message: `expected on or after from (${from}), found ${to}` }]
}

function insideErrors(
  day: string | undefined,
  first: string | undefined,
  last: string | undefined,
  path: string,
  of = 'the campaign',
): FieldError[] {
  if (day === undefined || first === undefined) return []
  if (day >= first && (last === undefined || day <= last)) return []
  return [{ path, message: `expected inside ${of} (${first} to ${last ?? 'open end'}), found ${day}` }]
}

/** Holidays are known for these years only (libs/core/calendar has the same; a test compares them). An open end is taken by the weekday later. */
export const DAY_TYPE_YEARS = { from: 2018, to: 2026 } as const

function dayTypeErrors(window: Loose, from: string | undefined, to: string | undefined, path: string): FieldError[] {
  if (!('dayTypes' in window) || from === undefined) return []
  const first = Number(from.slice(0, 4))
  const last = to === undefined ? first : Number(to.slice(0, 4))
  if (first >= DAY_TYPE_YEARS.from && last <= DAY_TYPE_YEARS.to) return []
  const years = `${DAY_TYPE_YEARS.from} to ${DAY_TYPE_YEARS.to}`
  return [
    {
      path,
      message: `expected a window in the years of the holiday calendar (${years}), found ${from} to ${to ?? 'open end'}`,
    },
  ]
}

/** A range may pass midnight, which two other rules forbid: it cannot meet a day with an edge of its own. */
function dailyErrors(ranges: unknown[], dayStart: unknown, at: string): FieldError[] {
  return ranges.flatMap((range, i) => {
    const [start, end] = list(range).map(text)
    if (start === undefined || end === undefined || start < end) return []
    const path = `${at}[${i}]`
    if (start === end || start === '24:00')
      return [{ path, message: `expected an end after the start, found ${start} to ${end}` }]
    if (typeof dayStart !== 'string') return []
    return [{ path, message: `expected no range past midnight beside dayStart, found ${start} to ${end}` }]
  })
}
