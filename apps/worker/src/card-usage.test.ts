import { brokenInvariants } from '@lijian/verification'
import type { CardCaseAnswer, CardCasePage, CardCaseWhole } from '@lijian/contracts/routing'
import { verifyWebhook } from '@lijian/privacy'
import { cardCaseWorkflowId, DECIDE_UPDATE, EXPLAIN_UPDATE } from '@lijian/workflow-card-usage-case'
import { until } from '@lijian/testing'
import { openStage, type Ask, type Stage } from './testing/stage'
import { Receiver } from './testing/receiver'

const SECRET = 'notices-are-signed'
/** Passes the Luhn check; belongs to nobody. */
const PAN = '6222020000000000026'

let gateway: Receiver
let stage: Stage
beforeAll(async () => {
  gateway = await new Receiver().open()
  stage = await openStage({ environment: { LIJIAN_NOTICE_URL: gateway.url, LIJIAN_NOTICE_SECRET: SECRET } })
  const document = {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M1'] }],
    pools: [{ code: 'P-A', mids: ['MID-1'] }],
    merchants: [
      { merchant: 'M1', routes: ['unionpay', 'wechat'].map((method) => ({ method, type: 'qr', pools: ['P-A'] })) },
    ],
  }
  await stage.sql.query(`INSERT INTO routing_version (version, document, maker) VALUES (1, $1, 'm')`, [
    JSON.stringify(document),
  ])
  await stage.sql.query(`UPDATE merchant SET document = document::jsonb || '{"parent":"P1"}'::jsonb WHERE id = 'M1'`)
  await stage.sql.query(`INSERT INTO config_change (kind, code) VALUES ('merchant', 'M1')`)
})
afterAll(async () => {
  await stage.close()
  await gateway.close()
})

const asSystem = async (path: string, body: object) => {
  const reply = await fetch(stage.apiUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await reply.json()) as Record<string, unknown>
}
const route = (serial: string, method = 'unionpay') =>
  asSystem('/v1/routes', { serial, merchant: 'M1', method, type: 'qr', amount: 1000, card: { pan: PAN } })
async function pay(serial: string) {
  await route(serial)
  return asSystem(`/v1/routes/${serial}/result`, { mid: 'MID-1', outcome: 'success' })
}
const state = async (id: number) => (await stage.maker<CardCaseWhole>('GET', `/v1/card-usage-cases/${id}`)).state
const told = () =>
  gateway.received.map(({ body }) => {
    const { notice, to } = JSON.parse(body) as { notice: string; to: { kind: string; code: string } }
    return `${notice} ${to.kind} ${to.code}`
  })

