import { acting } from '@lijian/database'
import type { Context } from '@temporalio/activity'
import type { ActivityInterceptors } from '@temporalio/worker'

/** Flows of payments: they change nothing that is audited, and pay nothing for it. */
const PAYMENTS = new Set(['marketingTransaction', 'reverseTransaction', 'refund', 'routeExpiry', 'routeExpiryTicks'])

/** What an activity changes is recorded as done by its flow; a decision's activity says whose it is (`personOf`). */
export const actingDoor = (context: Context): ActivityInterceptors => ({
  inbound: {
    execute: (input, next) => {
      const { activityType: operation, workflowExecution, workflowType } = context.info
      if (PAYMENTS.has(workflowType ?? '')) return next(input)
      return acting({ operation, actor: `flow/${workflowExecution?.workflowId ?? operation}` }, () => next(input))
    },
  },
})
