import { createHash } from 'node:crypto'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import type { ClientBase } from 'pg'
import type { Proposal } from './kinds'

export const COLUMNS = `id, kind, subject, before, body, hash, version, state, branch, amount_fen AS "amountFen", maker, maker_person AS "makerPerson",
  made_at AS "madeAt", checker, checked_at AS "checkedAt", reason, needs, expires_at AS "expiresAt",
  (SELECT count(*)::int FROM proposal_decision d WHERE d.proposal = proposal.id AND d.hash = proposal.hash AND d.decision = 'approved') AS approvals`

/** Of what the approver is shown: kind, subject, what it changes from, what it changes to (RFC 8785 of the list, SHA-256, hex). */
export const hashOf = ({ kind, subject, before, body }: Pick<Proposal, 'kind' | 'subject' | 'before' | 'body'>) =>
  createHash('sha256')
    .update(canonicalJson([kind, subject, before ?? null, body]))
    .digest('hex')

type Dates = 'madeAt' | 'checkedAt' | 'expiresAt'
export type Row = Omit<Proposal, 'id' | 'amountFen' | Dates> & {
  id: number | string
  amountFen: number | string | null
  madeAt: Date
  checkedAt: Date | null
  expiresAt: Date | null
}

export const proposalOf = ({ id, amountFen, madeAt, checkedAt, expiresAt, ...row }: Row): Proposal => ({
  ...row,
  id: Number(id),
  amountFen: amountFen === null ? null : Number(amountFen),
  madeAt: madeAt.toISOString(),
  checkedAt: checkedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
})

type Db = Pick<ClientBase, 'query'>

export const unknown = (id: number) => new LijianError('not_found', `There is no proposal ${id}`)

/** Locks first and reads then: what a statement that has waited counts of other tables is older than the row it waited for. */
export async function lock(db: Db, id: number): Promise<Proposal> {
  await db.query('SELECT FROM proposal WHERE id = $1 FOR UPDATE', [id])
  const { rows } = await db.query<Row>(`SELECT ${COLUMNS} FROM proposal WHERE id = $1`, [id])
  if (!rows[0]) throw unknown(id)
  return proposalOf(rows[0])
}

/** Why nobody decides about it any more. */
export function ended({ id, state, checker, reason }: Proposal): LijianError {
  const why = reason === null ? '' : `: ${reason}`
  if (state === 'withdrawn')
    return new LijianError('proposal_withdrawn', `Proposal ${id} was taken back${why}`, { state })
  if (state === 'expired')
    return new LijianError('proposal_expired', `Nobody has decided about proposal ${id} in time`, { state })
  return new LijianError('state_conflict', `Proposal ${id} is ${state}${checker === null ? '' : ` by ${checker}`}`, {
    state,
  })
}
