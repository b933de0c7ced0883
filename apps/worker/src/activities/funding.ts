import { rejectProposal } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { mayDecide, type MoneyProposals } from '@lijian/partner-funding'
import type { FundingActivities, FundingSnapshot } from '@lijian/workflow-partner-funding'
import { personOf, type ProofDeps } from './proven'
import { parsed, refusalsAreFinal } from './refusal'

export interface FundingActivityDeps extends ProofDeps {
  proposals: MoneyProposals
}

/** Deciding in Temporal: the same use case as over HTTP, by the person whom the proof names. */
export function fundingActivities(deps: FundingActivityDeps): Pick<FundingActivities, 'decideProposal'> {
  const { pool, proposals } = deps
  return {
    decideProposal: ({ proposal: id, ...input }) =>
      refusalsAreFinal(async (): Promise<FundingSnapshot> => {
        const by = await personOf('partner-funding.decide', id, input, deps)
        const { hash, decision, reason = '' } = input
        const { kind } = await proposals.read(id)
        if (!(await mayDecide(pool, by, kind)))
          throw new LijianError('forbidden', `No API key ${by} may check proposals of kind ${kind}`)
        const decided =
          decision === 'approve'
            ? await proposals.approve(id, hash, by)
            : await proposals.reject(id, hash, by, parsed(rejectProposal, { hash, reason }).reason)
        return proposals.snapshot(decided)
      }),
  }
}
