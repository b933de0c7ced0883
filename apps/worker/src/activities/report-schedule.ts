import type { ReportSchedules } from '@lijian/report-runs'
import type { ReportScheduleActivities } from '@lijian/workflow-report-schedule'
import { refusalsAreFinal } from './refusal'

/** What an occurrence of a report schedule asks of libs/finance/report-runs. */
export const reportScheduleActivities = (schedules: Pick<ReportSchedules, 'ask'>): ReportScheduleActivities => ({
  askForReport: ({ schedule, scheduledAt, anyway }) =>
    refusalsAreFinal(async () => {
      const found = await schedules.ask(schedule, Date.parse(scheduledAt), { anyway })
      const { is, from, to } = found
      return { is, from, to, ...(found.is === 'asked' ? { run: found.run.id } : {}) }
    }),
})
