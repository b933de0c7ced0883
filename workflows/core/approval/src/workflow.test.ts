import { workflowStage, until } from '@lijian/testing'
import { ApplicationFailure } from '@temporalio/common'
import {
  CHANGED_SIGNAL,
  DECIDE_UPDATE,
  approvalWorkflowId,
  EARLIER_TYPE,
  STATE_QUERY,
  WORKFLOW_TYPE,
  type Decision,
  type ApprovalInput,
  type ApprovalSnapshot,
  type Reminder,
} from './contract'

const stage = workflowStage('funding', __dirname)
const run = Date.now() * 100
const { taskQueue } = stage
const hash = 'ab'.repeat(32)

const reminders: Reminder[] = []
const decided: Decision[] = []

beforeEach(() => {
  reminders.length = 0
  decided.length = 0
})

const snapshot = (n: number, version: number, state: ApprovalSnapshot['state']): ApprovalSnapshot => ({
  id: run + n,
  kind: 'receipt',
  subject: 'CCB',
  amountFen: 100_000,
  hash,
  version,
  state,
  maker: 'ak_maker',
  madeAt: '2026-11-23T04:00:00.000Z',
  checker: state === 'approved' || state === 'rejected' ? 'ak_checker' : null,
})

function tell(body: ApprovalSnapshot, remindAfterMs?: ApprovalInput['remindAfterMs'], type = WORKFLOW_TYPE) {
  return stage.client.workflow.signalWithStart(type, {
    workflowId: approvalWorkflowId(body.id, body.kind),
    taskQueue,
    args: [{ proposal: body.id, ...(remindAfterMs ? { remindAfterMs } : {}) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [{ version: body.version, body }],
  })
}

const activities = {
  remind: async (reminder: Reminder) => void reminders.push(reminder),
  expireProposal: async ({ proposal }: { proposal: number }) => snapshot(proposal - run, 9, 'expired'),
  decideProposal: async (input: Decision & { proposal: number }) => {
    decided.push(input)
    if (input.proof === 'ak_maker')
      throw ApplicationFailure.nonRetryable('Who has made it cannot approve it', 'maker_is_checker')
    return snapshot(input.proposal - run, 2, input.decision === 'approve' ? 'approved' : 'rejected')
  },
}
const play = <T>(work: () => Promise<T>) => stage.play(activities, work)

const record = (n: number, name: string) => stage.record(approvalWorkflowId(run + n, 'receipt'), name)
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { cause?: { type?: string } }) => error.cause?.type,
  )

test('decided over HTTP: it learns it and ends; the newest state counts', () =>
  play(async () => {
    const flow = await tell(snapshot(1, 1, 'proposed'))
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'proposed', maker: 'ak_maker' })
    await tell(snapshot(1, 3, 'approved'))
    await tell(snapshot(1, 2, 'proposed'))
    expect(await flow.result()).toMatchObject({ state: 'approved' })
    await record(1, 'approved')
  }))

test('decided in Temporal: the maker is refused, another key ends it; what is no decision is not tried', () =>
  play(async () => {
    const flow = await tell(snapshot(2, 1, 'proposed'))
    const decide = (decision: Partial<Decision>) =>
      flow.executeUpdate(DECIDE_UPDATE, { args: [{ proof: 'ak_checker', hash, decision: 'approve', ...decision }] })
    expect(await codeOf(decide({ proof: 'ak_maker' }))).toBe('maker_is_checker')
    expect(await codeOf(decide({ proof: '' }))).toBe('invalid_request')
    expect(await codeOf(decide({ hash: 'x' }))).toBe('invalid_request')
    expect(await codeOf(decide({ decision: 'reject' }))).toBe('invalid_request')
    expect(await codeOf(decide({ decision: 'reject', reason: 'to 44201500000000001234' }))).toBe('invalid_request')
    expect(decided).toHaveLength(1)
    expect(await decide({ decision: 'reject', reason: 'another amount' })).toMatchObject({
      state: 'rejected',
      checker: 'ak_checker',
    })
    expect(await flow.result()).toMatchObject({ state: 'rejected' })
    await record(2, 'rejected-by-update')
  }))

test('withdrawn by its maker it ends', () =>
  play(async () => {
    await tell(snapshot(3, 1, 'proposed'))
    const flow = await tell(snapshot(3, 2, 'withdrawn'))
    expect(await flow.result()).toMatchObject({ state: 'withdrawn' })
    await record(3, 'withdrawn')
  }))

test('while nobody acts somebody is reminded, again and again', () =>
  play(async () => {
    const flow = await tell(snapshot(4, 1, 'proposed'), [50, 100])
    for (const until = Date.now() + 20_000; reminders.length < 3 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(reminders.slice(0, 3)).toEqual(
      [1, 2, 3].map((times) => ({
        flow: 'approval',
        proposal: run + 4,
        kind: 'receipt',
        subject: 'CCB',
        waitsSince: '2026-11-23T04:00:00.000Z',
        times,
        ...(times < 3 ? {} : { escalated: true }),
      })),
    )
    await tell(snapshot(4, 2, 'approved'))
    expect(await flow.result()).toMatchObject({ state: 'approved' })
    await record(4, 'reminded')
  }))

test('nobody decides in time: PostgreSQL ends it', () =>
  play(async () => {
    const flow = await tell({ ...snapshot(5, 1, 'proposed'), expiresAt: new Date(Date.now() + 300).toISOString() })
    expect(await flow.result()).toMatchObject({ state: 'expired' })
    await record(5, 'expired')
  }))

test('a flow that an earlier release began goes on, and does not expire', () =>
  play(async () => {
    const expiresAt = new Date(Date.now() + 100).toISOString()
    const flow = await tell({ ...snapshot(6, 1, 'proposed'), expiresAt }, [50], EARLIER_TYPE)
    await until(() => reminders.some(({ flow: by, proposal }) => by === 'partner-funding' && proposal === run + 6))
    await tell({ ...snapshot(6, 2, 'approved'), expiresAt })
    expect(await flow.result()).toMatchObject({ state: 'approved' })
  }))

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual([
    'approved',
    'earlier-approved',
    'earlier-rejected-by-update',
    'earlier-reminded',
    'earlier-withdrawn',
    'expired',
    'rejected-by-update',
    'reminded',
    'withdrawn',
  ])
})
