import { PLAN_SIGNAL, type TicksInput } from '@lijian/flow-kit'
import * as clearing from '@lijian/workflow-clearing-day'
import * as expiry from '@lijian/workflow-expiry'
import * as cycle from '@lijian/workflow-partner-cycle'
import * as reconciliation from '@lijian/workflow-reconciliation-day'
import { ScheduleNotFoundError, type Client, type ScheduleDescription } from '@temporalio/client'

export type TickName = 'clearing' | 'cycles' | 'reconciliation' | 'route-expiry'

interface Tick {
  contract: { TICKS_WORKFLOW_TYPE: string; ticksWorkflowId: (taskQueue: string) => string }
  summary: string
  /** Of the schedule by which releases up to 2026-12 ticked. */
  scheduleId: (taskQueue: string) => string
}

const TICKS: Readonly<Record<TickName, Tick>> = {
  'route-expiry': {
    contract: expiry,
    summary: 'every minute: reservations of routes whose time is over',
    scheduleId: (taskQueue) => `route-expiry/${taskQueue}`,
  },
  clearing: {
    contract: clearing,
    summary: 'every day: dates to be cleared',
    scheduleId: (taskQueue) => `clearing/${taskQueue}`,
  },
  cycles: {
    contract: cycle,
    summary: 'every hour: statements that are due',
    scheduleId: (taskQueue) => `partner-cycles/${taskQueue}`,
  },
  reconciliation: {
    contract: reconciliation,
    summary: 'every day: the date to be reconciled',
    scheduleId: (taskQueue) => `reconciliation/${taskQueue}`,
  },
}
export const TICK_NAMES = Object.keys(TICKS) as TickName[]

export const ticksWorkflowId = (name: TickName, taskQueue: string): string =>
  TICKS[name].contract.ticksWorkflowId(taskQueue)

/** Notes by which a schedule that this release has paused is told from one that people had. */
const REPLACED = 'replaced by a flow of ticks'
const REPLACED_SUSPENDED = 'replaced by a flow of ticks, suspended as people had paused this schedule'

/**
 * Sees to it that the flow runs, once, and looks at its plan again: the configuration may have changed. The id is the lock, so many workers may do so at
 * once. The schedule of a release before is paused first, then read, and deleted last: whoever is killed in between goes on here.
 */
export async function keepTicks(
  client: Pick<Client, 'workflow' | 'schedule'>,
  name: TickName,
  taskQueue: string,
): Promise<void> {
  const { contract, summary, scheduleId } = TICKS[name]
  const schedule = client.schedule.getHandle(scheduleId(taskQueue))
  const before = await unlessGone(schedule.describe())
  if (before !== undefined && before.state.note !== noteFor(before)) await unlessGone(schedule.pause(noteFor(before)))
  const paused = before && (await unlessGone(schedule.describe()))
  await client.workflow.signalWithStart(contract.TICKS_WORKFLOW_TYPE, {
    workflowId: ticksWorkflowId(name, taskQueue),
    taskQueue,
    args: [paused === undefined ? {} : inputAfter(paused)],
    signal: PLAN_SIGNAL,
    signalArgs: [],
    staticSummary: summary,
  })
  if (paused !== undefined) await unlessGone(schedule.delete())
}

function noteFor({ state: { note, paused } }: ScheduleDescription): string {
  if (note === REPLACED || note === REPLACED_SUSPENDED) return note
  return paused ? REPLACED_SUSPENDED : REPLACED
}

/** The flow goes on where the schedule has stopped. */
function inputAfter({ info, state }: ScheduleDescription): TicksInput {
  const times = info.recentActions.map(({ scheduledAt }) => scheduledAt.getTime())
  const after = new Date(Math.max(info.createdAt.getTime(), ...times)).toISOString()
  return { after, ...(state.note === REPLACED_SUSPENDED ? { suspended: true } : {}) }
}

/** Another worker may have deleted it in the meantime. */
const unlessGone = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return undefined
    throw error
  })
