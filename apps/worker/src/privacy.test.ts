import { hash } from 'node:crypto'
import { transactionWorkflowId } from '@lijian/workflow-transaction'
import { until } from '@lijian/testing'
import { openStage, type Stage } from './testing/stage'

/** What must be found nowhere outside the request (DESIGN §1.7): a card number, a phone number, a name. */
const PAN = '6227001234567890014'
const PHONE = '13800138000'
const NAME = '张三丰'

const payment = (serial: string, differs: object = {}) => ({
  serial,
  merchant: 'M1',
  amount: 10_000,
  paymentMethod: 'qr',
  card: { pan: PAN },
  customer: PHONE,
  ...differs,
})

/** Transactions through both doors to every kind of end, and one that is refused. */
async function live(stage: Stage): Promise<string[]> {
  const { http, door } = stage
  await http.query(payment('C1'))
  // A flow that begins after the result is named by what stands then.
  await until(() =>
    stage.temporalClient.workflow
      .getHandle(transactionWorkflowId(stage.client, 'C1'))
      .describe()
      .then(Boolean, () => false),
  )
  await http.result('C1', { outcome: 'success', paid: 9000, card: { pan: PAN } })
  await door.query(payment('C2', { customer: NAME }))
  await door.result('C2', { outcome: 'success', paid: 8500, card: { pan: PAN } })
  await http.query(payment('C3', { customer: NAME, holdSeconds: 1 }))
  await door.query(payment('C4'))
  await door.reversal('C4', 'C4-R')
  await door.query(payment('C5', { paymentMethod: 'Not A Code' })).catch(() => undefined)
  const serials = ['C1', 'C2', 'C3', 'C4']
  for (const serial of serials)
    await until(async () => {
      const handle = stage.temporalClient.workflow.getHandle(transactionWorkflowId(stage.client, serial))
      return (await handle.describe().catch(() => undefined))?.status.name === 'COMPLETED'
    })
  return [...serials.map((serial) => transactionWorkflowId(stage.client, serial)), `reversal/${stage.client}/C4-R`]
}

/** All that Temporal keeps and shows of a workflow: payloads as they are stored, search attributes, summary. */
async function keptByTemporal(stage: Stage, workflowId: string): Promise<string> {
  const handle = stage.temporal.client.workflow.getHandle(workflowId)
  const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()])
  return texts([history, description.raw]).join('\n')
}

/** Its sentence, and what the UI shows beside a run that is over, as people with the key read both. */
async function shownByTemporal(stage: Stage, workflowId: string): Promise<{ summary: string; details: string }> {
  const handle = stage.temporalClient.workflow.getHandle(workflowId)
  const [description, { currentDetails }] = await Promise.all([
    handle.describe(),
    handle.query<{ currentDetails: string }>('__temporal_workflow_metadata'),
  ])
  return { summary: (await description.staticSummary()) ?? '', details: currentDetails }
}
const SENTENCES = [
  '100.00 at M1: FOOD −15.00',
  '100.00 at M1',
  '100.00 at M1: FOOD −15.00',
  '100.00 at M1',
  'reversal of C4',
]

/** Every text in it, payloads decoded from bytes: base64 would hide what is looked for. */
function texts(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')]
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, inside]) => [name, ...texts(inside)])
}

async function keptByPostgres(stage: Stage): Promise<string> {
  const tables = [
    'marketing_transaction',
    'reverse_transaction',
    'outbox',
    'reconciliation_case',
    'webhook_delivery',
    'decision_log',
  ]
  const found: unknown[] = []
  for (const table of tables) found.push((await stage.sql.query(`SELECT to_jsonb(t) AS row FROM ${table} t`)).rows)
  return JSON.stringify(found)
}

function expectNothingPersonal(text: string): void {
  for (const secret of [PAN, PHONE, NAME]) expect(text).not.toContain(secret)
}

const BEARER = 'b'.repeat(40)

