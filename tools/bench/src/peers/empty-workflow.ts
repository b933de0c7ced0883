import { proxyLocalActivities } from '@temporalio/workflow'

const { nothing } = proxyLocalActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '5s' })

/** The least that a workflow with one side effect costs: the yardstick of bench c. */
export async function emptyWorkflow(): Promise<void> {
  await nothing()
}
