import type { Scan } from '../check'

/** Side by side with the counters: what transactions spent of prepaid balances. */
export const spentChecks: readonly Scan[] = [
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

/** Documents of two people that are posted, as `@` and their kind. */
const MOVEMENTS = ['receipt', 'withdrawal', 'transfer', 'collection', 'cycle_adjustment']

export const fundChecks: readonly Scan[] = [
  {
    names: ['what a partner has paid in = receipts − withdrawals of the journal'],
    looksAt: 'partners',
    sql: `WITH posted AS (
        SELECT substr(l.account, 9) COLLATE "C" AS code, -sum(l.fen) AS fen FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.event NOT IN ('capture', 'void', 'reversal', 'refund') AND l.account LIKE 'prepaid/%' GROUP BY 1
      )
      SELECT coalesce(p.code, o.code) AS partner, coalesce(p.funded_fen, 0) AS paid_in_fen, coalesce(o.fen, 0)::float8 AS posted_fen
      FROM (SELECT code COLLATE "C" AS code, funded_fen FROM partner) p FULL JOIN posted o ON o.code = p.code WHERE coalesce(p.funded_fen, 0) <> coalesce(o.fen, 0)`,
  },
  {
    names: ['the limit of a balance = paid in + credit line'],
    looksAt: 'partners',
    sql: `SELECT p.code AS partner, c.limit_fen, p.funded_fen, p.credit_line_fen
      FROM partner p JOIN counter c ON c.key = '@funds/' || p.code || '||total' WHERE c.limit_fen <> p.funded_fen + p.credit_line_fen`,
  },
  {
    names: ['every approved movement is posted, once'],
    looksAt: 'proposals',
    // And nothing is posted as a movement of two people that they have not approved.
    sql: `WITH posted AS (
        SELECT client, serial, count(*) AS n FROM journal WHERE client IN (${MOVEMENTS.map((kind) => `'@${kind}'`).join(', ')}) GROUP BY 1, 2
      )
      SELECT coalesce('@' || p.kind, j.client) AS client, coalesce(p.id::text, j.serial) AS serial, p.state, coalesce(j.n, 0)::float8 AS posted
      FROM (SELECT * FROM proposal WHERE kind IN (${MOVEMENTS.map((kind) => `'${kind}'`).join(', ')})) p
      FULL JOIN posted j ON j.client = '@' || p.kind AND j.serial = p.id::text
      WHERE coalesce(j.n, 0) <> CASE WHEN p.state = 'approved' THEN 1 ELSE 0 END`,
  },
]
