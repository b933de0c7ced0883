import { MERCHANT_METHOD_REFS } from '@lijian/contracts/routing'
import type { Scan } from '../check'

const ref = (t: string) => `'${MERCHANT_METHOD_REFS}' || ${t}.merchant || '/' || ${t}.method`

export const cardUsageChecks: readonly Scan[] = [
  {
    names: ['payments of cards = successes of their routes'],
    looksAt: 'cardUsage',
    sql: `WITH paid AS (
        SELECT h.kind, h.holder, p.period, k.token AS card_token, count(*) AS count
        FROM route t, LATERAL jsonb_to_recordset(t.attempts) AS a (usage jsonb),
          LATERAL jsonb_to_record(a.usage) AS u ("cardToken" text, earlier text[], day text, merchant text, parents text[]),
          unnest(array_prepend(u."cardToken", u.earlier)) AS k (token),
          LATERAL (SELECT 'merchant' AS kind, u.merchant AS holder UNION ALL SELECT 'parent', unnest(u.parents)) h,
          LATERAL (VALUES (left(u.day, 7)), (u.day)) AS p (period)
        WHERE a.usage IS NOT NULL GROUP BY 1, 2, 3, 4
      )
      SELECT coalesce(c.kind, p.kind) AS kind, coalesce(c.holder, p.holder) AS holder, coalesce(c.period, p.period) AS period,
        coalesce(c.count, 0) AS counted, coalesce(p.count, 0) AS paid
      FROM card_usage c FULL JOIN paid p
        ON p.kind COLLATE "C" = c.kind AND p.holder COLLATE "C" = c.holder AND p.period COLLATE "C" = c.period AND p.card_token COLLATE "C" = c.card_token
      WHERE coalesce(c.count, 0) <> coalesce(p.count, 0)`,
  },
  {
    names: ['a method is stopped for its cards exactly while its case is not reopened'],
    looksAt: 'cardCases',
    sql: `SELECT c.id, c.merchant, c.method, c.state FROM card_usage_case c
      WHERE c.state <> 'reopened' AND NOT EXISTS (SELECT FROM suspension s WHERE s.ref = ${ref('c')})
      UNION ALL
      SELECT NULL, split_part(s.ref, '/', 3), split_part(s.ref, '/', 4), 'stopped' FROM suspension s
      WHERE s.suspended_by = '@card-usage'
        AND NOT EXISTS (SELECT FROM card_usage_case c WHERE c.state <> 'reopened' AND s.ref = ${ref('c')})
      UNION ALL
      SELECT c.id, c.merchant, c.method, 'cards ' || c.cards FROM card_usage_case c
      WHERE c.cards <> (SELECT count(DISTINCT o.card_token) FROM card_over o WHERE o.case_id = c.id)
        OR (c.state IN ('reopened', 'kept_suspended')) <> (c.closed_at IS NOT NULL)`,
  },
]
