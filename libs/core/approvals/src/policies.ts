import { LijianError } from '@lijian/contracts/system'
import type { ClientBase } from 'pg'
import type { Proposal } from './kinds'
import { sees, type Who } from './who'

type Db = Pick<ClientBase, 'query'>

/** Who approves a kind from an amount on. */
export interface Policy {
  approvers: 1 | 2
  otherBranch: boolean
  /** One of these, beside the scope; undefined: the scope is enough. */
  roles: readonly string[] | undefined
  expiresAfterHours: number
}

/** Of the kind's rows the one with the greatest amount that is reached; those of `*` stand for kinds without rows. */
export async function policyOf(db: Db, kind: string, amountFen: number | null): Promise<Policy> {
  const { rows } = await db.query<{ approvers: 1 | 2; other: boolean; roles: string[] | null; hours: number }>(
    `SELECT approvers, other_branch AS other, roles, expires_after_hours AS hours FROM approval_policy
     WHERE kind IN ($1, '*') AND from_fen <= $2 ORDER BY kind = $1 DESC, from_fen DESC LIMIT 1`,
    [kind, Math.abs(amountFen ?? 0)],
  )
  const row = rows[0]
  if (row === undefined) return { approvers: 1, otherBranch: false, roles: undefined, expiresAfterHours: 720 }
  return {
    approvers: row.approvers,
    otherBranch: row.other,
    roles: row.roles ?? undefined,
    expiresAfterHours: row.hours,
  }
}

/** Throws LijianError forbidden: this person may not decide about this one, whatever scopes there are. */
export async function mustFit(db: Db, policy: Policy, proposal: Proposal, who: Who): Promise<void> {
  if (who.isMachine)
    throw new LijianError('forbidden', 'A key of a client decides nothing: sign in, or use a token of your own')
  if (policy.roles !== undefined && !policy.roles.some((role) => who.roles.includes(role)))
    throw new LijianError('forbidden', `Proposals of kind ${proposal.kind} are decided by ${policy.roles.join(' or ')}`)
  if (!(await sees(db, who.branch, proposal.branch)))
    throw new LijianError('not_found', `There is no proposal ${proposal.id}`)
  if (!policy.otherBranch || proposal.makerPerson === null) return
  const { rows } = await db.query<{ branch: string }>('SELECT branch FROM person WHERE id = $1', [proposal.makerPerson])
  if (rows[0] !== undefined && rows[0].branch === who.branch)
    throw new LijianError(
      'forbidden',
      `Somebody of another branch than ${who.branch} decides about proposals of kind ${proposal.kind}`,
    )
}
