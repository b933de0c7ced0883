import { campaignUsage, type CampaignUsage } from '@lijian/contracts/marketing'
import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let sql: Client
let n = 0
beforeAll(async () => {
  api = await testApi()
  sql = new Client({ connectionString: api.url })
  await sql.connect()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})

const LIMITS = [
  { per: [], period: 'day', count: 3 },
  { per: ['merchant'], period: 'total', amount: 4500 },
  { per: ['card'], period: 'month', count: 1 },
]
async function live(
  code: string,
  document = campaign({ code }, { code: `${code}-F`, merchants: [code], rule: rule(LIMITS) }),
) {
  await api.ask('maker', 'PUT', `/v1/campaigns/${code}`, document)
  await api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`)
}
const rule = (limits: object[]) => ({ ...campaign().offers[0]!.rule, limits })
const usage = async (code: string, query = ''): Promise<CampaignUsage> => {
  const answer = await api.ask('checker', 'GET', `/v1/campaigns/${code}/usage${query}`)
  expect(answer.status).toBe(200)
  return campaignUsage.parse(answer.body)
}
const hold = async (merchantOf: string, cardToken = `card-token-of-test-${n}`) => {
  const serial = `U-${n++}`
  const body = payment(serial, { merchant: merchantOf, card: { token: cardToken } })
  const answer = await api.ask('system', 'POST', '/v1/transactions', body)
  expect(answer).toMatchObject({ status: 200, body: { state: 'held' } })
  return { serial, holdExpiresAt: answer.body.holdExpiresAt as string }
}
const pay = async (merchantOf: string) => {
  const { serial } = await hold(merchantOf)
  const told = await api.ask('system', 'POST', `/v1/transactions/${serial}/result`, { outcome: 'success', paid: 8500 })
  expect(told.status).toBe(200)
}

test('limits and budgets tell what is used, held and left, and when the next hold ends', async () => {
  await live('U1')
  await pay('U1')
  const first = await hold('U1')
  await hold('U1')
  const { limits, ...head } = await usage('U1')
  expect(head).toMatchObject({ campaign: 'U1', version: 1, live: true, currency: 'CNY' })
  const [day, perMerchant, perCard, budget] = limits
  const { rows } = await sql.query<{ ends: Date }>(
    `SELECT hold_expires_at AS ends FROM marketing_transaction WHERE serial = $1`,
    [first.serial],
  )
  const nextHoldEndsAt = rows[0]!.ends.toISOString()
  expect(day).toMatchObject({
    limit: 'U1/U1-F#.day',
    per: [],
    period: 'day',
    count: { limit: 3, used: 1, held: 2, over: 0, left: 0 },
    amount: { used: 1500, held: 3000, over: 0 },
    nextHoldEndsAt,
  })
  expect(day!.amount).not.toHaveProperty('left')
  expect(budget).toMatchObject({
    kind: 'budget',
    amount: { limit: 1_000_000, used: 1500, held: 3000, left: 995_500 },
    nextHoldEndsAt,
  })
  expect(perMerchant).toMatchObject({ per: ['merchant'], keys: { keys: 1, full: 1, isAtLeast: false } })
  expect(perMerchant).not.toHaveProperty('amount')
  expect(perCard).toMatchObject({ per: ['card'], keys: { keys: 3, full: 3, isAtLeast: false } })
})

test('one merchant is shown where it is asked for', async () => {
  await live('U2')
  await pay('U2')
  const of = async (merchantOf: string) => (await usage('U2', `?merchant=${merchantOf}`)).limits[1]
  expect(await of('U2')).toMatchObject({ amount: { limit: 4500, used: 1500, held: 0, left: 3000 } })
  expect(await of('NOBODY')).toMatchObject({ amount: { limit: 4500, used: 0, held: 0, left: 4500 } })
})

test('a poll hears 304 until something has changed', async () => {
  await live('U3')
  await pay('U3')
  const ask = (etag?: string) =>
    api.ask('checker', 'GET', '/v1/campaigns/U3/usage', undefined, etag === undefined ? {} : { 'if-none-match': etag })
  const { etag } = (await ask()).headers
  const again = await ask(etag)
  expect([again.status, again.text, again.headers['cache-control']]).toEqual([304, '', 'private, no-cache'])
  await pay('U3')
  const after = await ask(etag)
  expect(after.status).toBe(200)
  expect(after.headers.etag).not.toBe(etag)
})

test('a hold whose row is not among those looked at has no end, rather than a wrong one', async () => {
  await live('U4')
  await hold('U4')
  // As if another hold were older than the newest payments.
  await sql.query(`UPDATE counter SET held_count = held_count + 1 WHERE key LIKE 'U4/U4-F#.day||%'`)
  const { limits } = await usage('U4')
  expect(limits[0]).toMatchObject({ count: { held: 2 } })
  expect(limits[0]).not.toHaveProperty('nextHoldEndsAt')
  await sql.query(`UPDATE counter SET held_count = held_count - 1 WHERE key LIKE 'U4/U4-F#.day||%'`)
})

test('a draft shows its own limits, an unknown campaign is 404', async () => {
  await api.ask('maker', 'PUT', '/v1/campaigns/U5', campaign({ code: 'U5' }))
  expect(await usage('U5')).toMatchObject({
    live: false,
    limits: [{ kind: 'budget', amount: { used: 0, left: 1_000_000 } }],
  })
  expect(await api.ask('checker', 'GET', '/v1/campaigns/NONE/usage')).toMatchObject({ status: 404 })
})
