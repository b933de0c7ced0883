import { workflowStage, until } from '@lijian/testing'
import { ApplicationFailure } from '@temporalio/common'
import {
  cardCaseWorkflowId,
  CHANGED_SIGNAL,
  DECIDE_UPDATE,
  EXPLAIN_UPDATE,
  STATE_QUERY,
  WORKFLOW_TYPE,
  type CardCaseReminder,
  type CardCaseSnapshot,
  type CardNotice,
  type CardNoticeOutcome,
  type Deciding,
  type Explaining,
} from './contract'

const stage = workflowStage('card-usage', __dirname)
const { run, taskQueue } = stage
const merchant = `M-${run}`

const notices: string[] = []
const reminders: CardCaseReminder[] = []
let notice: (notice: CardNotice) => Promise<CardNoticeOutcome>

beforeEach(() => {
  notices.length = 0
  reminders.length = 0
  notice = async () => 'delivered'
})

const snapshot = (id: number, version: number, changed: Partial<CardCaseSnapshot> = {}): CardCaseSnapshot => ({
  id,
  version,
  merchant,
  method: 'unionpay',
  parents: ['P1', 'P2'],
  state: 'waiting_explanation',
  period: '2026-11',
  threshold: 200,
  cards: 1,
  remindHours: 24,
  submitter: null,
  reason: null,
  returned: 0,
  openedAt: '2026-11-25T04:00:00.000Z',
  ...changed,
})
const explained = { state: 'waiting_review', submitter: 'ak_maker' } as const

function tell(body: CardCaseSnapshot, remindAfterMs?: number) {
  const { id, method } = body
  return stage.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    workflowId: cardCaseWorkflowId(merchant, method, id),
    taskQueue,
    args: [{ id, merchant, method, ...(remindAfterMs === undefined ? {} : { remindAfterMs }) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [{ version: body.version, body }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}

const activities = {
  noticeCardCase: async (one: CardNotice) => {
    const outcome = await notice(one)
    notices.push(`${one.kind} ${one.to} ${one.code.replace(merchant, 'M')}`)
    return outcome
  },
  remind: async (reminder: CardCaseReminder) => void reminders.push(reminder),
  explainCardCase: async ({ id, proof }: Explaining & { id: number }) => {
    if (proof === 'ak_reader') throw ApplicationFailure.nonRetryable('no', 'forbidden')
    return snapshot(id, 2, { ...explained, submitter: proof })
  },
  decideCardCase: async ({ id, proof, decision, reason }: Deciding & { id: number }) => {
    if (proof === 'ak_maker') throw ApplicationFailure.nonRetryable('no', 'maker_is_checker')
    if (decision === 'approve') return snapshot(id, 4, { ...explained, state: 'reopened' })
    return snapshot(id, 3, { submitter: 'ak_maker', reason: reason ?? null, returned: 1 })
  },
}
const play = <T>(work: () => Promise<T>) => stage.play(activities, work)

const record = (id: number, name: string) => stage.record(cardCaseWorkflowId(merchant, 'unionpay', id), name)
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { cause?: { type?: string } }) => error.cause?.type,
  )
const to = (kind: string) => [`${kind} parent P1`, `${kind} parent P2`, `${kind} merchant M`]

test('opened, explained, approved: parent institutions are told before the merchant, then that it is open again', () =>
  play(async () => {
    const flow = await tell(snapshot(1, 1))
    await until(() => notices.length === 3)
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'waiting_explanation', cards: 1 })
    await tell(snapshot(1, 2, { cards: 2 }))
    await tell(snapshot(1, 3, explained))
    await tell(snapshot(1, 4, { ...explained, state: 'reopened' }))
    expect(await flow.result()).toMatchObject({ state: 'reopened' })
    expect(notices).toEqual([...to('opened'), ...to('reopened')])
    await record(1, 'approved')
  }))

