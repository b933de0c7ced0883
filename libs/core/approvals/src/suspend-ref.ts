import { LijianError } from '@lijian/contracts/system'
import type { SuspensionAnswer } from '@lijian/contracts/people'
import type { ClientBase } from 'pg'

/** A connection, inside a database transaction or not. */
type Db = Pick<ClientBase, 'query'>

/** A row of `suspension`, also as JSON. */
export interface SuspensionRow {
  ref: string
  suspended_at: Date | string
  resume_requested_by: string | null
}

export const suspensionOf = ({ ref, suspended_at, resume_requested_by }: SuspensionRow): SuspensionAnswer => ({
  ref,
  state: resume_requested_by === null ? 'suspended' : 'resume_requested',
  suspendedAt: new Date(suspended_at).toISOString(),
})

/** Stops what is called `ref` from the next payment on: admission looks at these rows itself. Also cancels a pending request to resume. */
export async function suspendRef(db: Db, ref: string, by: string): Promise<SuspensionAnswer> {
  const { rows } = await db.query<SuspensionRow>(
    `INSERT INTO suspension (ref, suspended_by) VALUES ($1, $2)
     ON CONFLICT (ref) DO UPDATE SET resume_requested_by = NULL RETURNING ref, suspended_at, resume_requested_by`,
    [ref, by],
  )
  await db.query('DELETE FROM resumption WHERE ref = $1', [ref])
  return suspensionOf(rows[0]!)
}

/** The first person asks, another one resumes; either asking again changes nothing and is told the same. Throws LijianError state_conflict. Inside a database transaction. */
export async function resumeRef(db: Db, ref: string, by: string): Promise<SuspensionAnswer> {
  const { rows } = await db.query<SuspensionRow>(
    `SELECT ref, suspended_at, resume_requested_by FROM suspension WHERE ref = $1 FOR UPDATE`,
    [ref],
  )
  const row = rows[0]
  if (row === undefined) {
    const { rowCount } = await db.query('SELECT FROM resumption WHERE ref = $1 AND resumed_by = $2', [ref, by])
    if (rowCount === 1) return { ref, state: 'active' }
    throw new LijianError('state_conflict', `${ref} is not suspended`)
  }
  if (row.resume_requested_by === null) {
    await db.query('UPDATE suspension SET resume_requested_by = $2 WHERE ref = $1', [ref, by])
    return suspensionOf({ ...row, resume_requested_by: by })
  }
  if (row.resume_requested_by === by) return suspensionOf(row)
  await db.query('DELETE FROM suspension WHERE ref = $1', [ref])
  await db.query(
    `INSERT INTO resumption (ref, resumed_by) VALUES ($1, $2)
     ON CONFLICT (ref) DO UPDATE SET resumed_by = $2, resumed_at = now()`,
    [ref, by],
  )
  return { ref, state: 'active' }
}

/** Lets go on what `by` itself has stopped, when its own procedure has had its two people (a case that was approved); what another person stopped stays stopped. */
export async function liftRef(db: Db, ref: string, by: string): Promise<void> {
  await db.query('DELETE FROM suspension WHERE ref = $1 AND suspended_by = $2', [ref, by])
}

/** What is stopped of `name`: itself, and what stands under it after a slash. */
export async function suspensionsUnder(db: Db, name: string): Promise<SuspensionAnswer[]> {
  const { rows } = await db.query<SuspensionRow>(
    `SELECT ref, suspended_at, resume_requested_by FROM suspension
     WHERE ref = $1 OR starts_with(ref, $1 || '/') ORDER BY ref`,
    [name],
  )
  return rows.map(suspensionOf)
}
