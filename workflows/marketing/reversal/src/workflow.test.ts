import { workflowStage } from '@lijian/testing'
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import {
  REVERSE_UPDATE,
  reverseWorkflowId,
  WORKFLOW_TYPE,
  type ReverseEnd,
  type ReverseFinalState,
  type ReverseRequestInput,
  type ReverseSnapshot,
} from './contract'

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
    const { state } = (await handle.result()) as ReverseEnd
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

describe('a client that asks while the flow still tells the transaction system', () => {
  const asked: ReverseRequestInput[] = []
  let accepts = false
  const activities = {
    notify: async () => {
      if (!accepts) throw new Error('the receiver answers 500')
    },
    reverse: async (input: ReverseRequestInput) => {
      asked.push(input)
      if (input.originalSerial !== 'S1') throw ApplicationFailure.nonRetryable('another reversal', 'serial_reused')
      return { answer: { serial: input.serial, state: 'reversed' }, snapshot: reverse({ ...input, notify: true }) }
    },
  }
  const ask = (serial: string, args: [string] | []) =>
    stage.client.workflow.executeUpdateWithStart<() => Promise<string>, object, [string] | []>(REVERSE_UPDATE, {
      args,
      startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPE, {
        workflowId: reverseWorkflowId('reversal', 'till', serial),
        taskQueue,
        args: [{ ask: 'reversal', client: 'till', serial, originalSerial: 'S1' }],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    })
  const refused = async (call: Promise<object>) => {
    const error: unknown = await call.catch((failure: unknown) => failure)
    return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
      ? error.cause.type
      : error
  }
  beforeEach(() => {
    asked.splice(0)
    accepts = false
  })
  const ends = async (serial: string, history: string) => {
    accepts = true
    const workflowId = reverseWorkflowId('reversal', 'till', serial)
    expect(await stage.client.workflow.getHandle(workflowId).result()).toMatchObject({ state: 'reversed' })
    await stage.record(workflowId, history)
  }

  test('is answered what was recorded through the other door', async () => {
    const serial = `H-${run}`
    const workflowId = reverseWorkflowId('reversal', 'till', serial)
    await stage.play(activities, async () => {
      const started = reverse({ serial, notify: true })
      await stage.client.workflow.start(WORKFLOW_TYPE, { workflowId, taskQueue, args: [started] })
      expect(await ask(serial, ['S1'])).toEqual({ serial, state: 'reversed' })
      expect(await refused(ask(serial, ['S2']))).toBe('serial_reused')
      await ends(serial, 'reversal-other-door')
    })
    expect(asked.map(({ ask: kind, originalSerial }) => [kind, originalSerial])).toEqual([
      ['reversal', 'S1'],
      ['reversal', 'S2'],
    ])
  })

  test('is refused when the serial is of another original; an older client does not say which', async () => {
    const serial = `A-${run}`
    await stage.play(activities, async () => {
      expect(await ask(serial, ['S1'])).toEqual({ serial, state: 'reversed' })
      expect(await refused(ask(serial, ['S2']))).toBe('serial_reused')
      expect(await ask(serial, [])).toEqual({ serial, state: 'reversed' })
      await ends(serial, 'reversal-asked')
    })
    expect(asked.map(({ originalSerial }) => originalSerial)).toEqual(['S1', 'S2'])
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual([
    'reversal',
    'reversal-asked',
    'reversal-notify',
    'reversal-other-door',
    'void',
  ])
})
