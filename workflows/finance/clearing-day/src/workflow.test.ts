import { NOW_SIGNAL, PLAN_SIGNAL, TICKS_QUERY, type TicksView } from '@lijian/flow-kit'
import { workflowStage, until } from '@lijian/testing'
import { ApplicationFailure } from '@temporalio/common'
import {
  ACKNOWLEDGE_UPDATE,
  CHANGED_SIGNAL,
  clearingWorkflowId,
  DUE_WORKFLOW_TYPE,
  STATE_QUERY,
  TICKS_WORKFLOW_TYPE,
  WORKFLOW_TYPE,
  type AcknowledgeInput,
  type Changed,
  type ClearingDayActivities,
  type FileFlowState,
  type FileSnapshot,
  type Patience,
  type RunSnapshot,
} from './contract'

const stage = workflowStage('clearing', __dirname)
const { run, taskQueue } = stage

/** What PostgreSQL would know, in a few lines: the flow's steps change it as libs/finance/clearing does. */
class Outside {
  version = 1
  state: RunSnapshot['state'] = 'opened'
  files: FileSnapshot[] = []
  steps: string[] = []
  differences: string[][] = []
  turns = 0
  constructor(
    readonly businessDate: string,
    readonly rows = 3,
  ) {}

  changed(): Changed {
    const { businessDate, state, files } = this
    const body = { businessDate, settlementDate: '2026-10-27', state, files: files.map((file) => ({ ...file })) }
    return { version: ++this.version, body }
  }
  add(version: number): void {
    const name = `main_amount_v${version}.csv`
    this.files = [
      { id: version, name, kind: 'amount', clearingSystem: 'main', version, rows: this.rows, state: 'created' },
    ]
  }
  become(state: FileFlowState): Changed {
    this.files[0]!.state = state
    if (state === 'acknowledged') this.state = 'acknowledged'
    return this.changed()
  }
  activities(): ClearingDayActivities {
    const step = (name: string) => void this.steps.push(name)
    return {
      waitTurn: async () => {
        if (this.turns-- > 0) throw ApplicationFailure.retryable('waits for the date before', 'waits')
        step('turn')
      },
      freezeDay: async () => {
        step('freeze')
        if (this.state === 'opened') this.add(1)
        this.state = 'frozen'
        return this.changed()
      },
      writeClearingFile: async ({ fileId }) => step(`write ${fileId}`),
      proveDay: async () => {
        step('prove')
        return { differences: this.differences.shift() ?? [] }
      },
      publishDay: async () => {
        step('publish')
        this.state = 'published'
        return this.become('published')
      },
      openProofCase: async ({ differences }) => step(`case ${differences.join()}`),
      remindClearing: async () => step('remind'),
      giveUpWaiting: async () => {
        step('missing')
        return this.become('missing')
      },
      settleDay: async () => {
        step('settle')
        this.state = 'settled'
        return this.changed()
      },
      publishSettlement: async () => step('payout'),
      acknowledgeFile: async ({ fileId, outcome }: AcknowledgeInput) => {
        if (fileId === 9) throw ApplicationFailure.nonRetryable('no file 9', 'not_found')
        return this.become(outcome === 'accepted' ? 'acknowledged' : 'refused')
      },
      openDueRuns: async () => ['2026-10-26'],
    }
  }
}

async function play<T>(
  outside: Outside,
  work: (flow: Awaited<ReturnType<typeof start>>) => Promise<T>,
  patience?: Partial<Patience>,
) {
  return stage.play(outside.activities(), async () => work(await start(outside, patience)))
}

const start = (outside: Outside, patience?: Partial<Patience>) => tell(outside, outside.changed(), patience)

/** As the relay does it. */
function tell({ businessDate }: Outside, changed: Changed, patience?: Partial<Patience>) {
  return stage.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    workflowId: clearingWorkflowId(businessDate),
    taskQueue,
    args: [{ businessDate, ...(patience ? { patience } : {}) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [changed],
  })
}

const record = ({ businessDate }: Outside, name: string) => stage.record(clearingWorkflowId(businessDate), name)

test('an empty day goes the whole way; its acknowledgement comes by the update', () => {
  const outside = new Outside(`empty-${run}`, 0)
  return play(outside, async (flow) => {
    await until(() => outside.steps.includes('publish'))
    const acknowledge = (fileId: number) =>
      flow.executeUpdate(ACKNOWLEDGE_UPDATE, {
        args: [{ proof: 'p', fileId, outcome: 'accepted' } satisfies AcknowledgeInput],
      })
    // The refusal itself, not that an activity failed.
    await expect(acknowledge(9)).rejects.toMatchObject({ cause: { type: 'not_found', message: 'no file 9' } })
    await acknowledge(1)
    expect(await flow.result()).toMatchObject({ state: 'settled' })
    expect(outside.steps).toEqual(['turn', 'freeze', 'write 1', 'prove', 'publish', 'settle', 'payout'])
    await record(outside, 'empty-day')
  })
})

