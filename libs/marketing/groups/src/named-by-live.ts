import type { ImportKind } from '@lijian/database'
import type { PoolClient } from 'pg'

/** Whether a campaign that is live names it: then two people change it (sql/demand_approval.sql). */
export async function isNamedByLive(db: PoolClient, kind: ImportKind, code: string): Promise<boolean> {
  const { rows } = await db.query<{ named: boolean }>('SELECT is_named_by_live($1, $2) AS named', [kind, code])
  return rows[0]!.named
}
