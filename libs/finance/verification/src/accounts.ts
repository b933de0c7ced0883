import type { AccountPage, AccountQuery } from '@lijian/contracts/finance'
import type { Pool } from 'pg'

/**
 * Balances of one date, or as of now: the last sealed date's closing and what was posted since. $1 prefix, $2 just above it, $3 after,
 * $4 date or null, $5 how many. Debits are positive. One statement, hence one snapshot.
 */
const BALANCES = `
  WITH sealed AS (SELECT coalesce(max(business_date), DATE '-infinity') AS day FROM journal_seal),
  unsealed AS (
    SELECT l.account COLLATE "C" AS account,
      coalesce(sum(l.fen) FILTER (WHERE j.business_date < $4), 0) AS before,
      coalesce(sum(l.fen) FILTER (WHERE l.fen > 0 AND ($4::date IS NULL OR j.business_date = $4)), 0) AS debit,
      coalesce(-sum(l.fen) FILTER (WHERE l.fen < 0 AND ($4::date IS NULL OR j.business_date = $4)), 0) AS credit
    FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
    WHERE j.business_date > (SELECT day FROM sealed) AND ($4::date IS NULL OR j.business_date <= $4)
      AND l.account COLLATE "C" >= $1 AND l.account COLLATE "C" < $2 AND l.account COLLATE "C" > $3
    GROUP BY 1
  ), shown AS (
    SELECT account FROM (
      (SELECT DISTINCT account FROM account_day WHERE account >= $1 AND account < $2 AND account > $3 AND ($4::date IS NULL OR business_date <= $4)
       ORDER BY account LIMIT $5)
      UNION SELECT account FROM unsealed
    ) a ORDER BY account LIMIT $5
  )
  SELECT s.account,
    (CASE WHEN d.business_date = $4 THEN d.opening_fen ELSE coalesce(d.closing_fen, 0) END + coalesce(u.before, 0))::float8 AS opening,
    (CASE WHEN d.business_date = $4 THEN d.debit_fen ELSE 0 END + coalesce(u.debit, 0))::float8 AS debit,
    (CASE WHEN d.business_date = $4 THEN d.credit_fen ELSE 0 END + coalesce(u.credit, 0))::float8 AS credit
  FROM shown s LEFT JOIN unsealed u USING (account)
  LEFT JOIN LATERAL (
    SELECT * FROM account_day d WHERE d.account = s.account AND ($4::date IS NULL OR d.business_date <= $4) ORDER BY d.business_date DESC LIMIT 1
  ) d ON true
  ORDER BY s.account`

/** The largest character there is: no account that begins with the prefix sorts after prefix + this. */
const LAST = '\u{10FFFF}'

/** Balances by account (docs/reference/postings.md). */
export class Accounts {
  constructor(private readonly pool: Pool) {}

  async list({ prefix = '', date, after, limit }: AccountQuery): Promise<AccountPage> {
    const { rows } = await this.pool.query<{ account: string; opening: number; debit: number; credit: number }>(
      BALANCES,
      [prefix, prefix + LAST, after ?? '', date ?? null, limit + 1],
    )
    const accounts = rows.slice(0, limit).map((row) => ({ ...row, closing: row.opening + row.debit - row.credit }))
    return rows.length > limit ? { accounts, next: accounts.at(-1)!.account } : { accounts }
  }
}
