import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReportScheduleAnswer } from '@lijian/contracts/finance'
import { canonicalJson } from '@lijian/contracts/system'
import { isKept, type ReportSchedules } from '@lijian/report-runs'
import { reportScheduleWorkflowId, WORKFLOW_TYPE } from '@lijian/workflow-report-schedule'
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type CalendarSpec,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client'

export interface ReportScheduleOptions {
  schedules: Pick<ReportSchedules, 'list'>
  taskQueue: string
  /** Of schedules that name none. */
  timeZone: string
  onError: (error: unknown, schedule?: string) => void
  /** Told once of a schedule whose key was revoked. */
  onStopped: (schedule: string) => void
  everyMs?: number
}

const EVERY_MS = 5000

/** Keeps Temporal's schedules as PostgreSQL has them: all at the start, and what changed every few seconds. Returns how to stop. */
export function keepReportSchedules(
  client: Pick<Client, 'schedule'>,
  options: ReportScheduleOptions,
): () => Promise<void> {
  const { schedules, everyMs = EVERY_MS, onError, onStopped } = options
  const over = new AbortController()
  const kept = new Map<string, string>()
  const look = async () => {
    for (const schedule of (await schedules.list(() => true)).schedules) {
      const state = stateOf(schedule, options)
      if (kept.get(schedule.code) === state || over.signal.aborted) continue
      try {
        await keep(client, schedule, options)
        kept.set(schedule.code, state)
        if (schedule.stopped) onStopped(schedule.code)
      } catch (error) {
        onError(error, schedule.code)
      }
    }
  }
  const run = async () => {
    while (!over.signal.aborted) {
      await look().catch((error: unknown) => onError(error))
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return () => {
    over.abort()
    return running
  }
}

/**
 * Many workers may do so at once. A schedule that is as it should be is left alone: Temporal does not make up for times before an update, and a
 * worker that starts after an outage would forget what was missed.
 */
async function keep(
  client: Pick<Client, 'schedule'>,
  schedule: ReportScheduleAnswer,
  options: ReportScheduleOptions,
): Promise<void> {
  const wanted = optionsOf(schedule, options)
  const handle = client.schedule.getHandle(wanted.scheduleId)
  if (!isKept(schedule)) {
    await handle.delete().catch((error: unknown) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error
    })
    return
  }
  try {
    await client.schedule.create(wanted)
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    const { spec, policies, action, state } = wanted
    const there = await handle.describe()
    if (there.state.note === state?.note) return
    await handle.update((before) => ({
      ...before,
      spec,
      policies,
      action: action as typeof before.action,
      state: { ...before.state, note: state?.note },
    }))
  }
}

function optionsOf(schedule: ReportScheduleAnswer, options: ReportScheduleOptions): ScheduleOptions {
  const { code, zone = options.timeZone } = schedule
  const { taskQueue } = options
  const id = reportScheduleWorkflowId(taskQueue, code)
  return {
    scheduleId: id,
    spec: { calendars: [calendarOf(schedule)], timezone: zone },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: '30 days' },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPE,
      workflowId: id,
      taskQueue,
      args: [{ schedule: code }],
    },
    state: { note: `report ${schedule.kind}, ${stateOf(schedule, options)}` },
  }
}

function calendarOf({ at, when }: ReportScheduleAnswer): CalendarSpec {
  const [hour, minute] = at.split(':').map(Number) as [number, number]
  if (when.every === 'day') return { hour, minute }
  if (when.every === 'month') return { hour, minute, dayOfMonth: when.on }
  const dayOfWeek = when.on.map((day) => day.toUpperCase() as Uppercase<typeof day>)
  return { hour, minute, dayOfWeek }
}

/** Changes with whatever Temporal must know of a schedule, and with nothing else. */
function stateOf(schedule: ReportScheduleAnswer, { timeZone }: ReportScheduleOptions): string {
  const { at, when, zone = timeZone } = schedule
  const known = canonicalJson({ at, when, zone, active: isKept(schedule) })
  return createHash('sha256').update(known).digest('hex').slice(0, 16)
}
