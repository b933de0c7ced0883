import { clientOf, LOCKS, type ConfigChangeEntity } from '@lijian/database'
import type { PoolClient } from 'pg'
import { EntityManager } from 'typeorm'

/**
 * The last statement of every change: other processes read the document again when it commits. Changes take their numbers one
 * transaction after another, so a reader of number n has seen everything before it.
 */
export async function recordChange(
  within: EntityManager | Pick<PoolClient, 'query'>,
  kind: ConfigChangeEntity['kind'],
  code: string,
): Promise<void> {
  const db = within instanceof EntityManager ? await clientOf(within) : within
  await db.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.changes])
  await db.query('INSERT INTO config_change (kind, code) VALUES ($1, $2)', [kind, code])
  await db.query('NOTIFY lijian_config')
}
