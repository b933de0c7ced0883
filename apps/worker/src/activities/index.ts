import type { MarketingTransactionActivities, OpenCaseInput } from '@lijian/workflow-transaction'
import type { CardCaseActivities, CardCaseReminder } from '@lijian/workflow-card-usage-case'
import type { ClearingDayActivities } from '@lijian/workflow-clearing-day'
import type { RefundActivities, RefundCaseInput } from '@lijian/workflow-refund'
import type { CycleActivities, CycleReminder } from '@lijian/workflow-partner-cycle'
import type { ApprovalActivities, Reminder } from '@lijian/workflow-approval'
import type { ReverseTransactionActivities } from '@lijian/workflow-reversal'
import type { RouteExpiryActivities } from '@lijian/workflow-expiry'
import { readCaseFound, readFinalState, transactionCases, type AskedToTell } from '@lijian/transactions'
import { deliverWebhook, type WebhookDeps } from '@lijian/notifications'
import { cardUsageActivities, type CardUsageActivityDeps } from './card-usage'
import { cycleActivities, type CycleActivityDeps } from './cycles'
import { approvalActivities, type ApprovalActivityDeps } from './approval'
import { clearingActivities, type ClearingActivityDeps } from './clearing-day'
import { doorActivities, type DoorActivityDeps } from './marketing-transaction'
import type { ProofDeps } from './proven'
import { reverse } from './reverse-transaction'

export interface ActivityDeps
  extends DoorActivityDeps, ApprovalActivityDeps, CycleActivityDeps, Omit<CardUsageActivityDeps, 'webhook'> {
  webhook: Omit<WebhookDeps, 'pool' | 'clients'>
  clearing: Omit<ClearingActivityDeps, 'onCase' | keyof ProofDeps>
  /** Ends what at most so many routes have reserved and whose time is over; how many there were. */
  expireRoutes: (limit: number) => Promise<number>
  onCase?: (kind: string) => void
  /** Somebody must act: a log line and a metric. */
  onReminder?: (reminder: Reminder | CycleReminder | CardCaseReminder) => void
}

/** Every activity of every flow, built over the servers they need. */
export function createActivities(
  deps: ActivityDeps,
): Omit<MarketingTransactionActivities, 'openCase'> &
  RefundActivities &
  ApprovalActivities &
  CycleActivities &
  CardCaseActivities &
  ClearingDayActivities &
  RouteExpiryActivities &
  Pick<ReverseTransactionActivities, 'reverse'> {
  const { pool, clients } = deps
  return {
    ...doorActivities(deps),
    ...approvalActivities(deps),
    ...cycleActivities(deps),
    ...cardUsageActivities(deps),
    remind: async (reminder: Reminder | CycleReminder | CardCaseReminder) => deps.onReminder?.(reminder),
    ...clearingActivities({ ...deps.clearing, pool, proofKeys: deps.proofKeys, onCase: deps.onCase }),
    expireRoutes: ({ limit }) => deps.expireRoutes(limit),
    reverse: (input) => reverse(deps, input),
    async openCase(input: OpenCaseInput | RefundCaseInput) {
      const found = await readCaseFound(pool, input)
      if (found !== null && (await transactionCases.open(pool, found))) deps.onCase?.(found.kind)
    },
    async notify(asked: AskedToTell) {
      const state = await readFinalState(pool, asked)
      if (state !== null) await deliverWebhook(state, { ...deps.webhook, pool, clients })
    },
  }
}
