import { NOW_SIGNAL, TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { until, workflowStage } from '@lijian/testing'
import { ApplicationFailure } from '@temporalio/common'
import {
  CHANGED_SIGNAL,
  CONFIRM_UPDATE,
  cycleWorkflowId,
  DISPUTE_UPDATE,
  ISSUE_WORKFLOW_TYPE,
  STATE_QUERY,
  TICKS_WORKFLOW_TYPE,
  WORKFLOW_TYPE,
  type CycleInput,
  type CycleReminder,
  type CycleSnapshot,
  type DisputeArgument,
} from './contract'

const stage = workflowStage('cycle', __dirname)
const { run, taskQueue } = stage

const reminders: CycleReminder[] = []
const disputed: DisputeArgument[] = []

beforeEach(() => {
  reminders.length = 0
  disputed.length = 0
})

const snapshot = (period: string, version: number, changed: Partial<CycleSnapshot> = {}): CycleSnapshot => ({
  id: 7,
  partner: `CCB-${run}`,
  cycle: 'month',
  period,
  from: '2026-11-01',
  to: '2026-11-30',
  campaigns: ['CCB-2026-Q4'],
  state: 'issued',
  version,
  openingFen: 0,
  incomeFen: 0,
  expenseFen: 1_500,
  closingFen: 1_500,
  dueFen: 1_500,
  paidFen: 0,
  openFen: 1_500,
  disputed: 0,
  balanceFen: null,
  lowBalance: false,
  issuedAt: '2026-12-01T02:20:00.000Z',
  ...changed,
})

function tell(body: CycleSnapshot, ageing?: CycleInput['ageing']) {
  const { id, partner, cycle, period } = body
  return stage.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    workflowId: cycleWorkflowId(partner, cycle, period),
    taskQueue,
    args: [{ id, partner, cycle, period, ...(ageing ? { ageing } : {}) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [{ version: body.version, body }],
  })
}

const activities = {
  remind: async (reminder: CycleReminder) => void reminders.push(reminder),
  confirmCycle: async ({ proof }: { proof: string }) => {
    if (proof === 'ak_reader') throw ApplicationFailure.nonRetryable('no', 'forbidden')
    return snapshot('updates', 3, { state: 'confirmed' })
  },
  disputeCycle: async (argument: DisputeArgument) => {
    disputed.push(argument)
    return snapshot('updates', 2, { state: 'disputed', disputed: 1 })
  },
  issueDueCycles: async () => 3,
}
const play = <T>(work: () => Promise<T>) => stage.play(activities, work)

const record = (period: string, name: string) => stage.record(cycleWorkflowId(`CCB-${run}`, 'month', period), name)
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { cause?: { type?: string } }) => error.cause?.type,
  )
const closed = { state: 'closed', paidFen: 1_500, openFen: 0 } as const

test('confirmed, paid in two parts, closed', () =>
  play(async () => {
    const flow = await tell(snapshot('paid', 1))
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'issued', openFen: 1_500 })
    await tell(snapshot('paid', 2, { state: 'confirmed' }))
    await tell(snapshot('paid', 3, { state: 'confirmed', paidFen: 500, openFen: 1_000 }))
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'confirmed', openFen: 1_000 })
    await tell(snapshot('paid', 4, closed))
    expect(await flow.result()).toMatchObject({ state: 'closed' })
    await record('paid', 'paid')
  }))

test('prepay: approved it is closed, before the relay came', () =>
  play(async () => {
    const flow = await tell(
      snapshot('prepay', 2, { ...closed, dueFen: 0, paidFen: 0, balanceFen: 900, lowBalance: true }),
    )
    expect(await flow.result()).toMatchObject({ state: 'closed' })
    await record('prepay', 'prepay')
  }))

test('disputed and confirmed in Temporal; a key that may not is refused, what is no dispute is not tried', () =>
  play(async () => {
    const flow = await tell(snapshot('updates', 1))
    const rows = [{ serial: 'S1', amount: 500, reason: 'not ours' }]
    const dispute = (argument: object) =>
      flow.executeUpdate(DISPUTE_UPDATE, { args: [{ proof: 'ak_checker', rows, ...argument }] })
    expect(await codeOf(dispute({ rows: [] }))).toBe('invalid_request')
    expect(await codeOf(dispute({ rows: [{ serial: 'S1', amount: 500, reason: 'call 13912345678' }] }))).toBe(
      'invalid_request',
    )
    expect(await codeOf(dispute({ proof: '' }))).toBe('invalid_request')
    expect(await dispute({})).toMatchObject({ state: 'disputed' })
    expect(disputed).toEqual([{ id: 7, proof: 'ak_checker', rows, update: expect.any(String) as string }])
    const confirm = (proof: string) => flow.executeUpdate(CONFIRM_UPDATE, { args: [{ proof }] })
    expect(await codeOf(confirm('ak_reader'))).toBe('forbidden')
    expect(await confirm('ak_checker')).toMatchObject({ state: 'confirmed' })
    await tell(snapshot('updates', 4, closed))
    expect(await flow.result()).toMatchObject({ state: 'closed' })
    await record('updates', 'disputed-confirmed')
  }))

test('while it is open somebody is reminded at each age, then it waits on', () =>
  play(async () => {
    const ageing = [30, 60, 90].map((days) => ({ days, afterMs: days * 5 }))
    const flow = await tell(snapshot('old', 1), ageing)
    for (const until = Date.now() + 20_000; reminders.length < 3 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(reminders.map(({ days, openFen, kind }) => [days, openFen, kind])).toEqual(
      [30, 60, 90].map((days) => [days, 1_500, 'month']),
    )
    await tell(snapshot('old', 2, closed))
    expect(await flow.result()).toMatchObject({ state: 'closed' })
    expect(reminders).toHaveLength(3)
    await record('old', 'aged')
  }))

test('what a schedule starts issues what is due', () =>
  play(async () => {
    const workflowId = `issue-${run}`
    expect(await stage.client.workflow.execute(ISSUE_WORKFLOW_TYPE, { workflowId, taskQueue, args: [] })).toEqual({
      state: 'done',
      statements: 3,
    })
    await stage.record(workflowId, 'issue')
  }))

test('in one flow, every hour', async () => {
  const workflowId = `ticks/cycles/${stage.run}`
  const next = new Date(Date.now() + 3_600_000).toISOString()
  await stage.play({ nextRound: async () => next, issueDueCycles: async () => 3 }, async () => {
    const flow = await stage.client.workflow.start(TICKS_WORKFLOW_TYPE, { workflowId, taskQueue, args: [{}] })
    await flow.signal(NOW_SIGNAL)
    await until(async () => (await flow.query<TicksView>(TICKS_QUERY)).last?.endsWith('3 statements issued'))
    await stage.record(workflowId, 'ticks')
    await flow.terminate()
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['aged', 'disputed-confirmed', 'issue', 'paid', 'prepay', 'ticks'])
})
