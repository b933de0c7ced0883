import type { Scope } from '@lijian/contracts/people'
import type { Pool } from 'pg'

/** Whether an API key may do what `scope` allows: for doors that have not authenticated the key themselves. */
export async function mayAct(db: Pick<Pool, 'query'>, keyId: string, scope: Scope): Promise<boolean> {
  const { rowCount } = await db.query(
    'SELECT FROM api_key WHERE id = $1 AND revoked_at IS NULL AND $2 = ANY (scopes)',
    [keyId, scope],
  )
  return rowCount === 1
}
