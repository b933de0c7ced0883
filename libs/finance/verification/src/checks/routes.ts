import { CHANGED_SINCE, scanOf, type Scan } from '../check'

/** What its attempts say: a success is a success whatever else is open; else what is open; else how the last one ended. */
const STATE = `CASE WHEN bool_or(a.state = 'succeeded') THEN 'succeeded' WHEN bool_or(a.state = 'reserved') THEN 'reserved'
  ELSE coalesce((array_agg(a.state ORDER BY a.n DESC))[1], 'no_route') END`

/** Somebody of them has not told something else instead. */
const TOLD = (tellers: string) => `EXISTS (SELECT FROM jsonb_array_elements(${tellers}) x WHERE NOT x ? 'withdrawn')`

export const routeChecks: readonly Scan[] = [
  scanOf(
    'routes',
    't.client, t.serial, t.state, t.expires_at',
    `(SELECT * FROM route t WHERE ${CHANGED_SINCE}) t, LATERAL (
      SELECT ${STATE} AS state, count(DISTINCT a.mid) AS mids, count(a.mid) AS attempts,
        min(a."expiresAt") FILTER (WHERE a.state = 'reserved') AS expires_at,
        coalesce(bool_or(CASE a.state WHEN 'reserved' THEN a."chargesAre" <> 'held' WHEN 'succeeded' THEN a."chargesAre" = 'held'
          ELSE a."chargesAre" <> 'none' OR a.over <> '[]' END), false) AS misplaced,
        coalesce(bool_or(a.state = 'reserved' AND a.tellers IS NOT NULL AND NOT ${TOLD('a.tellers')}), false) AS untold
      FROM ROWS FROM (jsonb_to_recordset(t.attempts) AS (mid text, state text, "chargesAre" text, over jsonb, "expiresAt" timestamptz, tellers jsonb))
        WITH ORDINALITY AS a (mid, state, "chargesAre", over, "expiresAt", tellers, n)
    ) a`,
    {
      'a route stands as its attempts do': `t.state <> a.state OR t.expires_at IS DISTINCT FROM a.expires_at OR a.mids <> a.attempts OR a.misplaced`,
      'a reservation is undone exactly when nobody tells of it': `a.untold OR (t.record ? 'undone' AND EXISTS (
        SELECT FROM jsonb_array_elements(t.record -> 'undone') u WHERE ${TOLD(`(u -> 'tellers')`)}))`,
    },
  ),
]
