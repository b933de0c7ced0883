import { businessDatesDueOn, SETTLED_CURRENCY } from '@lijian/clearing-files'
import { DEFAULT_CURRENCY, inCurrency } from '@lijian/contracts/money'
import { rebatePayoutPosting, settlementPosting } from '@lijian/ledger'
import { LOCKS, postEntry, type BusinessDayRule } from '@lijian/database'
import { clearingCases } from './case-kinds'
import { insertFile } from './plan'
import type { Db } from './rows'

/** A merchant that has owed us for so long becomes a case. */
const NEGATIVE_DAYS = 30

/**
 * Settles a settlement date in the caller's transaction, once: what each merchant gets of every business date due on it, and the rebates
 * that have become due. Returns the dates that it has to wait for; empty: it is settled.
 */
export async function settle(db: Db, settlementDate: string, rule: BusinessDayRule): Promise<string[]> {
  await db.query('SELECT pg_advisory_xact_lock($1, 0)', [LOCKS.settlement])
  const dates = await datesDue(db, settlementDate)
  const { rows } = await db.query<{ date: string }>(
    `SELECT d::text AS date FROM unnest($1::date[]) d
     WHERE NOT EXISTS (SELECT 1 FROM clearing_run r WHERE r.business_date = d AND r.state IN ('acknowledged', 'settled'))
     UNION SELECT business_date::text FROM clearing_run WHERE settlement_date < $2 AND state <> 'settled' ORDER BY 1`,
    [dates, settlementDate],
  )
  if (rows.length > 0) return rows.map(({ date }) => date)
  const { rowCount } = await db.query(
    `UPDATE clearing_run SET state = 'settled', settled_at = now(), trouble = NULL
     WHERE business_date = ANY ($1::date[]) AND state = 'acknowledged'`,
    [dates],
  )
  if (rowCount === 0) return []
  await merchants(db, settlementDate, dates, rule)
  await rebates(db, settlementDate, rule)
  return []
}

/** Without the dates before clearing began. */
async function datesDue(db: Db, settlementDate: string): Promise<string[]> {
  const { rows } = await db.query<{ first: string }>('SELECT min(business_date)::text AS first FROM clearing_run')
  return businessDatesDueOn(settlementDate).filter((date) => date >= rows[0]!.first)
}

async function merchants(db: Db, settlementDate: string, dates: string[], rule: BusinessDayRule): Promise<void> {
  await db.query(
    `INSERT INTO merchant_settlement (settlement_date, merchant, due_fen, carried_in_fen, payout_fen, carried_out_fen, negative_since)
     WITH due AS (
       SELECT substr(account, length('merchant-discount/') + 1) AS merchant, -sum(a)::bigint AS fen
       FROM journal j CROSS JOIN LATERAL unnest(j.accounts, j.amounts_fen) p (account, a)
       WHERE j.business_date = ANY ($2::date[]) AND j.event <> 'settlement' AND account LIKE 'merchant-discount/%' GROUP BY 1
     ), carried AS (
       -- Who owes something stands in every settlement until it is paid: the last one before has them all.
       SELECT merchant, carried_out_fen AS fen, negative_since FROM merchant_settlement
       WHERE carried_out_fen < 0 AND settlement_date = (SELECT max(settlement_date) FROM merchant_settlement WHERE settlement_date < $1)
     ), net AS (
       SELECT merchant, coalesce(d.fen, 0) AS due, coalesce(c.fen, 0) AS carried, coalesce(d.fen, 0) + coalesce(c.fen, 0) AS fen, c.negative_since
       FROM due d FULL JOIN carried c USING (merchant)
     )
     SELECT $1, merchant, due, carried, greatest(fen, 0), least(fen, 0), CASE WHEN fen < 0 THEN coalesce(negative_since, $1::date) END
     FROM net WHERE due <> 0 OR carried <> 0`,
    [settlementDate, dates],
  )
  const { rows } = await db.query<{ currency: string; rows: number }>(
    `SELECT ${SETTLED_CURRENCY} AS currency, count(*)::float8 AS rows FROM merchant_settlement s WHERE settlement_date = $1 GROUP BY 1 ORDER BY 1`,
    [settlementDate],
  )
  const counted = new Map(rows.map(({ currency, rows: n }) => [currency, n]))
  for (const currency of new Set([DEFAULT_CURRENCY, ...counted.keys()]))
    await settleIn(db, currency, settlementDate, dates, counted.get(currency) ?? 0, rule)
  await clearingCases.openFrom(db, {
    columns: ['merchant', 'amount_fen'],
    select: `SELECT 'settlement_negative', '@settlement', merchant || ':' || negative_since, split_part(merchant, '@', 1), -carried_out_fen FROM merchant_settlement
       WHERE settlement_date = $1 AND negative_since <= $1::date - $2::int`,
    values: [settlementDate, NEGATIVE_DAYS],
  })
}

