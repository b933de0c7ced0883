import { named } from '@lijian/flow-kit'
import { proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow'
import type { ReportEnd, ReportScheduleActivities, ReportScheduleInput, ScheduledReport } from './contract'

const { askForReport } = proxyActivities<ReportScheduleActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  summary: 'whether the dates are sealed',
})

const PATIENCE = { everyMs: 5 * 60_000, looks: 72 }

/** One occurrence: asks for the report of its dates, once they are sealed; when that takes too long, of what is there. */
export async function reportSchedule({ schedule, patience = PATIENCE }: ReportScheduleInput): Promise<ReportEnd> {
  const scheduledAt = scheduledTime().toISOString()
  for (let look = 1; ; look++) {
    const found = await askForReport({ schedule, scheduledAt, anyway: look > patience.looks })
    setCurrentDetails(linesOf(schedule, found))
    if (found.is !== 'waits') return { state: found.is, ...found }
    await sleep(patience.everyMs, named(`the seal of ${found.to}, looked at`, Date.now() + patience.everyMs))
  }
}

/** The time that the schedule meant, which is long ago when a missed one is made up for; started by hand: now. */
function scheduledTime(): Date {
  const { searchAttributes, startTime } = workflowInfo()
  const [nominal] = searchAttributes['TemporalScheduledStartTime'] ?? []
  return nominal instanceof Date ? nominal : startTime
}

function linesOf(schedule: string, { is, from, to, run }: ScheduledReport): string {
  const what = `${schedule}: ${from === to ? from : `${from} to ${to}`}`
  if (is === 'asked') return `${what}, report run ${run}`
  return is === 'ended' ? `${what}, the schedule was ended` : `${what} waits until ${to} is sealed`
}
