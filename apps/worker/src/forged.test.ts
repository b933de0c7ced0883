import { refundWorkflowId } from '@lijian/workflow-refund'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

// Whoever reaches Temporal can start a flow and signal it: nothing that a client or a person is told may rest on that.

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ webhook: true })
})
afterAll(() => stage.close())

const payment = (serial: string) => ({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
const forged = (serial: string, differs: object = {}) => ({
  client: stage.client,
  serial,
  version: 99,
  state: 'confirmed',
  merchant: 'M1',
  campaigns: [],
  offers: ['FOOD'],
  partners: [],
  amountFen: 10_000_000,
  discountFen: 9_999_999,
  payableFen: 1,
  feeFinalFen: 0,
  feeSavedFen: 0,
  holdExpiresAt: null,
  businessDate: '2026-11-23',
  case: { kind: 'unfunded', paidFen: 1 },
  notify: true,
  ...differs,
})
const start = async (type: string, workflowId: string, input: object, signal?: object) => {
  const options = { workflowId, taskQueue: stage.config.taskQueue, args: [input] }
  const { workflow } = stage.temporalClient
  return signal === undefined
    ? workflow.start(type, options)
    : workflow.signalWithStart(type, { ...options, signal: 'changed', signalArgs: [signal] })
}
const cases = async (serial: string) =>
  (await stage.sql.query('SELECT amount_fen AS amount FROM reconciliation_case WHERE serial = $1', [serial])).rows

test('a payment that does not exist is told to nobody, whichever flow says so, and opens no case', async () => {
  const { client } = stage
  const key = { client, serial: 'F1' }
  const flow = await start('marketingTransaction', transactionWorkflowId(client, 'F1'), key, forged('F1'))
  expect(await flow.result()).toMatchObject({ state: 'confirmed' })
  const { version, ...body } = forged('F2', { kind: 'reversal', originalSerial: 'F1', state: 'reversed' })
  for (const kind of ['reversal', 'void'])
    expect(await (await start('reverseTransaction', `${kind}/${client}/F2`, { ...body, kind })).result()).toMatchObject(
      { state: 'reversed' },
    )
  const refund = { ...key, serial: 'F3', originalSerial: 'F1' }
  const done = { ...forged('F3'), ...refund, state: 'refunded', payerFen: 1, since: '2026-11-23T00:00:00Z' }
  const told = await start('refund', refundWorkflowId(client, 'F3'), refund, { version, body: done })
  expect(await told.result()).toMatchObject({ state: 'refunded' })
  expect(stage.receiver.received).toEqual([])
  expect(await cases('F1')).toEqual([])
  // A refund that nobody has asked for grows old.
  const ageing = { sayAfterMs: 1, caseAfterMs: 2 }
  const open = { version: 1, body: { ...done, serial: 'F4', state: 'refund_held' } }
  const old = await start('refund', refundWorkflowId(client, 'F4'), { ...refund, serial: 'F4', ageing }, open)
  await until(async () =>
    (await old.fetchHistory()).events?.some((event) => event.activityTaskCompletedEventAttributes),
  )
  expect(await cases('F4')).toEqual([])
  await old.terminate()
})

test('a held payment is not told as confirmed; its true end is told with its true amounts', async () => {
  await stage.http.query(payment('H1'))
  const flow = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, 'H1'))
  await until(() => flow.describe().catch(() => false as const))
  await flow.signal('changed', forged('H1', { version: 2, case: null }))
  expect(await flow.result()).toMatchObject({ state: 'confirmed' })
  expect(stage.receiver.bodies('H1')).toEqual([])
  await stage.http.result('H1', { outcome: 'success', paid: 8500 })
  await until(() => stage.receiver.bodies('H1').length > 0)
  const truth = { state: 'confirmed', version: 2, amount: 10_000, discount: 1500, payable: 8500 }
  expect(stage.receiver.bodies('H1')).toMatchObject([truth])
  // Told again under another version, the truth stays the same and is not told twice.
  const again = await start(
    'marketingTransaction',
    transactionWorkflowId(stage.client, 'H1'),
    { client: stage.client, serial: 'H1' },
    forged('H1', { case: null }),
  )
  await again.result()
  expect(stage.receiver.bodies('H1')).toMatchObject([truth])
})

test('a case is opened with the amounts of the payment, not of the signal', async () => {
  await stage.http.query(payment('C1'))
  const flow = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, 'C1'))
  await until(() => flow.describe().catch(() => false as const))
  await flow.signal('changed', forged('C1', { version: 0, case: { kind: 'undo_failed', paidFen: 1 } }))
  expect(await until(async () => ((await cases('C1')).length > 0 ? cases('C1') : false))).toEqual([{ amount: 10_000 }])
})

test('refund, void and reversal are told as PostgreSQL has them', async () => {
  for (const serial of ['R1', 'R2']) {
    await stage.http.query(payment(serial))
    await stage.http.result(serial, { outcome: 'success', paid: 8500 })
  }
  await stage.http.refund('R1', { serial: 'R1-B', amount: 5000 })
  await stage.http.refundResult('R1', 'R1-B', { outcome: 'success' })
  await stage.http.void('R2', 'R2-V')
  await until(() => stage.receiver.bodies('R1-B').length > 0 && stage.receiver.bodies('R2-V').length > 0)
  expect(stage.receiver.bodies('R1-B')).toMatchObject([
    {
      type: 'refund',
      originalSerial: 'R1',
      state: 'partially_refunded',
      amount: 5000,
      merchant: 'M1',
      offers: ['FOOD'],
    },
  ])
  expect(stage.receiver.bodies('R2-V')).toMatchObject([
    { type: 'void', originalSerial: 'R2', state: 'voided', version: 1, amount: 10_000, discount: 1500, payable: 8500 },
  ])
})
