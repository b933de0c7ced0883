import { scanOf, type Scan } from '../check'

export const dayChecks: readonly Scan[] = [
  {
    names: ['seals verify'],
    looksAt: 'seals',
    // Dates are sealed in order: a date without a seal before one that has it, or a posting on such a date, is a seal that was removed.
    sql: `SELECT s.business_date::text, 'the postings are not those that were sealed' AS what
      FROM journal_seal s, LATERAL journal_day_hash(s.business_date, s.previous_hash) h
      WHERE s.business_date >= SINCE AND (h.hash, h.rows_count, h.debit_fen) IS DISTINCT FROM (s.hash, s.rows_count, s.debit_fen)
      UNION ALL
      SELECT s.business_date::text, 'it does not rest on the seal before' FROM (
        SELECT business_date, previous_hash, lag(hash, 1, '\\x00') OVER (ORDER BY business_date) AS hash FROM journal_seal
      ) s WHERE s.previous_hash <> s.hash AND s.business_date >= SINCE
      UNION ALL
      SELECT d.business_date::text, 'there is no seal' FROM (
        SELECT business_date FROM business_day UNION SELECT business_date FROM journal UNION SELECT business_date FROM account_day
      ) d WHERE d.business_date >= SINCE AND d.business_date <= greatest((SELECT max(business_date) FROM journal_seal), (SELECT max(business_date) FROM account_day))
        AND NOT EXISTS (SELECT FROM journal_seal s WHERE s.business_date = d.business_date)`,
  },
  scanOf(
    'accountDays',
    'd.account, d.business_date::text, d.opening_fen, d.closing_fen, d.before_fen',
    `(SELECT *, lag(closing_fen, 1, 0::bigint) OVER (PARTITION BY account ORDER BY business_date) AS before_fen FROM account_day) d`,
    {
      'opening = closing before': `d.business_date >= SINCE AND (d.opening_fen <> d.before_fen OR d.closing_fen <> d.opening_fen + d.debit_fen - d.credit_fen)`,
    },
  ),
  {
    names: ['balances of sealed dates = their postings'],
    looksAt: 'accountDays',
    sql: `WITH posted AS (
        SELECT l.account COLLATE "C" AS account, j.business_date, coalesce(sum(l.fen) FILTER (WHERE l.fen > 0), 0) AS debit,
          coalesce(-sum(l.fen) FILTER (WHERE l.fen < 0), 0) AS credit
        FROM journal j JOIN journal_seal s USING (business_date), unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.business_date >= SINCE GROUP BY 1, 2
      )
      SELECT account, business_date::text, d.debit_fen, d.credit_fen, p.debit::float8 AS debit_posted, p.credit::float8 AS credit_posted
      FROM posted p FULL JOIN (SELECT * FROM account_day WHERE business_date >= SINCE) d USING (account, business_date)
      WHERE (coalesce(d.debit_fen, 0), coalesce(d.credit_fen, 0)) <> (coalesce(p.debit, 0), coalesce(p.credit, 0))`,
  },
]
