import { workflowStage } from '@lijian/testing'
import {
  CHANGED_SIGNAL,
  refundWorkflowId,
  STATE_QUERY,
  WORKFLOW_TYPE,
  type RefundCaseInput,
  type RefundFinalState,
  type RefundFlowState,
  type RefundInput,
  type RefundSnapshot,
} from './contract'

const stage = workflowStage('refund', __dirname)
const { run, taskQueue } = stage

const told: RefundFinalState[] = []
const cases: RefundCaseInput[] = []

beforeEach(() => {
  told.length = 0
  cases.length = 0
})

const snapshot = (serial: string, state: RefundFlowState, notify = false): RefundSnapshot => ({
  client: 'till',
  serial,
  originalSerial: 'S1',
  state,
  merchant: 'M0001',
  campaigns: ['CCB-2026-Q4'],
  offers: ['FOOD'],
  partners: ['CCB'],
  amountFen: 5000,
  payerFen: state === 'waiting' || state === 'refused' ? null : 4250,
  discountFen: state === 'waiting' || state === 'refused' ? null : 750,
  since: '2026-11-23T04:00:00.000Z',
  notify,
})

function tell(body: RefundSnapshot, version: number, ageing?: RefundInput['ageing']) {
  const { client, serial, originalSerial } = body
  return stage.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    workflowId: refundWorkflowId(client, serial),
    taskQueue,
    args: [{ client, serial, originalSerial, ...(ageing ? { ageing } : {}) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [{ version, body }],
  })
}

const activities = {
  notify: async (state: RefundFinalState) => void told.push(state),
  openCase: async (input: RefundCaseInput) => void cases.push(input),
}
const play = <T>(work: () => Promise<T>) => stage.play(activities, work)

const record = (serial: string, name: string) => stage.record(refundWorkflowId('till', serial), name)

test('waits for its original, then for its own result; the newest state counts, whatever order it comes in', () =>
  play(async () => {
    const serial = `R-${run}`
    const flow = await tell(snapshot(serial, 'waiting'), 1)
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'waiting' })
    await tell(snapshot(serial, 'refund_held'), 3)
    await tell(snapshot(serial, 'waiting'), 2)
    expect(await flow.query(STATE_QUERY)).toMatchObject({ state: 'refund_held', payerFen: 4250 })
    await tell(snapshot(serial, 'partially_refunded'), 4)
    expect(await flow.result()).toMatchObject({ state: 'partially_refunded' })
    await record(serial, 'waited')
    expect(told).toEqual([])
  }))

test('held and done before the relay came: one delivery, one end', () =>
  play(async () => {
    const serial = `O-${run}`
    const flow = await tell(snapshot(serial, 'refunded', true), 2)
    expect(await flow.result()).toMatchObject({ state: 'refunded' })
    await record(serial, 'refunded-notify')
    expect(told).toMatchObject([{ about: 'refund', serial, state: 'refunded', payableFen: 4250, discountFen: 750 }])
  }))

test.each(['cancelled', 'refused'] as const)('ends when it is %s', (state) =>
  play(async () => {
    const serial = `${state}-${run}`
    await tell(snapshot(serial, 'refund_held'), 1)
    const flow = await tell(snapshot(serial, state), 2)
    expect(await flow.result()).toMatchObject({ state })
    await record(serial, state)
  }),
)

test('without a result it becomes a case, and goes on waiting', () =>
  play(async () => {
    const serial = `A-${run}`
    const flow = await tell(snapshot(serial, 'refund_held'), 1, { sayAfterMs: 50, caseAfterMs: 100 })
    for (const until = Date.now() + 20_000; cases.length === 0 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(cases).toEqual([
      {
        kind: 'refund_open',
        client: 'till',
        serial,
        merchant: 'M0001',
        amountFen: 5000,
        discountFen: 750,
        paidFen: 4250,
      },
    ])
    await tell(snapshot(serial, 'refunded'), 2)
    expect(await flow.result()).toMatchObject({ state: 'refunded' })
    expect(cases).toHaveLength(1)
    await record(serial, 'aged')
  }))

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual(['aged', 'cancelled', 'refunded-notify', 'refused', 'waited'])
})
