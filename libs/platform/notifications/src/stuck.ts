import type { Pool } from 'pg'

/** Notifications that failed at least once and are not delivered yet. */
export async function stuckWebhooks(db: Pick<Pool, 'query'>): Promise<number> {
  const { rows } = await db.query<{ stuck: number }>(
    `SELECT count(*)::int AS stuck FROM webhook_delivery WHERE delivered_at IS NULL AND last_error IS NOT NULL`,
  )
  return rows[0]!.stuck
}
