import {
  condition,
  defineQuery,
  defineSignal,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow'
import {
  AGAIN_SIGNAL,
  reconciliationWorkflowId,
  STATE_QUERY,
  WORKFLOW_TYPE,
  type DayEnd,
  type DayState,
  type DayView,
  type OpenByOwner,
  type ReconciliationActivities,
  type ReconciliationDayInput,
} from './contract'

export const againSignal = defineSignal(AGAIN_SIGNAL)
export const stateQuery = defineQuery<DayView | null>(STATE_QUERY)

// One row of PostgreSQL, retried without end.
const quick = proxyActivities<Pick<ReconciliationActivities, 'openCases' | 'remindOwners' | 'dueDate'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '1m' },
})
// A pass over millions of lines; repeating it gives the same.
const matching = proxyActivities<Pick<ReconciliationActivities, 'matchDay'>>({
  startToCloseTimeout: '30m',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
  summary: 'matching',
})

const DAY_MS = 24 * 3_600_000
const TIMING = { dayMs: DAY_MS, remindAfterDays: [7, 14, 30] }

/**
 * One business date: matched once a day until the buffer is over, then its cases are watched until somebody has ended them, with reminders by
 * age. What it has not seen ended then stays open in `GET /v1/cases` and in the metrics.
 */
export async function reconciliationDay({ date, timing = TIMING }: ReconciliationDayInput): Promise<DayEnd> {
  let known: DayState | null = null
  let step: DayView['step'] = 'matching'
  let again = false
  setHandler(stateQuery, () => known && { ...known, step })
  setHandler(againSignal, () => {
    again = true
  })
  const match = async () => {
    again = false
    step = 'matching'
    known = await matching.matchDay({ date })
    step = known.counted ? 'cases' : 'waits'
    say(date, known)
    return known
  }

  let now = await match()
  while (!now.counted) {
    await condition(() => again, timing.dayMs)
    now = await match()
  }
  if (now.openCases === 0) return 'agreed'

  const reminders = [...timing.remindAfterDays]
  for (let ageDays = 0; reminders.length > 0;) {
    // What is imported late is matched anew, and may bring more cases.
    if (await condition(() => again, timing.dayMs)) {
      now = await match()
      continue
    }
    ageDays++
    const openCases = await quick.openCases({ date })
    known = { ...now, openCases }
    say(date, known)
    if (openCases === 0) return 'resolved'
    if (ageDays < reminders[0]!) continue
    reminders.shift()
    say(date, known, await quick.remindOwners({ date, ageDays }))
  }
  return 'left_open'
}

/** The schedule's: a date that is already under way is left alone. */
export async function reconciliationDue(): Promise<string> {
  const { startTime, searchAttributes } = workflowInfo()
  const [scheduled] = (searchAttributes['TemporalScheduledStartTime'] ?? []) as Date[]
  const date = await quick.dueDate({ at: (scheduled ?? startTime).toISOString() })
  try {
    await startChild(WORKFLOW_TYPE, {
      workflowId: reconciliationWorkflowId(date),
      args: [{ date }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `reconciliation of ${date}`,
    })
  } catch (error) {
    // By its name: workflow code takes nothing but types from @temporalio/common.
    if (!(error instanceof Error) || error.name !== 'WorkflowExecutionAlreadyStartedError') throw error
  }
  return date
}

function say(date: string, { sources, counted, countsOn, openCases }: DayState, reminded?: OpenByOwner): void {
  const head = counted
    ? `**${openCases} open case${openCases === 1 ? '' : 's'}** of ${date}`
    : `**pending** · ${date} · what differs is a case from ${countsOn} on`
  const lines = sources.map(({ source, client, lines: all, matchedLines, outsideLines, classes }) => {
    const differ = Object.entries(classes).map(([name, count]) => `${name} ${count}`)
    return `- ${source}${client === null ? '' : ` of ${client}`}: ${all} lines, ${matchedLines} matched, ${outsideLines} not ours; ${differ.join(', ') || 'nothing differs'}`
  })
  if (sources.length === 0) lines.push('⚠ nothing was imported for this date')
  if (reminded)
    lines.push(
      `reminded: ${Object.entries(reminded)
        .map(([owner, count]) => `${owner === '-' ? 'nobody owns' : owner} ${count}`)
        .join(', ')}`,
    )
  setCurrentDetails([head, ...lines].join('\n'))
}
