import { routeExpiryWorkflowId, WORKFLOW_TYPE } from '@lijian/workflow-expiry'
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client'

/** Of another task queue it is another stage's. */
export const routeExpiryScheduleId = (taskQueue: string): string => `route-expiry/${taskQueue}`

/** Makes the schedule of every minute, or brings it to what it is in this release. What was missed is swept by the next one. */
export async function keepRouteExpirySchedule(
  { schedule }: Pick<Client, 'schedule'>,
  { taskQueue }: { taskQueue: string },
): Promise<void> {
  const spec: ScheduleOptions['spec'] = { intervals: [{ every: '1m' }] }
  const policies: ScheduleOptions['policies'] = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' }
  const workflowId = routeExpiryWorkflowId(taskQueue)
  const action = { type: 'startWorkflow' as const, workflowType: WORKFLOW_TYPE, workflowId, taskQueue, args: [] }
  const scheduleId = routeExpiryScheduleId(taskQueue)
  try {
    await schedule.create({ scheduleId, spec, policies, action })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    await schedule.getHandle(scheduleId).update((before) => ({ ...before, spec, policies, action }))
  }
}
