import { disputeRequest } from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import type { PartnerCycles } from '@lijian/partner-cycles'
import { mayDecide } from '@lijian/partner-funding'
import type { CycleActivities } from '@lijian/workflow-partner-cycle'
import { personOf, type ProofDeps } from './proven'
import { refusalsAreFinal } from './refusal'

export interface CycleActivityDeps extends ProofDeps {
  cycles: PartnerCycles
}

/** Confirming and disputing in Temporal: the same use cases as over HTTP, by the person whom the proof names. */
export function cycleActivities(deps: CycleActivityDeps): Omit<CycleActivities, 'remind'> {
  const { pool, cycles } = deps
  const mustBeChecker = async (keyId: string) => {
    if (!(await mayDecide(pool, keyId, 'collection')))
      throw new LijianError('forbidden', `No API key ${keyId} may confirm or dispute statements`)
  }
  return {
    confirmCycle: ({ id, ...input }) =>
      refusalsAreFinal(async () => {
        const by = await personOf('partner-cycle.confirm', id, input, deps)
        await mustBeChecker(by)
        await cycles.confirm(id, by)
        return cycles.snapshot(id)
      }),
    disputeCycle: ({ id, ...input }) =>
      refusalsAreFinal(async () => {
        await mustBeChecker(await personOf('partner-cycle.dispute', id, input, deps))
        const parsed = disputeRequest.safeParse({ rows: input.rows })
        if (!parsed.success) throw new LijianError('invalid_request', 'The rows are not valid')
        await cycles.dispute(id, parsed.data)
        return cycles.snapshot(id)
      }),
    issueDueCycles: () => cycles.issueDue(),
  }
}
