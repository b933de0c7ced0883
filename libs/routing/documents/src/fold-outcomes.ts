import { LOCKS } from '@lijian/database'
import { foldHealth, FRESH, type PoolHealth, type Routing } from '@lijian/selection'
import type { PoolClient } from 'pg'

const AT_ONCE = 10_000

/**
 * Takes the outcomes that results have left and folds them, in the order of their ids, into the success rates of their pools. One process at a time does it
 * (the others go on with what is stored), in one database transaction: an outcome is either still there or in the rate. Returns how many there were.
 */
export async function foldOutcomes(db: Pick<PoolClient, 'query'>, routing: Routing): Promise<number> {
  const { rows: turn } = await db.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
    LOCKS.routeOutcomes,
  ])
  if (!turn[0]!.mine) return 0
  const { rows: outcomes } = await db.query<{ id: number; pool: string; ok: boolean; probe: boolean }>(
    `DELETE FROM route_outcome WHERE id IN (SELECT id FROM route_outcome ORDER BY id LIMIT $1) RETURNING id, pool, ok, probe`,
    [AT_ONCE],
  )
  if (outcomes.length === 0) return 0
  const pools = [...new Set(outcomes.map(({ pool }) => pool))]
  const { rows: known } = await db.query<{ pool: string; state: PoolHealth }>(
    'SELECT pool, state FROM route_pool_health WHERE pool = ANY ($1)',
    [pools],
  )
  const states = new Map(known.map(({ pool, state }) => [pool, state]))
  for (const { pool, ok, probe } of outcomes.toSorted((a, b) => a.id - b.id)) {
    // A pool that has lost its rule, or is gone, has no rate.
    const rule = routing.pools.get(pool)?.minSuccess
    if (rule !== undefined) states.set(pool, foldHealth(states.get(pool) ?? FRESH, rule, { ok, probe }))
  }
  await db.query(
    `INSERT INTO route_pool_health (pool, state, updated_at)
     SELECT pool, state, clock_timestamp() FROM unnest($1::text[], $2::jsonb[]) AS a (pool, state)
     ON CONFLICT (pool) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`,
    [[...states.keys()], [...states.values()].map((state) => JSON.stringify(state))],
  )
  return outcomes.length
}
