import { workflowStage } from '@lijian/testing'
import { reverseWorkflowId, WORKFLOW_TYPE, type ReverseFinalState, type ReverseSnapshot } from './contract'

const stage = workflowStage('reverse-transaction', __dirname)
const { run, taskQueue } = stage

const told: ReverseFinalState[] = []
let failures = 0

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
  const workflowId = reverseWorkflowId(input.kind, input.client, input.serial)
  return stage.play({ notify }, async () => {
    const handle = await stage.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [input] })
    const state = (await handle.result()) as string
    const { events } = await handle.fetchHistory()
    await stage.record(workflowId, `${input.kind}${input.notify ? '-notify' : ''}`)
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
  expect(await stage.replayed()).toEqual(['reversal', 'reversal-notify', 'void'])
})