describe('without payload encryption', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ webhook: true })
  })
  afterAll(() => stage.close())

  test('card number, phone and name are found neither in histories nor in rows, logs or notifications', async () => {
    const workflowIds = await live(stage)
    for (const workflowId of workflowIds) {
      const kept = await keptByTemporal(stage, workflowId)
      // The search looks at the right thing: what may be known is there in plain text.
      expect(kept).toContain('M1')
      expect(kept).toContain(stage.client)
      expectNothingPersonal(kept)
    }
    // Also the metadata of starts, timers and activities, where a name for the UI could carry anything.
    const all = (await Promise.all(workflowIds.map((id) => keptByTemporal(stage, id)))).join('\n')
    for (const name of ['100.00 at M1', 'result, until', 'webhook: confirmed', 'PostgreSQL'])
      expect(all).toContain(name)
    const shown = await Promise.all(workflowIds.map((id) => shownByTemporal(stage, id)))
    expect(shown.map(({ summary }) => summary)).toEqual(SENTENCES)
    for (const { summary, details } of shown) {
      expect(details).not.toBe('')
      expectNothingPersonal(summary + details)
    }
    expectNothingPersonal(await keptByPostgres(stage))
    expect(stage.logs.join('')).toContain('worker runs')
    expectNothingPersonal(stage.logs.join(''))
    expectNothingPersonal(JSON.stringify(stage.receiver.received))
  })
})

describe('with payload encryption', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      payloadKey: hash('sha256', 'payload'),
      environment: { LIJIAN_CODEC_BEARERS: `wang:${BEARER}` },
    })
  })
  afterAll(() => stage.close())

  test('histories keep nothing that can be read but the search attributes, and both doors work', async () => {
    const workflowIds = await live(stage)
    for (const workflowId of workflowIds) {
      const kept = await keptByTemporal(stage, workflowId)
      expect(kept).toContain('binary/encrypted')
      expect(kept).not.toContain('payableFen')
      expect(kept).not.toContain('marketingSerial')
      expect(kept).not.toContain('amountFen')
      for (const name of ['100.00', 'result, until', 'webhook', 'PostgreSQL', 'reversal of'])
        expect(kept).not.toContain(name)
      expectNothingPersonal(kept)
    }
    const shown = await Promise.all(workflowIds.map((id) => shownByTemporal(stage, id)))
    expect(shown.map(({ summary }) => summary)).toEqual(SENTENCES)
  })

  test('the codec server reads them for people with a bearer, from the UI only, and logs who', async () => {
    await stage.http.query(payment('U1'))
    await stage.http.result('U1', { outcome: 'success', paid: 8500 })
    const handle = stage.temporal.client.workflow.getHandle(transactionWorkflowId(stage.client, 'U1'))
    const start = await until(async () => (await handle.fetchHistory().catch(() => undefined))?.events?.[0])
    const [sealed] = start.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    const metadata = Object.entries(sealed!.metadata!).map(([name, value]) => [name, base64(value)])
    const body = JSON.stringify({ payloads: [{ metadata: Object.fromEntries(metadata), data: base64(sealed!.data!) }] })
    const url = `http://127.0.0.1:${stage.config.codecPort}/decode?namespace=default`
    const ask = (headers: Record<string, string>, to = url) =>
      fetch(to, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    const authorization = `Bearer ${BEARER}`
    const ui = `http://localhost:${stage.config.temporalUiPort}`
    const answer = await ask({ origin: ui, authorization })
    expect(answer.headers.get('access-control-allow-origin')).toBe(ui)
    const { payloads } = (await answer.json()) as { payloads: { data: string }[] }
    expect(JSON.parse(Buffer.from(payloads[0]!.data, 'base64').toString())).toEqual({
      client: stage.client,
      serial: 'U1',
    })
    const elsewhere = await ask({ origin: 'https://elsewhere.example', authorization })
    expect([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')]).toEqual([401, null])
    // Without a browser there is no origin: a bearer it needs all the same.
    for (const wrong of [
      '',
      'Bearer',
      BEARER,
      `Bearer ${BEARER}x`,
      `Basic ${BEARER}`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
    ])
      expect((await ask({ authorization: wrong })).status).toBe(401)
    expect((await ask({})).status).toBe(401)
    expect((await ask({ authorization })).status).toBe(200)
    expect((await ask({ authorization }, url.replace('/decode', '/encode'))).status).toBe(404)
    const logged = stage.logs.filter((line) => line.includes('payloads decoded'))
    expect(logged).toHaveLength(2)
    expect(logged[0]).toContain('"who":"wang"')
    expect(logged.join('')).not.toContain('U1')
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: ui } })
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST, OPTIONS'])
  })
})
