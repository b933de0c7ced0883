import type { Scan } from '../check'

export const counterChecks: readonly Scan[] = [
  {
    names: ['counters = sum of what transactions hold and use'],
    looksAt: 'counters',
    sql: `WITH sums AS (
        SELECT c.key,
          coalesce(sum(c.fen) FILTER (WHERE t.charges_are = 'held'), 0) AS held_fen,
          coalesce(sum(c.count) FILTER (WHERE t.charges_are = 'held'), 0) AS held_count,
          coalesce(sum(c.fen) FILTER (WHERE t.charges_are = 'used'), 0) AS used_fen,
          coalesce(sum(c.count) FILTER (WHERE t.charges_are = 'used'), 0) AS used_count
        FROM marketing_transaction t, LATERAL jsonb_to_recordset(t.charges) AS c (key text, fen bigint, count bigint)
        WHERE t.charges_are <> 'none' GROUP BY c.key
      )
      SELECT coalesce(c.key, s.key COLLATE "C") AS key,
        coalesce(c.held_fen, 0) AS held_fen, coalesce(s.held_fen, 0)::float8 AS held_fen_of_transactions,
        coalesce(c.held_count, 0) AS held_count, coalesce(s.held_count, 0)::float8 AS held_count_of_transactions,
        coalesce(c.used_fen, 0) AS used_fen, coalesce(s.used_fen, 0)::float8 AS used_fen_of_transactions,
        coalesce(c.used_count, 0) AS used_count, coalesce(s.used_count, 0)::float8 AS used_count_of_transactions
      FROM counter c FULL JOIN sums s ON s.key COLLATE "C" = c.key
      WHERE (coalesce(c.held_fen, 0), coalesce(c.held_count, 0), coalesce(c.used_fen, 0), coalesce(c.used_count, 0))
        <> (coalesce(s.held_fen, 0), coalesce(s.held_count, 0), coalesce(s.used_fen, 0), coalesce(s.used_count, 0))`,
  },
  {
    names: ['held + used within every limit'],
    looksAt: 'counters',
    sql: `SELECT key, held_fen, used_fen, limit_fen, held_count, used_count, limit_count FROM counter
      WHERE held_fen + used_fen > limit_fen OR held_count + used_count > limit_count
        OR least(held_fen, held_count, used_fen, used_count) < 0`,
  },
]