/** One posting and one file for each currency. */
async function settleIn(
  db: Db,
  currency: string,
  settlementDate: string,
  dates: string[],
  count: number,
  rule: BusinessDayRule,
): Promise<void> {
  const { rows } = await db.query<{ merchant: string; amountFen: number }>(
    `SELECT split_part(merchant, '@', 1) AS merchant, payout_fen::float8 AS "amountFen" FROM merchant_settlement s
     WHERE settlement_date = $1 AND payout_fen > 0 AND ${SETTLED_CURRENCY} = $2 ORDER BY s.merchant`,
    [settlementDate, currency],
  )
  if (rows.length > 0) {
    const detail = { settlementDate, businessDates: dates, merchants: rows.length, ...named(currency) }
    const serial = inCurrency(settlementDate, currency)
    await postEntry(
      db,
      { event: 'settlement', client: '@settlement', serial, detail, ...settlementPosting(rows, currency) },
      rule,
    )
  }
  await insertFile(db, {
    businessDate: settlementDate,
    settlementDate,
    kind: 'settlement',
    clearingSystem: inCurrency('main', currency),
    version: 1,
    rows: count,
    grossFen: 0,
    discountFen: 0,
    settleFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0),
    feeFinalFen: 0,
    feeSavedFen: 0,
    replaces: null,
  })
}

/** As details of the journal say it: CNY is not said. */
const named = (currency: string) => (currency === DEFAULT_CURRENCY ? {} : { currency })

/** Rebates that are due go out together, each currency for itself; as long as more was taken back than is due, they wait. */
async function rebates(db: Db, settlementDate: string, rule: BusinessDayRule): Promise<void> {
  const currencyOf = `coalesce(nullif(split_part(clearing_system, '@', 2), ''), '${DEFAULT_CURRENCY}')`
  const due = `FROM rebate_due r JOIN clearing_run USING (business_date) WHERE paid_on IS NULL AND due_date <= $1 AND state = 'settled'`
  const { rows } = await db.query<{ currency: string; fen: number }>(
    `SELECT ${currencyOf} AS currency, sum(amount_fen)::float8 AS fen ${due} GROUP BY 1 HAVING sum(amount_fen) >= 0 ORDER BY 1`,
    [settlementDate],
  )
  for (const { currency, fen } of rows) {
    await db.query(
      `UPDATE rebate_due SET paid_on = $1 WHERE (business_date, clearing_system, due_date) IN (SELECT business_date, clearing_system, due_date ${due}
         AND ${currencyOf} = $2)`,
      [settlementDate, currency],
    )
    if (fen === 0) continue
    const detail = { settlementDate, ...named(currency) }
    const serial = inCurrency(settlementDate, currency)
    await postEntry(
      db,
      { event: 'rebate_payout', client: '@rebate-payout', serial, detail, ...rebatePayoutPosting(fen, currency) },
      rule,
    )
  }
}
