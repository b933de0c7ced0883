/** Names and shapes of the flow that a report schedule starts. Types and constants only. */
export const WORKFLOW_TYPE = 'reportSchedule'

/** Of another task queue it is another house's. */
export const reportScheduleWorkflowId = (taskQueue: string, schedule: string): string =>
  `report/${taskQueue}/${schedule}`

export interface ReportScheduleInput {
  schedule: string
  /** Absent: 5 minutes between looks, 72 looks. */
  patience?: { everyMs: number; looks: number }
}

/** What became of one look. waits: the dates are not sealed. ended: the schedule was ended in the meantime. */
export interface ScheduledReport {
  is: 'asked' | 'waits' | 'ended'
  from: string
  to: string
  run?: number
}

/** What the flow returns. */
export interface ReportEnd extends ScheduledReport {
  state: ScheduledReport['is']
}

export interface ReportScheduleActivities {
  /** Asks for the report of the dates that the scheduled time means. Safe to repeat: the same report is asked for once. */
  askForReport(input: { schedule: string; scheduledAt: string; anyway: boolean }): Promise<ScheduledReport>
}
