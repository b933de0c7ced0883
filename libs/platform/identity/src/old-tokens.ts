import { readable } from '@lijian/contracts/text'
import type { Pool } from 'pg'

/** What still counts by tokens of the key before. */
export interface OldTokens {
  /** Limits per person whose period began before the new key: until when (exclusive), by the calendar; undefined: as long as the campaign is live. */
  limits: { campaign: string; period: string; until: string | undefined }[]
  /** Groups that were last stored before the new key: their members are known by old tokens. */
  groups: { kind: 'card' | 'customer'; code: string }[]
}

const PERSONS = new Set(['card', 'customer', 'user'])

/** The first day after the period in which `date` lies. */
export function periodEnd(date: string, period: string): string | undefined {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const at = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10)
  switch (period) {
    case 'day':
      return at(year, month, day + 1)
    case 'week':
      return at(year, month, day + 7 - ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7))
    case 'month':
      return at(year, month + 1, 1)
    case 'quarter':
      return at(year, month + 3 - ((month - 1) % 3), 1)
    case 'year':
      return at(year + 1, 1, 1)
    default:
      return undefined
  }
}

/** Periods of limits per person, wherever they stand in a document. */
function periodsIn(document: unknown, found = new Set<string>()): Set<string> {
  if (typeof document !== 'object' || document === null) return found
  const { per, period } = document as { per?: unknown; period?: unknown }
  if (Array.isArray(per) && typeof period === 'string' && per.some((one) => PERSONS.has(String(one)))) found.add(period)
  for (const part of Object.values(document)) periodsIn(part, found)
  return found
}

/** `from`: the date of the new token key. */
export async function oldTokens(pool: Pick<Pool, 'query'>, from: string): Promise<OldTokens> {
  const { rows: campaigns } = await pool.query<{ code: string; document: unknown }>(
    `SELECT code, document FROM (
       SELECT c.code, ${readable('v.document')} AS document FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = c.live_version) x
     WHERE document IS NOT NULL ORDER BY code`,
  )
  const limits = campaigns.flatMap(({ code, document }) =>
    [...periodsIn(document)].map((period) => ({ campaign: code, period, until: periodEnd(from, period) })),
  )
  // Cards of a month at a merchant (card usage of routing).
  limits.push({ campaign: '@routing', period: 'month', until: periodEnd(from, 'month') })
  const { rows: groups } = await pool.query<{ kind: 'card' | 'customer'; code: string }>(
    `SELECT 'card' AS kind, code FROM card_group WHERE updated_at < $1::date AND member_count > 0
     UNION ALL SELECT 'customer', code FROM customer_group WHERE updated_at < $1::date AND member_count > 0 ORDER BY 1, 2`,
    [from],
  )
  return { limits, groups }
}
