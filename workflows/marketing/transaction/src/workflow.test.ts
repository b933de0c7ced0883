import { join } from 'node:path'
import { recordHistory, replayHistories, until } from '@lijian/testing'
import { defaultPayloadConverter } from '@temporalio/common'
import { STATE_QUERY, transactionWorkflowId, type FlowView } from './contract'
import { freshSerial, openStage, snapshot, type Stage } from './testing/stage'

const HISTORIES = join(__dirname, '..', 'histories')
const EVENT = { timerStarted: '17', marker: '25', activityScheduled: '10', workflowTaskCompleted: '7' }

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.temporal.close())
beforeEach(() => {
  stage.outside.reset()
})

const workflow = (serial: string, runId?: string) =>
  stage.temporal.client.workflow.getHandle(transactionWorkflowId('till', serial), runId)
const view = (serial: string) => workflow(serial).query<FlowView>(STATE_QUERY)
const record = (serial: string, name: string, runId?: string) =>
  recordHistory(stage.temporal.client, transactionWorkflowId('till', serial), join(HISTORIES, `${name}.json`), runId)

async function events(serial: string): Promise<string[]> {
  const { events: found } = await workflow(serial).fetchHistory()
  return (found ?? []).map(({ eventType }) => String(eventType))
}
/** What the Temporal UI calls the timers and activities of a history, in order. */
async function names(serial: string): Promise<string[]> {
  const { events: found } = await workflow(serial).fetchHistory()
  const commands: readonly string[] = [EVENT.timerStarted, EVENT.marker, EVENT.activityScheduled]
  return (found ?? []).flatMap(({ eventType, userMetadata }) =>
    userMetadata?.summary && commands.includes(String(eventType))
      ? [defaultPayloadConverter.fromPayload<string>(userMetadata.summary)]
      : [],
  )
}
/** What the UI shows beside a run, also of one that is over. */
async function detailsOf(serial: string, runId?: string): Promise<string> {
  const { currentDetails } = await workflow(serial, runId).query<{ currentDetails: string }>(
    '__temporal_workflow_metadata',
  )
  return currentDetails
}
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
const confirmed = (serial: string, version = 2) =>
  snapshot({ serial, version, state: 'confirmed', businessDate: '2026-11-23' })

test('a result that is already in costs one workflow task and no activity', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    await stage.relay([confirmed(serial)])
    expect(await workflow(serial).result()).toMatchObject({ state: 'confirmed' })
  })
  // Started, signalled, task scheduled, started and completed, workflow completed.
  expect(await events(serial)).toEqual(['1', '26', '5', '6', '7', '2'])
  expect(stage.outside.calls).toEqual([])
  await record(serial, 'confirm')
})

test('a result that comes later ends the wait, and the state can be searched for', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    await stage.relay([snapshot({ serial })])
    await until(async () => (await view(serial)).waitingFor === 'result')
    await stage.relay([confirmed(serial)])
    expect(await workflow(serial).result()).toEqual({
      state: 'confirmed',
      version: 2,
      merchant: 'M0001',
      amountFen: 10000,
      discountFen: 1500,
      payableFen: 8500,
      offers: ['CCB-2026-Q4-FOOD'],
      businessDate: '2026-11-23',
    })
    expect(await detailsOf(serial)).toMatch(
      /^\*\*confirmed\*\* · 100\.00 at M0001: CCB-2026-Q4-FOOD −15\.00[^]*another run/,
    )
  })
  expect(await names(serial)).toEqual([expect.stringMatching(/^result, until (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC$/)])
  expect(await (await workflow(serial).describe()).staticSummary()).toBe('100.00 at M0001: CCB-2026-Q4-FOOD −15.00')
  const { searchAttributes } = await workflow(serial).describe()
  expect(searchAttributes).toMatchObject({
    LijianClient: ['till'],
    LijianMerchant: ['M0001'],
    LijianState: ['confirmed'],
    LijianBusinessDate: ['2026-11-23'],
    LijianCampaigns: ['CCB-2026-Q4'],
    LijianOffers: ['CCB-2026-Q4-FOOD'],
    LijianPartners: ['CCB', '@merchant'],
  })
  expect(stage.outside.calls).toEqual([])
  await record(serial, 'confirm-later')
})

test('a failed payment cancels', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    await stage.relay([snapshot({ serial })])
    await until(async () => (await view(serial)).waitingFor === 'result')
    await stage.relay([snapshot({ serial, version: 2, state: 'cancelled' })])
    expect(await workflow(serial).result()).toMatchObject({ state: 'cancelled' })
  })
  await record(serial, 'failure')
})

test('a void while held ends the wait', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    await stage.relay([snapshot({ serial })])
    await until(async () => (await view(serial)).waitingFor === 'result')
    await stage.relay([snapshot({ serial, version: 2, state: 'voided' })])
    expect(await workflow(serial).result()).toMatchObject({ state: 'voided' })
  })
  await record(serial, 'void')
})

