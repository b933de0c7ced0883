import { sendNotice, type CardUsageCases, type NoticeDeps } from '@lijian/card-usage'
import { cardCaseRejection, explanationRequest } from '@lijian/contracts/routing'
import { LijianError } from '@lijian/contracts/system'
import { mayAct } from '@lijian/identity'
import type { CardCaseActivities } from '@lijian/workflow-card-usage-case'
import { personOf, type ProofDeps } from './proven'
import { refusalsAreFinal } from './refusal'

export interface CardUsageActivityDeps extends NoticeDeps, ProofDeps {
  cardUsage: CardUsageCases
}

/** Explaining and deciding in Temporal: the same use cases as over HTTP, by the person whom the proof names; and notices. */
export function cardUsageActivities(deps: CardUsageActivityDeps): Omit<CardCaseActivities, 'remind'> {
  const { pool, cardUsage } = deps
  const mustBeAllowed = async (keyId: string) => {
    if (!(await mayAct(pool, keyId, 'cases')))
      throw new LijianError('forbidden', `No API key ${keyId} with the scope cases`)
  }
  return {
    explainCardCase: ({ id, ...input }) =>
      refusalsAreFinal(async () => {
        const by = await personOf('card-usage-case.explain', id, input, deps)
        const { file, note } = input
        await mustBeAllowed(by)
        await cardUsage.explain(id, valid(explanationRequest.safeParse({ file, note })), by)
        return cardUsage.snapshot(id)
      }),
    decideCardCase: ({ id, ...input }) =>
      refusalsAreFinal(async () => {
        const by = await personOf('card-usage-case.decide', id, input, deps)
        const { decision, reason, keepSuspended } = input
        await mustBeAllowed(by)
        if (decision === 'approve') await cardUsage.approve(id, by)
        else if (decision === 'reject')
          await cardUsage.reject(id, valid(cardCaseRejection.safeParse({ reason, keepSuspended })), by)
        else throw new LijianError('invalid_request', 'decision: expected "approve" or "reject"')
        return cardUsage.snapshot(id)
      }),
    noticeCardCase: (notice) => refusalsAreFinal(() => sendNotice(notice, deps)),
  }
}

function valid<T>(
  parsed:
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { message: string; path: PropertyKey[] }[] } },
): T {
  if (parsed.success) return parsed.data
  throw new LijianError(
    'invalid_request',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  )
}
