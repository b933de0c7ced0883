import { LijianError } from '@lijian/contracts/system'
import type { SuspensionAnswer } from '@lijian/contracts/people'
import type { ClientBase, PoolClient } from 'pg'
import type { ProposalKind } from './kinds'
import type { Proposals } from './proposals'
import { COLUMNS, proposalOf, type Row } from './rows'
import { tellFlow } from './tell'
import { whoIs } from './who'

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
  await lockRequest(db, ref)
  const { rows } = await db.query<SuspensionRow>(
    `INSERT INTO suspension (ref, suspended_by) VALUES ($1, $2)
     ON CONFLICT (ref) DO UPDATE SET resume_requested_by = NULL RETURNING ref, suspended_at, resume_requested_by`,
    [ref, by],
  )
  await db.query('DELETE FROM resumption WHERE ref = $1', [ref])
  const asked = await db.query<Row>(
    `UPDATE proposal SET state = 'withdrawn', reason = 'it was suspended again', version = version + 1
     WHERE kind IN ('resume', 'resume_route') AND subject = $1 AND state = 'proposed' RETURNING ${COLUMNS}`,
    [ref],
  )
  for (const row of asked.rows) await tellFlow(db, proposalOf(row))
  return suspensionOf(rows[0]!)
}

/** The proposal before what it is about, as approvals lock them: the other way round two persons would wait for each other. */
const lockRequest = (db: Db, ref: string) =>
  db.query(
    `SELECT FROM proposal WHERE kind IN ('resume', 'resume_route') AND subject = $1 AND state = 'proposed' FOR UPDATE`,
    [ref],
  )

/** `after`: what else changes with it, in the same database transaction. */
export const resumeKind = (
  after?: (db: PoolClient, ref: string) => Promise<unknown>,
): ProposalKind<{ ref: string }> => ({
  async before(db, ref) {
    const { rows } = await db.query(
      `SELECT 'suspended' AS state, suspended_at AS "suspendedAt", suspended_by AS "suspendedBy" FROM suspension WHERE ref = $1 FOR UPDATE`,
      [ref],
    )
    return rows[0] === undefined ? null : (JSON.parse(JSON.stringify(rows[0])) as object)
  },
  async apply(db, { subject: ref }, by) {
    await db.query('DELETE FROM suspension WHERE ref = $1', [ref])
    await db.query(
      `INSERT INTO resumption (ref, resumed_by) VALUES ($1, $2)
       ON CONFLICT (ref) DO UPDATE SET resumed_by = $2, resumed_at = now()`,
      [ref, by],
    )
    await after?.(db, ref)
  },
  async drop(db, { subject: ref }) {
    await db.query('UPDATE suspension SET resume_requested_by = NULL WHERE ref = $1', [ref])
  },
})

/**
 * The first person asks, another one resumes; either asking again changes nothing and is told the same. What would change is all in the name: no
 * hash is asked for. Throws LijianError state_conflict, and as an approval does. Inside a database transaction.
 */
export async function resumeRef(
  db: PoolClient,
  { ref, by, kind, proposals }: { ref: string; by: string; kind: 'resume' | 'resume_route'; proposals: Proposals },
): Promise<SuspensionAnswer> {
  await proposals.endOver(db, kind, ref)
  await lockRequest(db, ref)
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
  const open = await proposals.openOf(kind, ref, db)
  if (open === undefined) {
    await proposals.proposeIn(db, { kind, subject: ref, request: { ref, state: 'active' }, actor: by })
    await db.query('UPDATE suspension SET resume_requested_by = $2 WHERE ref = $1', [ref, by])
    return suspensionOf({ ...row, resume_requested_by: by })
  }
  if (open.makerPerson === (await whoIs(db, by)).person) return suspensionOf(row)
  const { state } = await proposals.approveIn(db, open.id, open.hash, by)
  return state === 'approved' ? { ref, state: 'active' } : suspensionOf(row)
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
