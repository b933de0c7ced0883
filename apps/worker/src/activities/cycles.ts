import { disputeRequest } from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import type { PartnerCycles } from '@lijian/partner-cycles'
import { mayDecide } from '@lijian/partner-funding'
import type { CycleActivities } from '@lijian/workflow-partner-cycle'
import type { Pool } from 'pg'
import { refusalsAreFinal } from './refusal'

export interface CycleActivityDeps {
  pool: Pool
  cycles: PartnerCycles
}

/** Confirming and disputing in Temporal: the same use cases as over HTTP, after the key that acts was looked up. */
export function cycleActivities({ pool, cycles }: CycleActivityDeps): Omit<CycleActivities, 'remind'> {
  const mustBeChecker = async (keyId: string) => {
    if (!(await mayDecide(pool, keyId, 'collection')))
      throw new LijianError('forbidden', `No API key ${keyId} may confirm or dispute statements`)
  }
  return {
    confirmCycle: ({ id, by }) =>
      refusalsAreFinal(async () => {
        await mustBeChecker(by)
        await cycles.confirm(id, by)
        return cycles.snapshot(id)
      }),
    disputeCycle: ({ id, by, rows }) =>
      refusalsAreFinal(async () => {
        await mustBeChecker(by)
        const parsed = disputeRequest.safeParse({ rows })
        if (!parsed.success) throw new LijianError('invalid_request', 'The rows are not valid')
        await cycles.dispute(id, parsed.data)
        return cycles.snapshot(id)
      }),
    issueDueCycles: () => cycles.issueDue(),
  }
}