test('without a result the hold expires, once the database agrees that its time is over', async () => {
  const serial = freshSerial()
  const held = snapshot({ serial, holdExpiresAt: inMs(1000) })
  stage.outside.stored.set(serial, held)
  let asked = 0
  // By the database's clock it is not over yet when it is asked first; then PostgreSQL is away for a moment.
  stage.outside.expireNothing = () => ++asked === 1
  stage.outside.before = (activity) => {
    if (activity === 'expire' && asked === 1 && stage.outside.calls.length === 2) throw new Error('PostgreSQL is away')
  }
  await stage.play(async () => {
    await stage.relay([held])
    expect(await workflow(serial).result()).toMatchObject({ state: 'expired' })
  })
  expect(stage.outside.calls).toEqual(['expire', 'expire', 'expire'])
  expect(await names(serial)).toEqual(
    expect.arrayContaining(['PostgreSQL', 'PostgreSQL’s clock to say that the hold is over']),
  )
  expect((await events(serial)).filter((event) => event === EVENT.activityScheduled)).toEqual([])
  await record(serial, 'expiry')
})

test('a late success gets a run of its own that opens the case and ends', async () => {
  const serial = freshSerial()
  const held = snapshot({ serial, holdExpiresAt: inMs(300) })
  stage.outside.stored.set(serial, held)
  await stage.play(async () => {
    await stage.relay([held])
    expect(await workflow(serial).result()).toMatchObject({ state: 'expired' })
    const first = (await workflow(serial).describe()).runId
    const unfunded = snapshot({ serial, version: 3, state: 'unfunded', case: { kind: 'unfunded', paidFen: 8500 } })
    await stage.relay([unfunded])
    expect(await workflow(serial).result()).toMatchObject({ state: 'unfunded' })
    expect((await workflow(serial).describe()).runId).not.toBe(first)
    await record(serial, 'late-success')
    // The same event once more, as after a killed relay.
    await stage.relay([unfunded])
    expect(await workflow(serial).result()).toMatchObject({ state: 'unfunded' })
  })
  const opened = {
    kind: 'unfunded',
    client: 'till',
    serial,
    merchant: 'M0001',
    amountFen: 10000,
    discountFen: 1500,
    paidFen: 8500,
  }
  expect(stage.outside.cases).toEqual([opened, opened])
})

test('an older event changes nothing, but the case that it carries is opened', async () => {
  const serial = freshSerial()
  const older = snapshot({ serial, version: 2, state: 'confirmed', case: { kind: 'paid_mismatch', paidFen: 9000 } })
  await stage.play(async () => {
    await stage.relay([snapshot({ serial, version: 3, state: 'reversed' }), older])
    expect(await workflow(serial).result()).toMatchObject({ state: 'reversed' })
  })
  expect(stage.outside.cases).toMatchObject([{ kind: 'paid_mismatch', paidFen: 9000 }])
  expect((await workflow(serial).describe()).searchAttributes).toMatchObject({ LijianCase: ['paid_mismatch'] })
})

test('the final state is notified, and again until it is accepted', async () => {
  const serial = freshSerial()
  stage.outside.before = (activity) => {
    if (activity === 'notify' && stage.outside.calls.length === 1) throw new Error('the receiver answered 500')
  }
  await stage.play(async () => {
    await stage.relay([{ ...confirmed(serial), notify: true }])
    await until(async () => (await view(serial)).waitingFor === 'webhook')
    expect(await workflow(serial).result()).toMatchObject({ state: 'confirmed' })
  })
  expect(stage.outside.calls).toEqual(['notify', 'notify'])
  expect(stage.outside.notified).toEqual([
    {
      about: 'transaction',
      client: 'till',
      serial,
      version: 2,
      state: 'confirmed',
      merchant: 'M0001',
      amountFen: 10000,
      discountFen: 1500,
      payableFen: 8500,
      feeFinalFen: 51,
      offers: ['CCB-2026-Q4-FOOD'],
      businessDate: '2026-11-23',
    },
  ])
  await record(serial, 'notify')
})

test('a webhook that is stuck is visible and holds up neither a case nor a newer state', async () => {
  const serial = freshSerial()
  let open = false
  stage.outside.before = (activity) => {
    if (activity === 'notify' && !open) throw new Error('the receiver answered 503')
  }
  await stage.play(async () => {
    await stage.relay([snapshot({ serial, version: 2, state: 'expired', notify: true })])
    await until(async () => {
      const { raw } = await workflow(serial).describe()
      return raw.pendingActivities?.[0]?.lastFailure?.message === 'the receiver answered 503'
    })
    const wrong = { kind: 'unfunded', paidFen: 8500 } as const
    await stage.relay([snapshot({ serial, version: 3, state: 'unfunded', case: wrong, notify: true })])
    await until(() => stage.outside.cases.length === 1)
    open = true
    expect(await workflow(serial).result()).toMatchObject({ state: 'unfunded' })
  })
  expect(stage.outside.notified.map(({ version, state }) => [version, state])).toEqual([[3, 'unfunded']])
})

test('every kept history still fits the code', async () => {
  const results = await replayHistories(HISTORIES, stage.bundle)
  expect(results.map(({ workflowId, error }) => [workflowId, error?.message])).toEqual(
    ['confirm', 'confirm-later', 'expiry', 'failure', 'late-success', 'notify', 'temporal-door', 'void'].map((name) => [
      name,
      undefined,
    ]),
  )
})
