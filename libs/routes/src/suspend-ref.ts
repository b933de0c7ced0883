import { LijianError, type SuspensionAnswer } from '@lijian/contracts'
import type { PoolClient } from 'pg'

interface Row {
  ref: string
  suspended_at: Date
  resume_requested_by: string | null
}

const answerOf = ({ ref, suspended_at, resume_requested_by }: Row): SuspensionAnswer => ({
  ref,
  state: resume_requested_by === null ? 'suspended' : 'resume_requested',
  suspendedAt: suspended_at.toISOString(),
})

/** Stops what is called `ref` from the next payment on: admission looks at these rows itself. Stops again what somebody wanted to resume, too. */
export async function suspendRef(db: Pick<PoolClient, 'query'>, ref: string, actor: string): Promise<SuspensionAnswer> {
  const { rows } = await db.query<Row>(
    `INSERT INTO suspension (ref, suspended_by) VALUES ($1, $2)
     ON CONFLICT (ref) DO UPDATE SET resume_requested_by = NULL RETURNING ref, suspended_at, resume_requested_by`,
    [ref, actor],
  )
  return answerOf(rows[0]!)
}

/** The first person asks, another one resumes. Throws LijianError state_conflict. Within a database transaction. */
export async function resumeRef(db: Pick<PoolClient, 'query'>, ref: string, actor: string): Promise<SuspensionAnswer> {
  const { rows } = await db.query<Row>(
    `SELECT ref, suspended_at, resume_requested_by FROM suspension WHERE ref = $1 FOR UPDATE`,
    [ref],
  )
  const row = rows[0]
  if (row === undefined) throw new LijianError('state_conflict', `${ref} is not suspended`)
  if (row.resume_requested_by !== null && row.resume_requested_by !== actor) {
    await db.query('DELETE FROM suspension WHERE ref = $1', [ref])
    return { ref, state: 'active' }
  }
  await db.query('UPDATE suspension SET resume_requested_by = $2 WHERE ref = $1', [ref, actor])
  return answerOf({ ...row, resume_requested_by: actor })
}

export async function suspensionsOfRouting(db: Pick<PoolClient, 'query'>): Promise<SuspensionAnswer[]> {
  const { rows } = await db.query<Row>(
    `SELECT ref, suspended_at, resume_requested_by FROM suspension WHERE ref LIKE '@route/%' ORDER BY ref`,
  )
  return rows.map(answerOf)
}
