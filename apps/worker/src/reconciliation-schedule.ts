import { DUE_WORKFLOW_TYPE } from '@lijian/workflow-reconciliation-day'
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client'

export interface ReconciliationSchedule {
  taskQueue: string
  /** `HH:MM` in the time zone. */
  at: string
  timeZone: string
}

/** Of another task queue it is another stage's. */
export const reconciliationScheduleId = (taskQueue: string): string => `reconciliation/${taskQueue}`

/** Makes the daily schedule, or brings it to what the configuration says now. A worker that was away for a week catches up day by day. */
export async function keepReconciliationSchedule(
  { schedule }: Pick<Client, 'schedule'>,
  { taskQueue, at, timeZone }: ReconciliationSchedule,
): Promise<void> {
  const [hour, minute] = at.split(':').map(Number) as [number, number]
  const spec: ScheduleOptions['spec'] = { calendars: [{ hour, minute }], timezone: timeZone }
  const policies: ScheduleOptions['policies'] = { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '7 days' }
  const action = {
    type: 'startWorkflow' as const,
    workflowType: DUE_WORKFLOW_TYPE,
    workflowId: `reconciliation-due/${taskQueue}`,
    taskQueue,
    args: [],
  }
  const scheduleId = reconciliationScheduleId(taskQueue)
  try {
    await schedule.create({ scheduleId, spec, policies, action })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    await schedule.getHandle(scheduleId).update((before) => ({ ...before, spec, policies, action }))
  }
}
