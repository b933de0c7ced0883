import { rejectProposal } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { mayDecide, type MoneyProposals } from '@lijian/partner-funding'
import type { FundingActivities, FundingSnapshot } from '@lijian/workflow-partner-funding'
import type { Pool } from 'pg'
import { parsed, refusalsAreFinal } from './refusal'

export interface FundingActivityDeps {
  pool: Pool
  proposals: MoneyProposals
}

/** Deciding in Temporal: the same use case as over HTTP, after the key that decides was looked up. */
export function fundingActivities({ pool, proposals }: FundingActivityDeps): Pick<FundingActivities, 'decideProposal'> {
  return {
    decideProposal: ({ proposal: id, by, hash, decision, reason = '' }) =>
      refusalsAreFinal(async (): Promise<FundingSnapshot> => {
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