test('it waits for the date before, and the pending activity says so', () => {
  const outside = new Outside(`turn-${run}`)
  outside.turns = 2
  return play(outside, async (flow) => {
    await until(() => outside.steps.includes('publish'))
    await tell(outside, outside.become('acknowledged'))
    expect(await flow.result()).toMatchObject({ state: 'settled' })
    await record(outside, 'waited-for-turn')
  })
})

test('a refused file waits for its replacement, which is made, proved and published like the first', () => {
  const outside = new Outside(`refused-${run}`)
  return play(outside, async (flow) => {
    await until(() => outside.steps.includes('publish'))
    await tell(outside, outside.become('refused'))
    expect(await flow.query<RunSnapshot>(STATE_QUERY)).toMatchObject({ files: [{ state: 'refused' }] })
    outside.add(2)
    outside.state = 'frozen'
    await tell(outside, outside.changed())
    await until(() => outside.steps.filter((step) => step === 'publish').length === 2)
    // What the outbox tells late changes nothing.
    await tell(outside, { version: 1, body: { ...outside.changed().body, state: 'opened', files: [] } })
    await tell(outside, outside.become('acknowledged'))
    expect(await flow.result()).toMatchObject({ state: 'settled' })
    expect(outside.steps).toEqual([
      ...['turn', 'freeze', 'write 1', 'prove', 'publish'],
      ...['write 2', 'prove', 'publish', 'settle', 'payout'],
    ])
    await record(outside, 'refused-and-replaced')
  })
})

test('without an acknowledgement it reminds, then a case; one that comes late is taken', () => {
  const outside = new Outside(`missing-${run}`)
  return play(
    outside,
    async (flow) => {
      await until(() => outside.steps.includes('missing'))
      await tell(outside, outside.become('acknowledged'))
      expect(await flow.result()).toMatchObject({ state: 'settled' })
      expect(outside.steps).toEqual([
        ...['turn', 'freeze', 'write 1', 'prove', 'publish', 'remind', 'remind', 'missing', 'settle', 'payout'],
      ])
      await record(outside, 'missing-acknowledgement')
    },
    { remindAfterMs: 100, caseAfterMs: 200 },
  )
})

test('a file that does not agree with the ledger is not published: a case, and again', () => {
  const outside = new Outside(`proof-${run}`)
  outside.differences = [['1500 fen, the ledger has 1400'], []]
  return play(
    outside,
    async (flow) => {
      await until(() => outside.steps.includes('publish'))
      await tell(outside, outside.become('acknowledged'))
      expect(await flow.result()).toMatchObject({ state: 'settled' })
      expect(outside.steps).toEqual([
        ...['turn', 'freeze', 'write 1', 'prove', 'case 1500 fen, the ledger has 1400'],
        ...['write 1', 'prove', 'publish', 'settle', 'payout'],
      ])
      await record(outside, 'proof-failed')
    },
    { proveAgainMs: 100 },
  )
})

test('the tick of the schedule opens what is due', () => {
  const outside = new Outside(`due-${run}`)
  return play(outside, async (flow) => {
    await flow.terminate()
    const options = { workflowId: `clearing-due-${run}`, taskQueue, args: [] }
    expect(await stage.client.workflow.execute(DUE_WORKFLOW_TYPE, options)).toEqual({
      state: 'done',
      dates: ['2026-10-26'],
    })
    await stage.record(options.workflowId, 'due')
  })
})

test('in one flow, every day after the cut-off; switched off it waits for another plan', async () => {
  const workflowId = `ticks/clearing/${run}`
  let next: string | null = null
  const activities = { nextRound: async () => next, openDueRuns: async () => ['2026-10-26'] }
  await stage.play(activities, async () => {
    const flow = await stage.client.workflow.start(TICKS_WORKFLOW_TYPE, { workflowId, taskQueue, args: [{}] })
    const view = () => flow.query<TicksView>(TICKS_QUERY)
    await until(async () => (await view()).state === 'off')
    next = new Date(Date.now() + 3_600_000).toISOString()
    await flow.signal(PLAN_SIGNAL)
    await until(async () => (await view()).next === next)
    expect(await view()).toMatchObject({ state: 'ticking', last: null })
    await flow.signal(NOW_SIGNAL)
    await until(async () => (await view()).last?.endsWith('opened 2026-10-26'))
    await stage.record(workflowId, 'ticks')
    await flow.terminate()
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual([
    'due',
    'empty-day',
    'missing-acknowledgement',
    'proof-failed',
    'refused-and-replaced',
    'ticks',
    'waited-for-turn',
  ])
})
