import { Relay } from '@lijian/outbox'
import { testDatabase, testTemporal, type TestTemporal } from '@lijian/testing'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { Client } from 'pg'
import { transactionFlowEvents } from './flow-events'

let temporal: TestTemporal
let database: Awaited<ReturnType<typeof testDatabase>>
let sql: Client
let relay: Relay
beforeAll(async () => {
  temporal = await testTemporal()
  database = await testDatabase()
  sql = new Client({ connectionString: database.url })
  await sql.connect()
  relay = new Relay({
    databaseUrl: database.url,
    client: temporal.client,
    taskQueue: 'nobody',
    flows: transactionFlowEvents,
    inFlight: 4,
  })
  relay.start()
})
afterAll(async () => {
  await relay.stop()
  await sql.end()
  await database.drop()
  await temporal.close()
})

/** Unlike any client of another run: the Temporal server is shared. */
const CLIENT = `till-${process.pid}-${Date.now().toString(36)}`

// Rows as the release before this one has left them in the table, written out: nothing below makes them with today's code.
const SNAPSHOT = `{"case": null, "state": "held", "client": "CLIENT", "notify": false, "offers": ["CCB-2026-Q4-FOOD"], "serial": "SERIAL",
  "version": 1, "merchant": "M0001", "partners": ["CCB"], "amountFen": 10000, "campaigns": ["CCB-2026-Q4"], "payableFen": 8500, "discountFen": 1500,
  "feeFinalFen": 51, "feeSavedFen": 0, "businessDate": null, "holdExpiresAt": "2026-11-23T12:15:00.000Z"}`
const REVERSE = `{"kind": "void", "state": "voided", "client": "CLIENT", "notify": false, "offers": ["CCB-2026-Q4-FOOD"], "serial": "V1",
  "merchant": "M0001", "partners": ["CCB"], "amountFen": 10000, "campaigns": [], "payableFen": 8500, "discountFen": 1500,
  "businessDate": "2026-11-23", "originalSerial": "S1"}`

async function put(workflowId: string, workflowType: string, serial: string, json: string, change: object = {}) {
  const snapshot = { ...JSON.parse(json.replace('CLIENT', CLIENT).replace('SERIAL', serial)), ...change }
  await sql.query(
    'INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at) VALUES (7, $1, $2, $3, $4, $5, now())',
    [CLIENT, serial, workflowId, workflowType, snapshot],
  )
  return snapshot as object
}

const values = (payloads: Payload[] | null | undefined) =>
  (payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload))

async function toldTo(workflowId: string) {
  const { events } = await temporal.client.workflow.getHandle(workflowId).fetchHistory()
  const start = events![0]!
  const { workflowType, input, searchAttributes } = start.workflowExecutionStartedEventAttributes!
  return {
    type: workflowType?.name,
    start: values(input?.payloads),
    summary: defaultPayloadConverter.fromPayload(start.userMetadata!.summary!),
    attributes: Object.fromEntries(
      Object.entries(searchAttributes?.indexedFields ?? {}).map(([name, payload]) => [
        name,
        JSON.parse(String(Buffer.from(payload.data!))),
      ]),
    ),
    signals: events!.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal ? [[signal.signalName, ...values(signal.input?.payloads)]] : [],
    ),
  }
}

test('a transaction of the release before is told as it was told then', async () => {
  const id = `transaction/${CLIENT}/S1`
  const snapshot = await put(id, 'marketingTransaction', 'S1', SNAPSHOT)
  await relay.drain()
  expect(await toldTo(id)).toEqual({
    type: 'marketingTransaction',
    start: [{ client: CLIENT, serial: 'S1' }],
    summary: '100.00 at M0001: CCB-2026-Q4-FOOD −15.00',
    attributes: {
      LijianClient: CLIENT,
      LijianMerchant: 'M0001',
      LijianState: 'held',
      LijianCampaigns: ['CCB-2026-Q4'],
      LijianOffers: ['CCB-2026-Q4-FOOD'],
      LijianPartners: ['CCB'],
    },
    signals: [['changed', snapshot]],
  })
})

test('an older snapshot with a case travels behind the newest, one without a case does not', async () => {
  const id = `transaction/${CLIENT}/S2`
  await sql.query('BEGIN')
  await put(id, 'marketingTransaction', 'S2', SNAPSHOT)
  const wrong = { kind: 'paid_mismatch', paidFen: 9000 }
  const second = await put(id, 'marketingTransaction', 'S2', SNAPSHOT, { version: 2, case: wrong })
  const third = await put(id, 'marketingTransaction', 'S2', SNAPSHOT, { version: 3, businessDate: '2026-11-23' })
  await sql.query('COMMIT')
  await relay.drain()
  const { signals, attributes } = await toldTo(id)
  expect(signals).toEqual([['changed', third, second]])
  expect(attributes).toMatchObject({ LijianBusinessDate: '2026-11-23' })
})

test('a void of the release before starts once and hears no signal, also when it is delivered twice', async () => {
  const id = `void/${CLIENT}/V1`
  const reverse = await put(id, 'reverseTransaction', 'S1', REVERSE)
  await relay.drain()
  await put(id, 'reverseTransaction', 'S1', REVERSE)
  await relay.drain()
  expect(await toldTo(id)).toEqual({
    type: 'reverseTransaction',
    start: [reverse],
    summary: 'void of S1, 100.00 at M0001: CCB-2026-Q4-FOOD −15.00',
    attributes: {
      LijianBusinessDate: '2026-11-23',
      LijianClient: CLIENT,
      LijianMerchant: 'M0001',
      LijianState: 'voided',
      LijianOffers: ['CCB-2026-Q4-FOOD'],
      LijianPartners: ['CCB'],
    },
    signals: [],
  })
  await temporal.client.workflow.getHandle(id).terminate()
  await put(id, 'reverseTransaction', 'S1', REVERSE)
  await relay.drain()
  expect((await temporal.client.workflow.getHandle(id).describe()).status.name).toBe('TERMINATED')
  expect(relay.stats()).toMatchObject({ refused: 0, away: 0 })
})

test('a transaction whose flow has ended gets another run, as a late success needs', async () => {
  const id = `transaction/${CLIENT}/S3`
  await put(id, 'marketingTransaction', 'S3', SNAPSHOT)
  await relay.drain()
  const first = await temporal.client.workflow.getHandle(id).describe()
  await temporal.client.workflow.getHandle(id).terminate()
  await put(id, 'marketingTransaction', 'S3', SNAPSHOT, { version: 2, state: 'confirmed' })
  await relay.drain()
  const second = await temporal.client.workflow.getHandle(id).describe()
  expect(second).toMatchObject({ status: { name: 'RUNNING' } })
  expect(second.runId).not.toBe(first.runId)
})
