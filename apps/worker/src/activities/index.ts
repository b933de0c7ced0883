import type { FinalState, MarketingTransactionActivities } from '@lijian/workflow-marketing-transaction'
import { deliverWebhook, type WebhookDeps } from '../webhook/deliver'
import { openCase } from './cases'
import { doorActivities, type DoorActivityDeps } from './marketing-transaction'

export interface ActivityDeps extends DoorActivityDeps {
  webhook: Omit<WebhookDeps, 'pool' | 'clients'>
  onCase?: (kind: string) => void
}

/** Every activity of every flow, built over the servers they need. */
export function createActivities(deps: ActivityDeps): MarketingTransactionActivities {
  const { pool, clients } = deps
  return {
    ...doorActivities(deps),
    async openCase(input) {
      const { opened } = await openCase(pool, input)
      if (opened) deps.onCase?.(input.kind)
    },
    notify: (state: FinalState) => deliverWebhook(state, { ...deps.webhook, pool, clients }),
  }
}
