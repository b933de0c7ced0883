import { join } from 'node:path'
import { recordHistory } from '@lijian/testing'
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import {
  CONFIRM_UPDATE,
  QUERY_UPDATE,
  transactionWorkflowId,
  WORKFLOW_TYPE,
  type TokenPayment,
  type TokenResult,
} from './contract'
import { freshSerial, openStage, snapshot, type Stage } from './testing/stage'

const HISTORIES = join(__dirname, '..', 'histories')

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.temporal.close())
beforeEach(() => {
  stage.outside.reset()
})

const workflow = (serial: string) => stage.temporal.client.workflow.getHandle(transactionWorkflowId('till', serial))

/** What a transaction system that is a Temporal client does, for each step the same. */
function update<Answer>(serial: string, name: string, args: [unknown]): Promise<Answer> {
  return stage.temporal.client.workflow.executeUpdateWithStart<() => Promise<string>, Answer, [unknown]>(name, {
    args,
    startWorkflowOperation: new WithStartWorkflowOperation(WORKFLOW_TYPE, {
      workflowId: transactionWorkflowId('till', serial),
      taskQueue: stage.taskQueue,
      args: [{ client: 'till', serial }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  })
}
const query = (serial: string, payment: TokenPayment) => update<{ state: string }>(serial, QUERY_UPDATE, [payment])
const confirm = (serial: string, result: TokenResult) => update<{ state: string }>(serial, CONFIRM_UPDATE, [result])
const payment: TokenPayment = {
  merchant: 'M0001',
  amount: 10000,
  paymentMethod: 'qr',
  card: { token: 'cd_8pQm2xKz0aVYt1', bin: '62270011', last4: '0014' },
}

const refusal = async (call: Promise<unknown>): Promise<{ type: unknown; message: string }> => {
  const error: unknown = await call.catch((failure: unknown) => failure)
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) throw error
  return { type: error.cause.type, message: error.cause.message }
}

test('query, then confirm', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    expect(await query(serial, payment)).toMatchObject({ serial, state: 'held', discount: 1500 })
    expect(await confirm(serial, { outcome: 'success' })).toMatchObject({ serial, state: 'confirmed' })
    expect(await workflow(serial).result()).toMatchObject({ state: 'confirmed' })
  })
  expect(stage.outside.calls).toEqual(['query', 'result'])
  await recordHistory(
    stage.temporal.client,
    transactionWorkflowId('till', serial),
    join(HISTORIES, 'temporal-door.json'),
  )
})

test('a query without an offer ends the workflow', async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    expect(await query(serial, { ...payment, amount: 1 })).toMatchObject({ state: 'no_offer' })
    expect(await workflow(serial).result()).toEqual({ state: 'no_offer' })
  })
  expect(stage.outside.calls).toEqual(['query'])
})

test('a result after the workflow has ended reaches the door in a run of its own', async () => {
  const serial = freshSerial()
  stage.outside.stored.set(serial, snapshot({ serial }))
  await stage.play(async () => {
    expect(await confirm(serial, { outcome: 'failure' })).toMatchObject({ state: 'cancelled' })
    expect(await workflow(serial).result()).toMatchObject({ state: 'cancelled' })
  })
})

test('a start whose update was lost asks what is held', async () => {
  const serial = freshSerial()
  stage.outside.stored.set(serial, snapshot({ serial, version: 2, state: 'confirmed' }))
  await stage.play(async () => {
    await stage.temporal.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: transactionWorkflowId('till', serial),
      taskQueue: stage.taskQueue,
      args: [{ client: 'till', serial }],
    })
    expect(await workflow(serial).result()).toMatchObject({ state: 'confirmed' })
  })
  expect(stage.outside.calls).toEqual(['read'])
})

test("a refusal of the door is the update's failure, and the transaction lives on", async () => {
  const serial = freshSerial()
  await stage.play(async () => {
    await query(serial, payment)
    stage.outside.before = () => {
      throw ApplicationFailure.nonRetryable('A success is recorded', 'result_conflict')
    }
    expect(await refusal(confirm(serial, { outcome: 'failure' }))).toEqual({
      type: 'result_conflict',
      message: 'A success is recorded',
    })
    stage.outside.before = () => undefined
    expect(await confirm(serial, { outcome: 'success' })).toMatchObject({ state: 'confirmed' })
  })
})

test('a card number is refused before anything is kept of it', async () => {
  const serial = freshSerial()
  const pan = '6227001234567890014'
  await stage.play(async () => {
    await query(serial, payment)
    const withPan = { ...payment, card: { pan } } as unknown as TokenPayment
    expect(await refusal(query(serial, withPan))).toEqual({
      type: 'invalid_request',
      message: 'payment.card.pan: a card number never enters a workflow: send card.token, bin and last4',
    })
    await confirm(serial, { outcome: 'success' })
  })
  expect(JSON.stringify(await workflow(serial).fetchHistory())).not.toContain(pan)
  expect(stage.outside.calls).toEqual(['query', 'result'])
})
