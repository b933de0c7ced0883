import { epochDay, isoDate, periodDays, weekdayOf } from '@lijian/calendar'
import type { FundingCycle } from '@lijian/contracts/finance'

/** Business dates, both inclusive. */
export interface Period {
  from: string
  to: string
}

export const dayAfter = (date: string, days = 1): string => isoDate(epochDay(date) + days)

/** The calendar period that contains the date. */
export function periodOf(cycle: Exclude<FundingCycle, 'end'>, date: string): Period {
  const { first, next } = periodDays(epochDay(date), cycle)
  return { from: isoDate(first), to: isoDate(next - 1) }
}

/** `2026-11-17`, `2026-W47`, `2026-11`, `2026-Q4`; `2026-11-01..2026-11-17` where it is not the whole period. */
export function periodLabel(cycle: Exclude<FundingCycle, 'end'>, { from, to }: Period): string {
  const whole = periodOf(cycle, from)
  if (whole.from !== from || whole.to !== to) return `${from}..${to}`
  const [year, month] = [from.slice(0, 4), from.slice(5, 7)]
  if (cycle === 'day') return from
  if (cycle === 'month') return `${year}-${month}`
  if (cycle === 'quarter') return `${year}-Q${Math.ceil(Number(month) / 3)}`
  // ISO weeks belong to the year of their Thursday.
  const thursday = epochDay(from) - weekdayOf(epochDay(from)) + 4
  const weekYear = isoDate(thursday).slice(0, 4)
  const week = Math.floor((thursday - epochDay(`${weekYear}-01-01`)) / 7) + 1
  return `${weekYear}-W${String(week).padStart(2, '0')}`
}

/** Of a campaign's own cycle: its code, and for what comes after it the code and the last date. */
export const endLabel = (campaign: string, to: string, isFirst: boolean): string =>
  isFirst ? campaign : `${campaign}@${to}`
