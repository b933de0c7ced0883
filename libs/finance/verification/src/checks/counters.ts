import type { Scan } from '../check'

const SUMS = ['held_fen', 'held_count', 'used_fen', 'used_count', 'over_fen', 'over_count'] as const
const placeOf = (name: string): string => name.split('_')[0]!
const measureOf = (name: string): string => name.split('_')[1]!

export const counterChecks: readonly Scan[] = [
  {
    names: ['counters = sum of what transactions and routes hold and use'],
    looksAt: 'counters',
    sql: `WITH charges AS (
        SELECT c.key, t.charges_are AS stands, c.fen, c.count
        FROM marketing_transaction t, LATERAL jsonb_to_recordset(t.charges) AS c (key text, fen bigint, count bigint)
        WHERE t.charges_are <> 'none'
        UNION ALL
        SELECT c.key, a."chargesAre", c.fen, c.count
        FROM route t, LATERAL jsonb_to_recordset(t.attempts) AS a ("chargesAre" text, charges jsonb),
          LATERAL jsonb_to_recordset(a.charges) AS c (key text, fen bigint, count bigint)
        WHERE a."chargesAre" <> 'none'
        UNION ALL
        SELECT c.key, 'over', c.fen, c.count
        FROM route t, LATERAL jsonb_to_recordset(t.attempts) AS a (over jsonb),
          LATERAL jsonb_to_recordset(a.over) AS c (key text, fen bigint, count bigint)
      ), sums AS (
        SELECT key, ${SUMS.map((name) => `coalesce(sum(${measureOf(name)}) FILTER (WHERE stands = '${placeOf(name)}'), 0) AS ${name}`).join(', ')}
        FROM charges GROUP BY key
      )
      SELECT coalesce(c.key, s.key COLLATE "C") AS key,
        ${SUMS.map((name) => `coalesce(c.${name}, 0) AS ${name}, coalesce(s.${name}, 0)::float8 AS ${name}_charged`).join(', ')}
      FROM counter c FULL JOIN sums s ON s.key COLLATE "C" = c.key
      WHERE (${SUMS.map((name) => `coalesce(c.${name}, 0)`).join(', ')}) <> (${SUMS.map((name) => `coalesce(s.${name}, 0)`).join(', ')})`,
  },
  {
    names: ['held + used within every limit'],
    looksAt: 'counters',
    sql: `SELECT key, held_fen, used_fen, limit_fen, held_count, used_count, limit_count FROM counter
      WHERE held_fen + used_fen > limit_fen OR held_count + used_count > limit_count
        OR least(held_fen, held_count, used_fen, used_count, over_fen, over_count) < 0`,
  },
]
