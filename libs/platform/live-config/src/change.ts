import { ConfigChangeEntity } from '@lijian/database'
import type { EntityManager } from 'typeorm'

/** Changes take their numbers one transaction after another, so a reader who has seen number n has seen everything before it. */
const CHANGES_IN_ORDER = 7202

/** The last statement of every change: other processes read the document again when it commits. */
export async function recordChange(
  manager: EntityManager,
  kind: ConfigChangeEntity['kind'],
  code: string,
): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [CHANGES_IN_ORDER])
  await manager.insert(ConfigChangeEntity, { kind, code })
  await manager.query('NOTIFY lijian_config')
}
