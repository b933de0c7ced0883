import type { Proposal, ProposalKind } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import type { PoolClient } from 'pg'
import { caseCurrency } from './case-currency'

export const CASE_RESOLUTION = 'case_resolution'

export interface OpenCase {
  id: number
  kind: string
  client: string
  serial: string
  merchant: string | null
  oursFen: number | null
  theirsFen: number | null
  cashFen: number | null
  amountFen: number | null
  /** Of all its amounts. */
  currency: string
}

/** One way in which cases end; its owner knows what it costs. */
export interface Resolution<Body = unknown> {
  /** Refuses what may not even be proposed (LijianError); asked again before an approval takes effect. */
  check?(open: OpenCase, body: Body): void
  /** The effect of an approval, in the database transaction that closes the case. Absent: nothing is to be done. */
  apply?(db: PoolClient, open: OpenCase, proposal: Proposal<Body>): Promise<void>
}

/** By the name that the request gives. */
export type Resolutions = {
  readonly [Name in ResolutionRequest['resolution']]: Resolution<Extract<ResolutionRequest, { resolution: Name }>>
}

/** How cases end: what a second person approves takes effect and closes the case in one database transaction. */
export const caseKind = (resolutions: Resolutions) => ({ [CASE_RESOLUTION]: caseResolution(resolutions) })

const caseResolution = (resolutions: Resolutions): ProposalKind<ResolutionRequest> => ({
  amountFen: (body) => ('amount' in body ? body.amount : undefined),
  async check(db, { subject, body }) {
    const open = await lockOpen(db, subject)
    endOf(resolutions, body).check?.(open, body as never)
  },
  async apply(db, proposal) {
    const open = await lockOpen(db, proposal.subject)
    const end: Resolution<never> = endOf(resolutions, proposal.body)
    end.check?.(open, proposal.body as never)
    await end.apply?.(db, open, proposal as Proposal<never>)
    const { resolution, evidence } = proposal.body
    await db.query(
      `UPDATE reconciliation_case SET state = 'closed', resolution = $2, resolved_by = $3, closed_at = now(), evidence = coalesce($4, evidence)
       WHERE id = $1`,
      [open.id, resolution, proposal.id, evidence ?? null],
    )
  },
})

function endOf(resolutions: Resolutions, { resolution }: ResolutionRequest): Resolution<never> {
  const found = resolutions[resolution]
  if (!found) throw new Error(`no owner has registered the resolution ${resolution}`)
  return found
}

async function lockOpen(db: PoolClient, subject: string): Promise<OpenCase> {
  const { rows } = await db.query<Record<string, unknown>>(
    `SELECT id, kind, client, serial, merchant, state, ours_fen AS "oursFen", theirs_fen AS "theirsFen", cash_fen AS "cashFen",
       amount_fen AS "amountFen", ${caseCurrency('reconciliation_case')} AS currency FROM reconciliation_case WHERE id = $1 FOR UPDATE`,
    [subject],
  )
  const row = rows[0]
  if (!row) throw new LijianError('not_found', `There is no case ${subject}`)
  if (row['state'] !== 'open') throw new LijianError('state_conflict', `Case ${subject} is closed`, { state: 'closed' })
  const number = (name: string) => (row[name] === null ? null : Number(row[name]))
  return {
    ...(row as Pick<OpenCase & Record<string, unknown>, 'kind' | 'client' | 'serial' | 'merchant' | 'currency'>),
    id: Number(row['id']),
    oursFen: number('oursFen'),
    theirsFen: number('theirsFen'),
    cashFen: number('cashFen'),
    amountFen: number('amountFen'),
  }
}
