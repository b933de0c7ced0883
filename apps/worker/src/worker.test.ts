import { verifyWebhook } from '@lijian/client'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { until } from '@lijian/testing'
import { openStage, SECRET, type Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ webhook: true })
})
afterAll(() => stage.close())

const payment = (serial: string, differs: object = {}) => ({
  serial,
  merchant: 'M1',
  amount: 10_000,
  paymentMethod: 'qr',
  ...differs,
})
const workflow = (serial: string) =>
  stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, serial))
const ended = (serial: string): Promise<string> =>
  until(async () => {
    const description = await workflow(serial)
      .describe()
      .catch(() => undefined)
    return description?.status.name === 'COMPLETED' && ((await workflow(serial).result()) as { state: string }).state
  })
async function stored(serial: string): Promise<string> {
  const { rows } = await stage.sql.query<{ state: string }>(
    'SELECT state FROM marketing_transaction WHERE serial = $1',
    [serial],
  )
  return rows[0]!.state
}
async function delivery(serial: string) {
  const { rows } = await stage.sql.query(
    `SELECT state, attempts, last_error AS "lastError", delivered_at IS NOT NULL AS delivered
     FROM webhook_delivery WHERE serial = $1 ORDER BY version`,
    [serial],
  )
  return rows as { state: string; attempts: number; lastError: string | null; delivered: boolean }[]
}

test('HTTP: query and result, the workflow ends, the final state is delivered and signed', async () => {
  expect(await stage.http.query(payment('H1'))).toMatchObject({ state: 'held', discount: 1500, payable: 8500 })
  expect(await stage.http.result('H1', { outcome: 'success', paid: 8500 })).toMatchObject({ state: 'confirmed' })
  expect(await ended('H1')).toBe('confirmed')
  const [body] = stage.receiver.bodies('H1')
  expect(body).toMatchObject({ type: 'transaction', serial: 'H1', state: 'confirmed', amount: 10000, payable: 8500 })
  const sent = stage.receiver.received.find((one) => one.body.includes('"H1"'))!
  const clock = { nowSeconds: Date.now() / 1000 }
  expect(verifyWebhook(SECRET, sent.signature, sent.body, clock)).toBe(true)
  expect(verifyWebhook('another secret', sent.signature, sent.body, clock)).toBe(false)
  expect(await delivery('H1')).toEqual([{ state: 'confirmed', attempts: 1, lastError: null, delivered: true }])
})

test('a hold without a result expires in the database, and its place is free again', async () => {
  await stage.http.query(payment('X1', { holdSeconds: 1 }))
  expect(await ended('X1')).toBe('expired')
  expect(await stored('X1')).toBe('expired')
  expect(stage.receiver.bodies('X1')).toMatchObject([{ state: 'expired' }])
})

test('a webhook that refuses is tried again, its trouble stands in the table and in the metrics', async () => {
  stage.receiver.status = 500
  await stage.http.query(payment('W1'))
  await stage.http.result('W1', { outcome: 'failure' })
  await until(async () => (await delivery('W1'))[0]?.lastError === 'the receiver answered 500')
  const metrics = await (await fetch(`http://127.0.0.1:${stage.config.metricsPort}/metrics`)).text()
  expect(metrics).toMatch(/lijian_webhooks_stuck(\{.*\})? 1/)
  expect(metrics).toMatch(/lijian_webhook_attempts_total\{outcome="failed".*\} [1-9]/)
  expect(metrics).toMatch(/lijian_outbox_backlog(\{.*\})? 0/)
  stage.receiver.status = 200
  expect(await ended('W1')).toBe('cancelled')
  const [after] = await delivery('W1')
  expect(after).toMatchObject({ state: 'cancelled', lastError: null, delivered: true })
  expect(after!.attempts).toBeGreaterThanOrEqual(2)
})

