import type { Scope } from '@lijian/contracts/people'
import type { Pool } from 'pg'

/** Whether an API key or a person may do what `scope` allows: for doors that have not authenticated whom they act for. */
export async function mayAct(db: Pick<Pool, 'query'>, actor: string, scope: Scope): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT FROM api_key WHERE id = $1 AND client IS NOT NULL AND revoked_at IS NULL AND $2 = ANY (scopes)
     UNION ALL
     SELECT FROM person p JOIN role r ON r.code = ANY (p.roles) WHERE p.id = $1 AND p.status = 'active' AND $2 = ANY (r.scopes)
     LIMIT 1`,
    [actor, scope],
  )
  return rowCount === 1
}