test('the 201st payment of a card in a month stops the method; two people open it again', async () => {
  await until(async () => ((await route('READY'))['route'] as object | null) !== null)
  await until(async () => ((await route('READY-2'))['cardUsageCounts'] as object[]).length === 4)
  const usages: unknown[] = []
  for (let i = 1; i <= 200; i++) usages.push((await pay(`S${i}`))['cardUsage'])
  expect(usages).toEqual(Array.from({ length: 200 }, (_, i) => (i + 1 < 160 ? 'ok' : 'near')))
  expect(await route('BEFORE')).toMatchObject({ route: { mid: 'MID-1' }, cardUsage: 'near' })
  expect(await pay('S201')).toMatchObject({
    cardUsage: 'over',
    cardUsageCounts: [
      { of: 'merchant', code: 'M1', count: 201, threshold: 200, usage: 'over' },
      { of: 'merchant', code: 'M1', count: 201 },
      { of: 'parent', code: 'P1', count: 201, threshold: 200, usage: 'over' },
      { of: 'parent', code: 'P1', count: 201 },
    ],
  })
  expect(await route('AFTER')).toMatchObject({ route: null, reasons: [{ reason: 'suspended', of: 'merchant' }] })
  expect(await route('OTHER', 'wechat')).toMatchObject({ route: { mid: 'MID-1' } })

  const { cases } = await stage.maker<CardCasePage>('GET', '/v1/card-usage-cases?state=waiting_explanation')
  expect(cases).toMatchObject([
    { merchant: 'M1', method: 'unionpay', cards: 1, threshold: 200, waitsFor: 'the written explanation of M1' },
  ])
  const { id } = cases[0]!
  await until(() => told().length === 2)
  expect(told()).toEqual(['opened parent_institution P1', 'opened merchant M1'])
  for (const { body, signature } of gateway.received)
    expect(verifyWebhook(SECRET, signature, body, { nowSeconds: Math.floor(Date.now() / 1000) })).toBe(true)

  const path = `/v1/card-usage-cases/${id}`
  const explanation = { file: 'oss://explanations/m1.pdf', note: 'a wholesale customer' }
  const explained = await stage.maker<CardCaseAnswer>('POST', `${path}/explanation`, explanation)
  expect(explained).toMatchObject({ state: 'waiting_review' })
  const { hash } = explained.proposal!
  expect((await stage.maker('POST', `${path}/approve`, { hash })).status).toBe(403)
  expect(await stage.checker('POST', `${path}/approve`, { hash })).toMatchObject({ state: 'reopened', status: 200 })
  await until(async () => (await route(`AGAIN-${Date.now().toString(36)}`))['route'] !== null)
  await until(() => told().length === 4)
  expect(told().slice(2)).toEqual(['reopened parent_institution P1', 'reopened merchant M1'])
  const flow = stage.temporalClient.workflow.getHandle(cardCaseWorkflowId('M1', 'unionpay', id))
  expect(await flow.result()).toMatchObject({ state: 'reopened' })
  expect(await brokenInvariants(stage.sql)).toEqual({})
})

test('in Temporal the same: explained and decided by update, who may not is refused; nothing of a card anywhere', async () => {
  await stage.sql.query(`UPDATE card_usage SET count = 200 WHERE length(period) = 7 AND kind = 'merchant'`)
  await stage.sql.query(`DELETE FROM card_over`)
  await pay('T1')
  const { cases } = await stage.maker<CardCasePage>('GET', '/v1/card-usage-cases?state=waiting_explanation')
  const { id } = cases[0]!
  const flow = stage.temporalClient.workflow.getHandle(cardCaseWorkflowId('M1', 'unionpay', id))
  await until(async () =>
    flow.describe().then(
      () => true,
      () => false,
    ),
  )
  const acts = (name: string) => async (by: Ask, argument: object) => {
    const asked = { update: `card-usage-case.${name}`, subject: id, argument }
    const { proof } = await by<{ proof: string }>('POST', '/v1/decision-proofs', asked)
    return flow.executeUpdate(name, { args: [{ ...argument, proof }] })
  }
  const explain = (by: Ask) => acts(EXPLAIN_UPDATE)(by, { file: 'oss://b.pdf' })
  const decide = (by: Ask, change: object) => acts(DECIDE_UPDATE)(by, { decision: 'reject', ...change })
  const code = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: { cause?: { type?: string } }) => error.cause?.type,
    )
  expect(await code(explain(stage.finance))).toBe('forbidden')
  await explain(stage.maker)
  expect(await code(decide(stage.maker, { reason: 'no' }))).toBe('maker_is_checker')
  expect(await code(decide(stage.checker, {}))).toBe('invalid_request')
  await decide(stage.checker, { reason: 'no invoices', keepSuspended: true })
  expect(await flow.result()).toMatchObject({ state: 'kept_suspended' })
  expect(await state(id)).toBe('kept_suspended')
  expect((await route('KEPT'))['route']).toBeNull()

  const { rows } = await stage.sql.query<{ token: string }>('SELECT DISTINCT card_token AS token FROM card_usage')
  const history = JSON.stringify(await flow.fetchHistory())
  const payloads = [...history.matchAll(/"data":"([^"]*)"/g)].map(([, data]) =>
    Buffer.from(data!, 'base64').toString('utf8'),
  )
  const everywhere = [...payloads, ...stage.logs, ...gateway.received.map(({ body }) => body)].join('\n')
  expect(everywhere).toContain('M1')
  for (const secret of [PAN, PAN.slice(6, -4), rows[0]!.token]) expect(everywhere).not.toContain(secret)
})
