import { LOCKS } from '@lijian/database'
import type { PoolClient } from 'pg'

/** Until the end of the database transaction nobody else proposes about it. To be taken before everything else that a proposal of its kind locks. */
export async function lockSubject(db: PoolClient, kind: string, subject: string): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.proposalOf, `${kind} ${subject}`])
}

/** The same for one proposal of a kind whose later ones take the place of earlier ones: whoever ends it meets whoever proposes the next here first. */
export async function takeTurn(
  db: PoolClient,
  id: number,
  kindOf: (name: string) => { replaces?: true },
): Promise<void> {
  const { rows } = await db.query<{ kind: string; subject: string }>(
    'SELECT kind, subject FROM proposal WHERE id = $1',
    [id],
  )
  if (rows[0] !== undefined && kindOf(rows[0].kind).replaces) await lockSubject(db, rows[0].kind, rows[0].subject)
}
