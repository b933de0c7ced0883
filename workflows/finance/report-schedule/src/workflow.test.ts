import { until, workflowStage } from '@lijian/testing'
import { ScheduleOverlapPolicy } from '@temporalio/client'
import {
  reportScheduleWorkflowId,
  WORKFLOW_TYPE,
  type ReportScheduleActivities,
  type ScheduledReport,
} from './contract'

const stage = workflowStage('report-schedule', __dirname)
const { taskQueue } = stage

type Look = Parameters<ReportScheduleActivities['askForReport']>[0]
const dates = { from: '2026-11-30', to: '2026-11-30' }
const patience = { everyMs: 20, looks: 2 }
const looks: Look[] = []
beforeEach(() => void (looks.length = 0))

/** Each look finds the next of the list; an Error is thrown. */
const finding = (found: (ScheduledReport | Error)[]) => ({
  askForReport: async (look: Look) => {
    looks.push(look)
    const next = found.shift() ?? { ...dates, is: 'asked' as const, run: 99 }
    if (next instanceof Error) throw next
    return next
  },
})

const occurrence = (name: string, found: (ScheduledReport | Error)[]) =>
  stage.play(finding(found), async () => {
    const workflowId = reportScheduleWorkflowId(taskQueue, name)
    const args = [{ schedule: name, patience }]
    const result = await stage.client.workflow.execute(WORKFLOW_TYPE, { workflowId, taskQueue, args })
    await stage.record(workflowId, name)
    return result
  })

const waits = { ...dates, is: 'waits' as const }
const asked = { ...dates, is: 'asked' as const, run: 7 }

test('sealed: asked for at the first look; PostgreSQL was away before', async () => {
  expect(await occurrence('sealed', [new Error('PostgreSQL is away'), asked])).toEqual({ ...asked, state: 'asked' })
  expect(looks.map(({ schedule, anyway }) => [schedule, anyway])).toEqual([
    ['sealed', false],
    ['sealed', false],
  ])
})

test('not sealed yet: it looks again until it is', async () => {
  expect(await occurrence('later', [waits, asked])).toEqual({ ...asked, state: 'asked' })
  expect(new Set(looks.map(({ scheduledAt }) => scheduledAt)).size).toBe(1)
})

test('never sealed: after so many looks it asks for what is there', async () => {
  expect(await occurrence('never', [waits, waits, asked])).toEqual({ ...asked, state: 'asked' })
  expect(looks.map(({ anyway }) => anyway)).toEqual([false, false, true])
})

test('ended in the meantime: nothing is asked for', async () => {
  const ended = { ...dates, is: 'ended' as const }
  expect(await occurrence('ended', [waits, ended])).toEqual({ ...ended, state: 'ended' })
})

test('times that were missed come each with its own time', () =>
  stage.play(finding([]), async () => {
    const workflowId = reportScheduleWorkflowId(taskQueue, 'missed')
    const schedule = await stage.client.schedule.create({
      scheduleId: workflowId,
      spec: { calendars: [{ hour: 7, minute: 30 }], timezone: 'Asia/Shanghai' },
      policies: { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: '30 days' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOW_TYPE,
        workflowId,
        taskQueue,
        args: [{ schedule: 'missed' }],
      },
    })
    const [start, end] = ['2026-11-01T00:00:00Z', '2026-11-03T12:00:00Z'].map((at) => new Date(at)) as [Date, Date]
    await schedule.backfill({ start, end, overlap: ScheduleOverlapPolicy.BUFFER_ALL })
    await until(async () => looks.length === 2 || undefined)
    await schedule.delete()
    expect(looks.map(({ scheduledAt }) => scheduledAt)).toEqual([
      '2026-11-01T23:30:00.000Z',
      '2026-11-02T23:30:00.000Z',
    ])
  }))

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['ended', 'later', 'never', 'sealed'])
})
