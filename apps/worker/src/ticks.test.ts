import { randomUUID } from 'node:crypto'
import { TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { testTemporal, testWorkflowBundle, until, type TestTemporal } from '@lijian/testing'
import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client'
import { Worker } from '@temporalio/worker'
import { keepTicks, TICK_NAMES, ticksWorkflowId, type TickName } from './ticks'

let temporal: TestTemporal
let workflowBundle: { codePath: string }
const started = new Set<string>()
beforeAll(async () => {
  temporal = await testTemporal()
  workflowBundle = await testWorkflowBundle()
})
afterAll(async () => {
  for (const id of started) await temporal.client.workflow.getHandle(id).terminate()
  await temporal.close()
})

const queue = () => `ticks-${randomUUID()}`
const keep = (name: TickName, taskQueue: string) => {
  started.add(ticksWorkflowId(name, taskQueue))
  return keepTicks(temporal.client, name, taskQueue)
}
const flowOf = (name: TickName, taskQueue: string) =>
  temporal.client.workflow.getHandle(ticksWorkflowId(name, taskQueue))
const runs = async (taskQueue: string) =>
  (await temporal.client.workflow.count(`TaskQueue = '${taskQueue}' AND WorkflowType STARTS_WITH 'r'`)).count

/** As the release before left it, written out: the schedule of reconciliation, which has run at 10:30 of these days. */
async function scheduleOfBefore(taskQueue: string) {
  const schedule = await temporal.client.schedule.create({
    scheduleId: `reconciliation/${taskQueue}`,
    spec: { calendars: [{ hour: 10, minute: 30 }], timezone: 'Asia/Shanghai' },
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '7 days' },
    action: {
      type: 'startWorkflow',
      workflowType: 'reconciliationDue',
      workflowId: `reconciliation-due/${taskQueue}`,
      taskQueue,
      args: [],
    },
  })
  return schedule
}
const inputOf = async (taskQueue: string) => {
  const { events } = await flowOf('reconciliation', taskQueue).fetchHistory()
  const [payload] = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!
  return JSON.parse(String(Buffer.from(payload!.data!))) as { after?: string; suspended?: boolean }
}
const gone = (taskQueue: string) =>
  expect(temporal.client.schedule.getHandle(`reconciliation/${taskQueue}`).describe()).rejects.toThrow(
    ScheduleNotFoundError,
  )

test('two workers at once make one flow of each; a restart makes no other', async () => {
  const taskQueue = queue()
  await Promise.all(TICK_NAMES.flatMap((name) => [keep(name, taskQueue), keep(name, taskQueue), keep(name, taskQueue)]))
  const first = await flowOf('route-expiry', taskQueue).describe()
  await Promise.all(TICK_NAMES.map((name) => keep(name, taskQueue)))
  expect((await flowOf('route-expiry', taskQueue).describe()).runId).toBe(first.runId)
  expect(await first.staticSummary()).toBe('every minute: reservations of routes whose time is over')
  await until(async () => (await runs(taskQueue)) === 2)
})

test('the schedule of the release before hands over where it stopped, once', async () => {
  const taskQueue = queue()
  const schedule = await scheduleOfBefore(taskQueue)
  await schedule.trigger()
  const at = await until(async () => {
    const { createdAt, recentActions } = (await schedule.describe()).info
    // Temporal may take the trigger a moment before it notes when the schedule was made.
    return recentActions[0] && new Date(Math.max(Number(createdAt), Number(recentActions[0].scheduledAt)))
  })
  await Promise.all([keep('reconciliation', taskQueue), keep('reconciliation', taskQueue)])
  expect(await inputOf(taskQueue)).toEqual({ after: at.toISOString() })
  await gone(taskQueue)
})

test('a worker that was killed in between is taken up; what people had paused stays suspended', async () => {
  const taskQueue = queue()
  const schedule = await scheduleOfBefore(taskQueue)
  const { createdAt } = (await schedule.describe()).info
  await schedule.pause('the bank’s files are wrong')
  const dies = { ...temporal.client, workflow: { signalWithStart: () => Promise.reject(new Error('killed')) } }
  await expect(keepTicks(dies as never, 'reconciliation', taskQueue)).rejects.toThrow('killed')
  expect((await schedule.describe()).state).toMatchObject({ paused: true, note: expect.stringContaining('suspended') })
  await keep('reconciliation', taskQueue)
  expect(await inputOf(taskQueue)).toEqual({ after: createdAt.toISOString(), suspended: true })
  await gone(taskQueue)
})

test('a flow outlives its workers: the next one does what was missed', async () => {
  const taskQueue = queue()
  let rounds = 0
  const withWorker = async (body: () => Promise<void>) => {
    const activities = { expireRoutes: async () => ++rounds && 0 }
    const worker = await Worker.create({ connection: temporal.native, taskQueue, workflowBundle, activities })
    await worker.runUntil(body)
  }
  await temporal.client.workflow.start('routeExpiryTicks', {
    workflowId: ticksWorkflowId('route-expiry', taskQueue),
    taskQueue,
    args: [{ after: '2026-01-01T00:00:00.000Z' }],
  })
  const flow = flowOf('route-expiry', taskQueue)
  await withWorker(async () => void (await until(() => rounds === 1)))
  await keep('route-expiry', taskQueue)
  await withWorker(async () => {
    const view = await until(async () => {
      const now = await flow.query<TicksView>(TICKS_QUERY)
      return now.next !== null && Date.parse(now.next) > Date.now() && now
    })
    expect(view).toMatchObject({ state: 'ticking', last: expect.stringContaining('0 payments') })
  })
})
