import { amount } from '../figures'

const DAY_MS = 86_400_000

export const dayNumber = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MS
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Round numbers that cover `low` … `high`, about `wanted` of them. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = Math.max(high - low, 1)
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10)
  const marks: number[] = []
  for (let n = Math.floor(low / step); n <= Math.ceil(high / step); n++) marks.push(n * step)
  return marks
}

/** Whole days, weeks or months, so that there are not more bars than can be seen. */
export type BinKind = 'day' | 'week' | 'month'
export function binKind(days: number, most = 250): BinKind {
  return days <= most ? 'day' : days <= most * 7 ? 'week' : 'month'
}

/** First day of the bin that holds the day; weeks begin on Monday. */
export function binStart(day: number, kind: BinKind): number {
  if (kind === 'day') return day
  if (kind === 'week') return day - ((((day + 3) % 7) + 7) % 7)
  return dayNumber(`${dateOf(day).slice(0, 7)}-01`)
}

export function binNext(start: number, kind: BinKind): number {
  return kind === 'day' ? start + 1 : kind === 'week' ? start + 7 : binStart(start + 31, 'month')
}

/** Dates below an axis of days: years, months or days, at most about so many. */
export function dateMarks(first: number, last: number, most: number): { day: number; label: string }[] {
  const span = last - first + 1
  const marks: { day: number; label: string }[] = []
  if (span <= 62) {
    const step = Math.ceil(span / most)
    for (let day = first; day <= last; day += step) marks.push({ day, label: dateOf(day).slice(5) })
    return marks
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => span / (months * 30.4) <= most) ?? 240
  for (let day = binStart(first, 'month'); day <= last; day = binNext(day, 'month')) {
    const months = Number(dateOf(day).slice(0, 4)) * 12 + Number(dateOf(day).slice(5, 7)) - 1
    if (day >= first && months % step === 0) marks.push({ day, label: dateOf(day).slice(0, 7) })
  }
  return marks
}

/** 12,300 as 1.23万 or 12.3k would be two languages: amounts as they are, without empty decimals on an axis. */
export const onAxis = (fen: number): string =>
  amount(Math.round(fen))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
