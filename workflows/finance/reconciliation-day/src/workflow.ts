import { inWords, named, ticking, type TickActivities, type TicksInput } from '@lijian/flow-kit'
import {
  condition,
  defineQuery,
  defineSignal,
  ParentClosePolicy,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow'
import {
  AGAIN_SIGNAL,
  endOf,
  reconciliationWorkflowId,
  STATE_QUERY,
  WORKFLOW_TYPE,
  type DayEnd,
  type DayState,
  type DayView,
  type DueEnd,
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
  summary: 'PostgreSQL',
})
// A pass over millions of lines; repeating it gives the same.
const matching = proxyActivities<Pick<ReconciliationActivities, 'matchDay'>>({
  startToCloseTimeout: '30m',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
  summary: 'matching',
})

const plan = proxyLocalActivities<TickActivities>({ startToCloseTimeout: '5s', summary: 'plan' })

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
    await condition(() => again, timing.dayMs, named(`what is imported; next matching, ${inWords(timing.dayMs)}`))
    now = await match()
  }
  if (now.openCases === 0) return endOf('agreed', now)

  const reminders = [...timing.remindAfterDays]
  let reminded: OpenByOwner | undefined
  for (let ageDays = 0; reminders.length > 0;) {
    // What is imported late is matched anew, and may bring more cases.
    const what = named(`${known?.openCases ?? 0} open case(s); reminder at ${reminders[0]} days, looked at each day`)
    if (await condition(() => again, timing.dayMs, what)) {
      now = await match()
      continue
    }
    ageDays++
    const openCases = await quick.openCases({ date })
    known = { ...now, openCases }
    say(date, known)
    if (openCases === 0) return endOf('resolved', known)
    if (ageDays < reminders[0]!) continue
    reminders.shift()
    const remind = quick.remindOwners
    reminded = await remind.executeWithOptions({ summary: `reminder at ${ageDays} days` }, [{ date, ageDays }])
    say(date, known, reminded)
  }
  // What people do with these cases from now on is no more learnt here.
  say(date, known ?? now, reminded, true)
  return endOf('left_open', known ?? now)
}

/** Every day at its time, in one flow; a worker that was away for a week catches up day by day. */
export const reconciliationTicks = (input: TicksInput): Promise<never> =>
  ticking(input, {
    what: 'the date that is over is reconciled, every day',
    next: (after) => plan.nextRound({ of: 'reconciliation', after }),
    round: async (at) => {
      const { state, date } = await startDue(at)
      return state === 'started' ? `started ${date}` : `${date} was under way`
    },
    missed: { eachOfDays: 7 },
  })

/** The date that is due: by hand, and by schedules of releases up to 2026-12. */
export async function reconciliationDue(): Promise<DueEnd> {
  const { startTime, searchAttributes } = workflowInfo()
  const [scheduled] = (searchAttributes['TemporalScheduledStartTime'] ?? []) as Date[]
  return startDue((scheduled ?? startTime).toISOString())
}

/** A date that is already under way is left alone. */
async function startDue(at: string): Promise<DueEnd> {
  const date = await quick.dueDate({ at })
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
    return { state: 'under_way', date }
  }
  return { state: 'started', date }
}

function say(date: string, now: DayState, reminded?: OpenByOwner, isOver = false): void {
  const { sources, counted, countsOn, openCases } = now
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
  if (isOver) lines.push('⚠ the flow ended with these cases open: GET /v1/cases has how they stand now')
  setCurrentDetails([head, ...lines].join('\n'))
}
