import type { Scan } from '../check'

export const fundChecks: readonly Scan[] = [
  {
    names: ['prepaid balances have paid what was posted on them'],
    looksAt: 'partners',
    sql: `WITH posted AS (
        SELECT substr(l.account, 9) AS partner, sum(l.fen) AS fen
        FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE l.account LIKE 'prepaid/%' AND j.event IN ('capture', 'void', 'reversal', 'refund') AND j.client NOT LIKE '@%' GROUP BY 1
      ), used AS (
        SELECT split_part(substr(key, 8), '|', 1) AS partner, used_fen AS fen FROM counter WHERE key LIKE '@funds/%'
      )
      SELECT partner, coalesce(p.fen, 0)::float8 AS posted_fen, coalesce(u.fen, 0) AS used_fen
      FROM posted p FULL JOIN used u USING (partner) WHERE coalesce(p.fen, 0) <> coalesce(u.fen, 0)`,
  },
]