test('explained and sent back in Temporal, explained again, approved: who may not is refused', () =>
  play(async () => {
    const flow = await tell(snapshot(2, 1))
    const explain = (proof: string) => flow.executeUpdate(EXPLAIN_UPDATE, { args: [{ proof, file: 'oss://a.pdf' }] })
    const decide = (argument: object) => flow.executeUpdate(DECIDE_UPDATE, { args: [argument] })
    expect(await codeOf(explain(''))).toBe('invalid_request')
    expect(await codeOf(explain('ak_reader'))).toBe('forbidden')
    expect(await explain('ak_maker')).toMatchObject({ state: 'waiting_review' })
    // What people search by, not only what they read.
    expect((await flow.describe()).searchAttributes).toMatchObject({ LijianState: ['waiting_review'] })
    expect(await codeOf(decide({ proof: 'ak_maker', decision: 'approve' }))).toBe('maker_is_checker')
    expect(await decide({ proof: 'ak_other', decision: 'reject', reason: 'no invoices' })).toMatchObject({
      returned: 1,
    })
    await until(() => notices.includes('returned merchant M'))
    expect(await decide({ proof: 'ak_other', decision: 'approve' })).toMatchObject({ state: 'reopened' })
    expect(await flow.result()).toMatchObject({ state: 'reopened' })
    expect(notices).toEqual([...to('opened'), 'returned merchant M', ...to('reopened')])
    await record(2, 'sent-back-by-update')
  }))

test('kept suspended, then another explanation: the flow runs again under the same id', () =>
  play(async () => {
    const first = await tell(snapshot(3, 2, explained))
    await until(() => notices.length === 3)
    await tell(snapshot(3, 3, { ...explained, state: 'kept_suspended', reason: 'no invoices' }))
    expect(await first.result()).toMatchObject({ state: 'kept_suspended' })
    await record(3, 'kept')
    expect(notices).toEqual([...to('opened'), ...to('kept_suspended')])
    const again = await tell(snapshot(3, 4, explained))
    await tell(snapshot(3, 5, { ...explained, state: 'reopened' }))
    expect(await again.result()).toMatchObject({ state: 'reopened' })
    await record(3, 'explained-again')
  }))

test('nobody acts: reminded at intervals, the merchant by a notice, a reviewer by the log', () =>
  play(async () => {
    const flow = await tell(snapshot(4, 1), 300)
    await until(() => reminders.length >= 2)
    await tell(snapshot(4, 2, explained), 300)
    await until(() => reminders.some(({ kind }) => kind === 'waiting_review'))
    await tell(snapshot(4, 3, { ...explained, state: 'reopened' }), 300)
    await flow.result()
    const waits = new Set(reminders.map(({ kind, waitsFor }) => `${kind}: ${waitsFor}`))
    expect([...waits]).toEqual([
      `waiting_explanation: the written explanation of ${merchant}`,
      'waiting_review: a reviewer other than ak_maker',
    ])
    expect(reminders.map(({ times }) => times)).toEqual(reminders.map((_, i) => i + 1))
    const told = notices.filter((one) => one === 'reminder merchant M').length
    expect(told).toBeGreaterThanOrEqual(1)
    expect(told).toBeLessThanOrEqual(reminders.filter(({ kind }) => kind === 'waiting_explanation').length)
    await record(4, 'reminded')
  }))

test('the merchant is not told before its institution: a gateway that fails is tried again', () =>
  play(async () => {
    let failures = 2
    notice = async ({ code }) => {
      if (code === 'P1' && failures-- > 0) throw new Error('the receiver answered 503')
      return 'delivered'
    }
    const flow = await tell(snapshot(5, 1))
    await until(() => notices.length === 3)
    expect(notices).toEqual(to('opened'))
    await tell(snapshot(5, 2, { ...explained, state: 'reopened' }))
    await flow.result()
    await record(5, 'gateway-away')
  }))

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual([
    ...['approved', 'explained-again', 'gateway-away', 'kept', 'reminded', 'sent-back-by-update'],
  ])
})
