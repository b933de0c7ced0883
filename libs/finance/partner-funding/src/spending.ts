import { epochDay, isoDate, zoneClock } from '@lijian/calendar'
import type { Pool } from 'pg'
import { QUARTERS } from './forecast'

/** Spent per quarter of an hour, by partner. */
export type DayCurves = ReadonlyMap<string, number[]>

const FRESH_MS = 60_000
const WEEK = 7

/**
 * What was spent of prepaid balances today and on the same weekday a week ago, read from the journal. One look at a day of a million
 * transactions costs seconds, so a process remembers today for a minute and last week's day until the date changes.
 */
export class Spending {
  private today: { date: string; atMs: number; curves: Promise<DayCurves> } | undefined
  private usual: { date: string; curves: Promise<DayCurves> } | undefined

  constructor(
    private readonly pool: Pool,
    private readonly timeZone: string,
  ) {}

  async of(partner: string, nowMs: number): Promise<{ nowMinute: number; todayFen: number[]; usualFen?: number[] }> {
    const { date, minute } = zoneClock(this.timeZone).at(nowMs)
    const nowMinute = minute
    if (this.today?.date !== date || nowMs - this.today.atMs >= FRESH_MS)
      this.today = { date, atMs: nowMs, curves: this.read(date) }
    const weekAgo = isoDate(epochDay(date) - WEEK)
    if (this.usual?.date !== weekAgo) this.usual = { date: weekAgo, curves: this.read(weekAgo) }
    const none = Array.from({ length: QUARTERS }, () => 0)
    const usualFen = (await this.usual.curves).get(partner)
    return { nowMinute, todayFen: (await this.today.curves).get(partner) ?? none, ...(usualFen ? { usualFen } : {}) }
  }

  /** By the clock on the wall; business dates with a cut-off before 24:00 begin on the evening before, hence two of them. */
  private async read(date: string): Promise<DayCurves> {
    const { rows } = await this.pool
      .query<{ partner: string; quarter: number; fen: string }>(
        `SELECT substr(l.account, 9) AS partner,
           floor(extract(epoch FROM (j.posted_at AT TIME ZONE $2)::time) / 900)::int AS quarter, sum(l.fen)::text AS fen
         FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
         WHERE j.business_date BETWEEN $1::date AND $1::date + 1 AND (j.posted_at AT TIME ZONE $2)::date = $1::date
           AND j.event IN ('capture', 'void', 'reversal', 'refund') AND l.account LIKE 'prepaid/%'
         GROUP BY 1, 2`,
        [date, this.timeZone],
      )
      .catch((error: unknown) => {
        this.today = this.usual = undefined
        throw error
      })
    const curves = new Map<string, number[]>()
    for (const { partner, quarter, fen } of rows) {
      const curve = curves.get(partner) ?? Array.from({ length: QUARTERS }, () => 0)
      curve[quarter]! += Number(fen)
      curves.set(partner, curve)
    }
    return curves
  }
}
