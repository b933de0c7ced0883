import { workflowStage } from '@lijian/testing'
import { ApplicationFailure } from '@temporalio/common'
import {
  ACKNOWLEDGE_UPDATE,
  CHANGED_SIGNAL,
  clearingWorkflowId,
  DUE_WORKFLOW_TYPE,
  STATE_QUERY,
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
class Desk {
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
  desk: Desk,
  work: (flow: Awaited<ReturnType<typeof start>>) => Promise<T>,
  patience?: Partial<Patience>,
) {
  return stage.play(desk.activities(), async () => work(await start(desk, patience)))
}

const start = (desk: Desk, patience?: Partial<Patience>) => tell(desk, desk.changed(), patience)

/** As the relay does it. */
function tell({ businessDate }: Desk, changed: Changed, patience?: Partial<Patience>) {
  return stage.client.workflow.signalWithStart(WORKFLOW_TYPE, {
    workflowId: clearingWorkflowId(businessDate),
    taskQueue,
    args: [{ businessDate, ...(patience ? { patience } : {}) }],
    signal: CHANGED_SIGNAL,
    signalArgs: [changed],
  })
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 30)))
    if (Date.now() > end) throw new Error(`not in time: ${holds.toString()}`)
}

const record = ({ businessDate }: Desk, name: string) => stage.record(clearingWorkflowId(businessDate), name)

test('an empty day goes the whole way; its acknowledgement comes by the update', () => {
  const desk = new Desk(`empty-${run}`, 0)
  return play(desk, async (flow) => {
    await until(() => desk.steps.includes('publish'))
    const acknowledge = (fileId: number) =>
      flow.executeUpdate(ACKNOWLEDGE_UPDATE, { args: [{ fileId, outcome: 'accepted' } satisfies AcknowledgeInput] })
    // The refusal itself, not that an activity failed.
    await expect(acknowledge(9)).rejects.toMatchObject({ cause: { type: 'not_found', message: 'no file 9' } })
    await acknowledge(1)
    expect(await flow.result()).toBe('settled')
    expect(desk.steps).toEqual(['turn', 'freeze', 'write 1', 'prove', 'publish', 'settle', 'payout'])
    await record(desk, 'empty-day')
  })
})

test('it waits for the date before, and the pending activity says so', () => {
  const desk = new Desk(`turn-${run}`)
  desk.turns = 2
  return play(desk, async (flow) => {
    await until(() => desk.steps.includes('publish'))
    await tell(desk, desk.become('acknowledged'))
    expect(await flow.result()).toBe('settled')
    await record(desk, 'waited-for-turn')
  })
})

test('a refused file waits for its replacement, which is made, proved and published like the first', () => {
  const desk = new Desk(`refused-${run}`)
  return play(desk, async (flow) => {
    await until(() => desk.steps.includes('publish'))
    await tell(desk, desk.become('refused'))
    expect(await flow.query<RunSnapshot>(STATE_QUERY)).toMatchObject({ files: [{ state: 'refused' }] })
    desk.add(2)
    desk.state = 'frozen'
    await tell(desk, desk.changed())
    await until(() => desk.steps.filter((step) => step === 'publish').length === 2)
    // What the outbox tells late changes nothing.
    await tell(desk, { version: 1, body: { ...desk.changed().body, state: 'opened', files: [] } })
    await tell(desk, desk.become('acknowledged'))
    expect(await flow.result()).toBe('settled')
    expect(desk.steps).toEqual([
      ...['turn', 'freeze', 'write 1', 'prove', 'publish'],
      ...['write 2', 'prove', 'publish', 'settle', 'payout'],
    ])
    await record(desk, 'refused-and-replaced')
  })
})

test('without an acknowledgement it reminds, then a case; one that comes late is taken', () => {
  const desk = new Desk(`missing-${run}`)
  return play(
    desk,
    async (flow) => {
      await until(() => desk.steps.includes('missing'))
      await tell(desk, desk.become('acknowledged'))
      expect(await flow.result()).toBe('settled')
      expect(desk.steps).toEqual([
        ...['turn', 'freeze', 'write 1', 'prove', 'publish', 'remind', 'remind', 'missing', 'settle', 'payout'],
      ])
      await record(desk, 'missing-acknowledgement')
    },
    { remindAfterMs: 100, caseAfterMs: 200 },
  )
})

test('a file that does not agree with the ledger is not published: a case, and again', () => {
  const desk = new Desk(`proof-${run}`)
  desk.differences = [['1500 fen, the ledger has 1400'], []]
  return play(
    desk,
    async (flow) => {
      await until(() => desk.steps.includes('publish'))
      await tell(desk, desk.become('acknowledged'))
      expect(await flow.result()).toBe('settled')
      expect(desk.steps).toEqual([
        ...['turn', 'freeze', 'write 1', 'prove', 'case 1500 fen, the ledger has 1400'],
        ...['write 1', 'prove', 'publish', 'settle', 'payout'],
      ])
      await record(desk, 'proof-failed')
    },
    { proveAgainMs: 100 },
  )
})

test('the tick of the schedule opens what is due', () => {
  const desk = new Desk(`due-${run}`)
  return play(desk, async (flow) => {
    await flow.terminate()
    const options = { workflowId: `clearing-due-${run}`, taskQueue, args: [] }
    expect(await stage.client.workflow.execute(DUE_WORKFLOW_TYPE, options)).toEqual(['2026-10-26'])
    await stage.record(options.workflowId, 'due')
  })
})

test('every kept history still fits the code', async () => {
  expect(await stage.replayed()).toEqual([
    'due',
    'empty-day',
    'missing-acknowledgement',
    'proof-failed',
    'refused-and-replaced',
    'waited-for-turn',
  ])
})
