import { ConfigChangeEntity, LOCKS } from '@lijian/database'
import type { EntityManager } from 'typeorm'

/**
 * The last statement of every change: other processes read the document again when it commits. Changes take their numbers one
 * transaction after another, so a reader of number n has seen everything before it.
 */
export async function recordChange(
  manager: EntityManager,
  kind: ConfigChangeEntity['kind'],
  code: string,
): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.changes])
  await manager.insert(ConfigChangeEntity, { kind, code })
  await manager.query('NOTIFY lijian_config')
}
