import { join } from 'node:path'
import { recordHistory, replayHistories, testTemporal, testWorkflowBundle, type TestTemporal } from '@lijian/testing'
import { Worker, type WorkflowBundle } from '@temporalio/worker'
import { reverseWorkflowId, WORKFLOW_TYPE, type ReverseFinalState, type ReverseSnapshot } from './contract'

const HISTORIES = join(__dirname, '..', 'histories')
const run = `${process.pid}-${Date.now()}`
const taskQueue = `reverse-transaction-${run}`

let temporal: TestTemporal
let bundle: WorkflowBundle
const told: ReverseFinalState[] = []
let failures = 0

beforeAll(async () => {
  temporal = await testTemporal()
  bundle = await testWorkflowBundle(require.resolve('./workflow'))
})
afterAll(() => temporal.close())
beforeEach(() => {
  told.length = 0
  failures = 0
})

const reverse = (differs: Partial<ReverseSnapshot>): ReverseSnapshot => ({
  client: 'till',
  serial: `R-${run}`,
  originalSerial: 'S1',
  kind: 'reversal',
  state: 'reversed',
  merchant: 'M0001',
  campaigns: ['CCB-2026-Q4'],
  offers: ['CCB-2026-Q4-FOOD'],
  partners: ['CCB'],
  amountFen: 10000,
  discountFen: 1500,
  payableFen: 8500,
  businessDate: '2026-11-23',
  notify: false,
  ...differs,
})

async function play(input: ReverseSnapshot): Promise<{ state: string; eventTypes: string[] }> {
  const notify = async (state: ReverseFinalState) => {
    if (failures-- > 0) throw new Error('the receiver answered 500')
    told.push(state)
  }
  const worker = await Worker.create({
    connection: temporal.native,
    taskQueue,
    workflowBundle: bundle,
    activities: { notify },
  })
  const workflowId = reverseWorkflowId(input.kind, input.client, input.serial)
  return worker.runUntil(async () => {
    const handle = await temporal.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [input] })
    const state = (await handle.result()) as string
    const { events } = await handle.fetchHistory()
    await recordHistory(
      temporal.client,
      workflowId,
      join(HISTORIES, `${input.kind}${input.notify ? '-notify' : ''}.json`),
    )
    return { state, eventTypes: (events ?? []).map(({ eventType }) => String(eventType)) }
  })
}

test.each([
  ['reversal', reverse({}), 'reversed'],
  ['void', reverse({ kind: 'void', state: 'voided' }), 'voided'],
])('a %s without a webhook ends in one workflow task', async (_kind, input, state) => {
  // Started, task scheduled, started and completed, workflow completed.
  expect(await play(input)).toEqual({ state, eventTypes: ['1', '5', '6', '7', '2'] })
  expect(told).toEqual([])
})

test('with a webhook it ends when that has accepted', async () => {
  failures = 1
  const { state } = await play(reverse({ serial: `N-${run}`, notify: true }))
  expect(state).toBe('reversed')
  expect(told).toEqual([
    {
      about: 'reversal',
      client: 'till',
      serial: `N-${run}`,
      originalSerial: 'S1',
      version: 1,
      state: 'reversed',
      merchant: 'M0001',
      amountFen: 10000,
      discountFen: 1500,
      payableFen: 8500,
      offers: ['CCB-2026-Q4-FOOD'],
      businessDate: '2026-11-23',
    },
  ])
})

test('every kept history still fits the code', async () => {
  const results = await replayHistories(HISTORIES, bundle)
  expect(results.map(({ workflowId, error }) => [workflowId, error?.message])).toEqual([
    ['reversal', undefined],
    ['reversal-notify', undefined],
    ['void', undefined],
  ])
})
