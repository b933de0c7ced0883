import { approvalSnapshot, type Proposals } from '@lijian/approvals'
import { rejectProposal } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { mayDecide } from '@lijian/partner-funding'
import type { ApprovalActivities, ApprovalSnapshot } from '@lijian/workflow-approval'
import { personOf, type ProofDeps } from './proven'
import { parsed, refusalsAreFinal } from './refusal'

export interface ApprovalActivityDeps extends ProofDeps {
  /** Knows the kinds that are decided in Temporal too; every kind expires here. */
  proposals: Proposals
}

/** Deciding in Temporal: the same use case as over HTTP, by the person whom the proof names. */
export function approvalActivities(deps: ApprovalActivityDeps): Omit<ApprovalActivities, 'remind'> {
  const { pool, proposals } = deps
  return {
    decideProposal: ({ proposal: id, ...input }) =>
      refusalsAreFinal(async (): Promise<ApprovalSnapshot> => {
        const by = await personOf('partner-funding.decide', id, input, deps)
        const { hash, decision, reason = '' } = input
        const { kind } = await proposals.read(id)
        if (!(await mayDecide(pool, by, kind)))
          throw new LijianError('forbidden', `No API key ${by} may check proposals of kind ${kind}`)
        const decided =
          decision === 'approve'
            ? await proposals.approve(id, hash, by)
            : await proposals.reject(id, hash, by, parsed(rejectProposal, { hash, reason }).reason)
        return approvalSnapshot(decided)
      }),
    expireProposal: async ({ proposal }) => approvalSnapshot(await proposals.expire(proposal)),
  }
}