test('Temporal: query and result reach the same state machine', async () => {
  const card = { token: 'bank-wallet-card-0014', bin: '622700', last4: '0014' }
  const first = await stage.door.query(payment('T1', { card, customer: '13800138000' }))
  expect(first).toMatchObject({ serial: 'T1', state: 'held', discount: 1500 })
  expect(await stage.door.query(payment('T1', { card, customer: '13800138000' }))).toEqual(first)
  expect((await stage.door.state('T1'))?.waitingFor).toBe('result')
  expect(await stage.door.result('T1', { outcome: 'success', paid: 8500 })).toMatchObject({ state: 'confirmed' })
  expect(await ended('T1')).toBe('confirmed')
  expect(await stored('T1')).toBe('confirmed')
  expect(stage.receiver.bodies('T1')).toMatchObject([{ state: 'confirmed' }])
  // The same payment through the other door is the same payment, and its query is told what it was told first.
  expect(await stage.http.query(payment('T1', { card, customer: '13800138000' }))).toEqual(first)
  // The client library sends a token in place of a card number: whether both are one card, a serial that is used again never tells.
  const pan = { card: { pan: '6227001234567890014' } }
  await stage.door.query(payment('T1-PAN', pan))
  await expect(stage.http.query(payment('T1-PAN', pan))).rejects.toMatchObject({ code: 'serial_reused' })
})

test('Temporal: refusals carry the code of the service', async () => {
  await stage.door.query(payment('T2'))
  await stage.door.result('T2', { outcome: 'success', paid: 8500 })
  await expect(stage.door.result('T2', { outcome: 'failure' })).rejects.toMatchObject({ code: 'result_conflict' })
  await expect(stage.door.query(payment('T3', { paymentMethod: 'Not A Code' }))).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(stage.door.query(payment('T4', { at: '2020-01-01T00:00:00Z' }))).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(stage.door.query(payment('T5', { card: { pan: '6227001234567890013' } }))).rejects.toMatchObject({
    code: 'invalid_request',
    message: 'card.pan: fails the Luhn check',
  })
})

test('Temporal: a reversal and a void, again with the same answer, and refused for an unknown serial', async () => {
  await stage.door.query(payment('T6'))
  await stage.door.result('T6', { outcome: 'success', paid: 8500 })
  const reversal = await stage.door.reversal('T6', 'T6-R')
  expect(reversal).toMatchObject({ serial: 'T6-R', originalSerial: 'T6', state: 'reversed', discount: 1500 })
  expect(await stage.door.reversal('T6', 'T6-R')).toEqual(reversal)
  expect(await stored('T6')).toBe('reversed')
  await until(() => stage.receiver.bodies('T6-R').length === 1)
  expect(stage.receiver.bodies('T6-R')).toMatchObject([{ type: 'reversal', originalSerial: 'T6', state: 'reversed' }])
  await stage.door.query(payment('T7'))
  expect(await stage.door.void('T7', 'T7-V')).toMatchObject({ state: 'voided' })
  expect(await ended('T7')).toBe('voided')
  await expect(stage.door.reversal('NEVER', 'NEVER-R')).rejects.toMatchObject({ code: 'unknown_original' })
})

test('a payment of another amount opens a case through either transactions', async () => {
  await stage.http.query(payment('P1'))
  await stage.http.result('P1', { outcome: 'success', paid: 9000 })
  await stage.door.query(payment('P2'))
  await stage.door.result('P2', { outcome: 'success', paid: 9000 })
  await Promise.all([ended('P1'), ended('P2')])
  const { rows } = await stage.sql.query(
    `SELECT kind, serial, amount_fen AS amount, paid_fen AS paid FROM reconciliation_case ORDER BY serial`,
  )
  expect(rows).toEqual([
    { kind: 'paid_mismatch', serial: 'P1', amount: 10000, paid: 9000 },
    { kind: 'paid_mismatch', serial: 'P2', amount: 10000, paid: 9000 },
  ])
})

test('ready and live', async () => {
  const ready = await fetch(`http://127.0.0.1:${stage.config.metricsPort}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
})
