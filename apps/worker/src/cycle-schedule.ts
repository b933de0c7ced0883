import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client'
import { ISSUE_WORKFLOW_TYPE, issueScheduleId } from '@lijian/workflow-partner-cycle'

/** Every hour, by the institution's clock. Issuing again what is issued does nothing, so one run at a time and none made up for is enough. */
export async function scheduleCycles(
  client: Client,
  { taskQueue, timeZone }: { taskQueue: string; timeZone: string },
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: issueScheduleId(taskQueue),
      spec: { calendars: [{ minute: 20, hour: '*' }], timezone: timeZone },
      action: {
        type: 'startWorkflow',
        workflowType: ISSUE_WORKFLOW_TYPE,
        taskQueue,
        args: [],
        workflowId: issueScheduleId(taskQueue),
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}
