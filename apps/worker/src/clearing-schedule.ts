import { DUE_WORKFLOW_TYPE } from '@lijian/workflow-clearing-day'
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client'

export interface ClearingScheduleOptions {
  timeZone: string
  /** End of the business date, "24:00". */
  cutOff: string
  afterMinutes: number
  taskQueue: string
}

export const scheduleId = (taskQueue: string): string => `clearing/${taskQueue}`

/**
 * Once a day after the cut-off, in the institution's zone. A tick opens every date that is over, so one that was missed does no harm; ticks
 * never overlap (one waits), and Temporal makes up for what it missed within 30 days itself.
 */
function optionsOf({ timeZone, cutOff, afterMinutes, taskQueue }: ClearingScheduleOptions): ScheduleOptions {
  const [hour, minute] = cutOff.split(':').map(Number) as [number, number]
  const at = hour * 60 + minute + afterMinutes
  return {
    scheduleId: scheduleId(taskQueue),
    spec: { calendars: [{ hour: Math.floor(at / 60) % 24, minute: at % 60 }], timezone: timeZone },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '30 days' },
    action: { type: 'startWorkflow', workflowType: DUE_WORKFLOW_TYPE, workflowId: 'clearing-due', taskQueue, args: [] },
  }
}

/** Makes the schedule, or brings it up to date with the configuration; many workers may do so at once. */
export async function keepClearingSchedule(client: Client, options: ClearingScheduleOptions): Promise<void> {
  const wanted = optionsOf(options)
  try {
    await client.schedule.create(wanted)
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    const { spec, policies, action } = wanted
    await client.schedule
      .getHandle(wanted.scheduleId)
      .update((before) => ({ ...before, spec, policies, action: action as typeof before.action }))
  }
}
