import type { FieldError } from './errors'
import { date, list, text } from './loose'

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
): FieldError[] {
  if (day === undefined || first === undefined) return []
  if (day >= first && (last === undefined || day <= last)) return []
  return [{ path, message: `expected inside the campaign (${first} to ${last ?? 'open end'}), found ${day}` }]
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
