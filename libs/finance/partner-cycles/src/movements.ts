import { DEFAULT_CYCLE, type FundingCycle } from '@lijian/contracts/finance'
import { readable } from '@lijian/contracts/text'
import type { ClientBase } from 'pg'
import type { Period } from './periods'
import type { CycleLine, PrepaidFigures } from './row'

type Db = Pick<ClientBase, 'query'>

/** What statements of one partner follow: a cycle, and the campaign where the cycle is its end. */
export interface Stream {
  partner: string
  cycle: FundingCycle
  /** Empty unless the cycle is `end`. */
  campaign: string
}

/**
 * Every share of the partner ($1) in what was posted from $2 to $3 on campaigns of the cycle ($4; $5: of this campaign alone): one row per event
 * and offer, returns negative. The campaign's cycle is that of the version that granted; a version without one counts as `month`.
 */
export const SHARES = `
  cycle_of AS MATERIALIZED (
    SELECT code, version, coalesce(${readable('document')} ->> 'fundingCycle', '${DEFAULT_CYCLE}') AS cycle FROM campaign_version
  ), share AS (
    SELECT j.business_date, j.id, j.event, j.serial, j.original_serial, j.merchant, j.detail ->> 'paymentMethod' AS payment_method,
      (j.detail ->> 'amountFen')::bigint AS amount_fen, o.ord, o.offer, o.offer ->> 'campaign' AS campaign, o.offer ->> 'paymentMode' AS payment_mode,
      CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END * f.fen AS fen
    FROM journal j
    CROSS JOIN LATERAL jsonb_array_elements(j.detail -> 'offers') WITH ORDINALITY AS o (offer, ord)
    CROSS JOIN LATERAL (
      SELECT sum((x ->> 'amountFen')::bigint)::bigint AS fen FROM jsonb_array_elements(o.offer -> 'funders') x WHERE x ->> 'partner' = $1
    ) f
    LEFT JOIN cycle_of c ON c.code = o.offer ->> 'campaign' AND c.version = (o.offer ->> 'version')::int
    WHERE j.business_date BETWEEN $2 AND $3 AND j.event IN ('capture', 'void', 'reversal', 'refund')
      AND j.accounts && ARRAY['receivable/' || $1, 'prepaid/' || $1]
      AND f.fen <> 0 AND coalesce(c.cycle, '${DEFAULT_CYCLE}') = $4 AND ($5 = '' OR o.offer ->> 'campaign' = $5)
  )`

export const sharesOf = ({ partner, cycle, campaign }: Stream, { from, to }: Period): string[] => [
  partner,
  from,
  to,
  cycle,
  campaign,
]

/** Per campaign, offer and payment mode; in an order that is always the same. */
export async function linesOf(db: Db, stream: Stream, period: Period): Promise<CycleLine[]> {
  const { rows } = await db.query<CycleLine>(
    `WITH ${SHARES}
     SELECT * FROM (
       SELECT campaign, offer ->> 'code' AS offer, min(offer ->> 'name') AS name, payment_mode AS "paymentMode",
         count(*) FILTER (WHERE event = 'capture')::int AS count, coalesce(sum(fen) FILTER (WHERE fen > 0), 0)::float8 AS "chargedFen",
         coalesce(-sum(fen) FILTER (WHERE fen < 0), 0)::float8 AS "returnedFen"
       FROM share GROUP BY 1, 2, 4
     ) line ORDER BY campaign COLLATE "C", offer COLLATE "C", "paymentMode" COLLATE "C"`,
    sharesOf(stream, period),
  )
  return rows
}

/** What was paid of this stream's cycles, and given up, on these dates: such postings name the stream. */
export async function settledOf(
  db: Db,
  { partner, cycle, campaign }: Stream,
  { from, to }: Period,
): Promise<{ collectedFen: number; adjustedFen: number }> {
  const { rows } = await db.query<{ collectedFen: number; adjustedFen: number }>(
    `SELECT coalesce(-sum(l.fen) FILTER (WHERE j.event = 'collection'), 0)::float8 AS "collectedFen",
       coalesce(-sum(l.fen) FILTER (WHERE j.event <> 'collection'), 0)::float8 AS "adjustedFen"
     FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
     WHERE j.business_date BETWEEN $1 AND $2 AND j.event NOT IN ('capture', 'void', 'reversal', 'refund') AND l.account = 'receivable/' || $3
       AND j.detail ->> 'cycle' = $4 AND j.detail ->> 'campaign' = $5`,
    [from, to, partner, cycle, campaign],
  )
  return rows[0]!
}

/** The partner's whole prepaid balance over these dates; null: it never had one. `opening` absent: everything before. */
export async function prepaidOf(
  db: Db,
  partner: string,
  { from, to }: Period,
  opening: number | undefined,
): Promise<PrepaidFigures | null> {
  const { rows } = await db.query<Omit<PrepaidFigures, 'closingFen' | 'low'> & { entries: number }>(
    `SELECT coalesce(-sum(l.fen) FILTER (WHERE j.business_date < $1), 0)::float8 AS "openingFen",
       coalesce(-sum(l.fen) FILTER (WHERE j.business_date >= $1 AND j.event = 'top_up'), 0)::float8 AS "paidInFen",
       coalesce(sum(l.fen) FILTER (WHERE j.business_date >= $1 AND j.event = 'withdrawal'), 0)::float8 AS "paidBackFen",
       coalesce(sum(l.fen) FILTER (WHERE j.business_date >= $1 AND j.event = 'capture'), 0)::float8 AS "spentFen",
       coalesce(-sum(l.fen) FILTER (WHERE j.business_date >= $1 AND j.event IN ('void', 'reversal', 'refund')), 0)::float8 AS "returnedFen",
       coalesce(-sum(l.fen) FILTER (WHERE j.business_date >= $1 AND j.event NOT IN ('top_up', 'withdrawal', 'capture', 'void', 'reversal', 'refund')), 0)::float8 AS "otherFen",
       count(*)::int AS entries
     FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
     WHERE j.business_date BETWEEN CASE WHEN $4 THEN $1 ELSE '-infinity'::date END AND $2
       AND j.accounts @> ARRAY['prepaid/' || $3] AND l.account = 'prepaid/' || $3`,
    [from, to, partner, opening !== undefined],
  )
  const { entries, ...moved } = rows[0]!
  const openingFen = opening ?? moved.openingFen
  if (opening === undefined && entries === 0) return null
  const figures = { ...moved, openingFen }
  const closingFen =
    openingFen + figures.paidInFen - figures.paidBackFen - figures.spentFen + figures.returnedFen + figures.otherFen
  const warn = await db.query<{ low: boolean }>(
    `SELECT coalesce($2 < warn_below_fen, false) OR coalesce($2 < funded_fen / 1000000.0 * warn_below_ppm, false) AS low FROM partner WHERE code = $1`,
    [partner, closingFen],
  )
  return { ...figures, closingFen, low: warn.rows[0]?.low ?? false }
}
