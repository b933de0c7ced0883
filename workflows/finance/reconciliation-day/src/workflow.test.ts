import { TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { until, workflowStage } from '@lijian/testing'
import {
  AGAIN_SIGNAL,
  DUE_WORKFLOW_TYPE,
  reconciliationWorkflowId,
  STATE_QUERY,
  TICKS_WORKFLOW_TYPE,
  WORKFLOW_TYPE,
  type DayState,
  type ReconciliationActivities,
} from './contract'

const stage = workflowStage('reconciliation', __dirname)
const { run, taskQueue } = stage

const state = (change: Partial<DayState>): DayState => ({
  sources: [
    { source: 'transactions', client: 'till', lines: 10, matchedLines: 9, outsideLines: 0, classes: { short: 1 } },
  ],
  counted: false,
  countsOn: '2026-11-05',
  openCases: 0,
  casesOpened: 0,
  ...change,
})

/** Each call of matchDay and openCases takes the next of its list; the last stays. */
function world(matches: DayState[], open: number[] = []) {
  const said: string[] = []
  const next = <T>(list: T[]) => (list.length > 1 ? list.shift()! : list[0]!)
  const activities: ReconciliationActivities = {
    matchDay: async ({ date }) => {
      said.push(`match ${date}`)
      return next(matches)
    },
    openCases: async () => next(open),
    remindOwners: async ({ ageDays }) => {
      said.push(`remind ${ageDays}`)
      return { wang: 1, '-': 2 }
    },
    dueDate: async ({ at }) => {
      expect(Number.isNaN(Date.parse(at))).toBe(false)
      return `due-${run}`
    },
  }
  return { said, activities }
}

const play = <T>({ activities }: ReturnType<typeof world>, work: () => Promise<T>) => stage.play(activities, work)
const start = (name: string, dayMs = 50) =>
  stage.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: reconciliationWorkflowId(`${name}-${run}`),
    taskQueue,
    args: [{ date: `${name}-${run}`, timing: { dayMs, remindAfterDays: [2, 3] } }],
  })
const record = (name: string) => stage.record(reconciliationWorkflowId(`${name}-${run}`), name)

test('matched once a day until the buffer is over; nothing differs: agreed', async () => {
  const it = world([state({}), state({}), state({ counted: true })])
  await play(it, async () => {
    const flow = await start('agreed')
    expect(await flow.result()).toMatchObject({ state: 'agreed' })
    expect(it.said).toEqual(Array(3).fill(`match agreed-${run}`))
    await record('agreed')
  })
})

test('cases are watched until they are ended, with reminders by age', async () => {
  const it = world([state({ counted: true, openCases: 2 })], [2, 2, 1, 0])
  await play(it, async () => {
    const flow = await start('left')
    expect(await flow.result()).toMatchObject({ state: 'left_open' })
    expect(it.said).toEqual([`match left-${run}`, 'remind 2', 'remind 3'])
    await record('left')
  })
  const other = world([state({ counted: true, openCases: 2 })], [2, 2, 0])
  await play(other, async () => {
    const flow = await start('resolved')
    expect(await flow.result()).toMatchObject({ state: 'resolved' })
    expect(other.said).toEqual([`match resolved-${run}`, 'remind 2'])
    await record('resolved')
  })
})

test('a late file: it is matched at once, within the buffer and after', async () => {
  const it = world([state({}), state({ counted: true, openCases: 1 }), state({ counted: true, openCases: 3 })], [0])
  await play(it, async () => {
    const flow = await start('late', 5_000)
    const seen = async (wanted: (view: DayState | null) => boolean) => {
      for (const until = Date.now() + 20_000; !wanted(await flow.query<DayState | null>(STATE_QUERY));) {
        if (Date.now() > until) throw new Error('not in time')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await seen((view) => view !== null && !view.counted)
    await flow.signal(AGAIN_SIGNAL)
    await seen((view) => view?.openCases === 1)
    await flow.signal(AGAIN_SIGNAL)
    await seen((view) => view?.openCases === 3)
    expect(await flow.result()).toMatchObject({ state: 'resolved' })
    await record('late')
  })
})

test('the schedule’s flow starts the day that is due, once', async () => {
  const it = world([state({})])
  await play(it, async () => {
    for (const n of [1, 2]) {
      const due = await stage.client.workflow.start(DUE_WORKFLOW_TYPE, {
        workflowId: `due-${n}-${run}`,
        taskQueue,
        args: [],
      })
      expect(await due.result()).toEqual({ state: n === 1 ? 'started' : 'under_way', date: `due-${run}` })
      await stage.record(`due-${n}-${run}`, `due-${n}`)
    }
    expect(it.said).toEqual([`match due-${run}`])
    await stage.client.workflow.getHandle(reconciliationWorkflowId(`due-${run}`)).terminate()
  })
})

test('in one flow, every day: what was missed comes day by day, of at most seven days', async () => {
  const workflowId = `ticks/reconciliation/${run}`
  const asked: string[] = []
  const dayMs = 86_400_000
  const activities = {
    nextRound: async ({ after }: { after: string }) =>
      new Date((Math.floor(Date.parse(after) / dayMs) + 1) * dayMs).toISOString(),
    dueDate: async ({ at }: { at: string }) => {
      asked.push(at.slice(0, 10))
      return `${run}-${at.slice(0, 10)}`
    },
    matchDay: async () => state({ counted: true, openCases: 0 }),
  }
  const daysAgo = (n: number) => new Date(Date.now() - n * dayMs).toISOString()
  await stage.play(activities, async () => {
    const flow = await stage.client.workflow.start(TICKS_WORKFLOW_TYPE, {
      workflowId,
      taskQueue,
      args: [{ after: daysAgo(30) }],
    })
    const days = [6, 5, 4, 3, 2, 1, 0].map((n) => daysAgo(n).slice(0, 10))
    await until(() => asked.length >= 7)
    expect(asked).toEqual(days)
    await until(async () => (await flow.query<TicksView>(TICKS_QUERY)).last?.includes(`started ${run}-${days[6]}`))
    await stage.record(workflowId, 'ticks')
    await flow.terminate()
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['agreed', 'due-1', 'due-2', 'late', 'left', 'resolved', 'ticks'])
})
