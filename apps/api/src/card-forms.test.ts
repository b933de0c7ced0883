import { cardToken, onlyKey } from '@lijian/privacy'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

const PAN = '6222021234567890128'
const OTHER_PAN = '6222029970019186'
const tokenKey = randomBytes(32)

let api: TestApi
beforeAll(async () => {
  api = await testApi({ tokenKeys: onlyKey(tokenKey) })
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(() => api.stop())

const pay = (serial: string, more: Record<string, unknown>) =>
  api.ask('system', 'POST', '/v1/transactions', payment(serial, more))
const TOKEN = { token: cardToken(tokenKey, PAN), bin: PAN.slice(0, 8), last4: PAN.slice(-4) }

test('a number never answers for a token, right or wrong; the same body is answered the same', async () => {
  const first = await pay('T', { card: TOKEN })
  expect(first.body).toMatchObject({ state: 'held' })
  expect((await pay('T', { card: TOKEN })).body).toEqual(first.body)
  const [right, wrong] = [await pay('T', { card: { pan: PAN } }), await pay('T', { card: { pan: OTHER_PAN } })]
  expect([right.status, right.body['code'], wrong.status, wrong.body['code']]).toEqual([
    409,
    'serial_reused',
    409,
    'serial_reused',
  ])
  const number = await pay('P', { card: { pan: PAN } })
  expect((await pay('P', { card: { pan: PAN } })).body).toEqual(number.body)
  expect((await pay('P', { card: TOKEN })).status).toBe(409)
  await pay('I', { identities: { card: TOKEN.token } })
  expect((await pay('I', { identities: { card: PAN } })).status).toBe(409)
})

test('what a release before has stored still answers its honest repeats', async () => {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const forms = { OLD1: { card: { pan: PAN } }, OLD2: { card: TOKEN }, OLD3: { identities: { card: PAN } } }
  for (const [serial, form] of Object.entries(forms)) {
    const first = await pay(serial, form)
    // Without the form in front: as it was.
    await db.query(`UPDATE marketing_transaction SET version = version + 1, body_hash = split_part(body_hash, '.', 2) WHERE serial = $1`, [serial]) // prettier-ignore
    expect((await pay(serial, form)).body).toEqual(first.body)
    expect((await pay(serial, { card: { pan: OTHER_PAN } })).status).toBe(409)
  }
  await db.end()
})

test('who goes on repeating serials with other bodies is stopped, and honest repeats are not', async () => {
  const first = await pay('S', { card: TOKEN })
  const codes = new Set<unknown>()
  for (let n = 0; n < 110; n++) codes.add((await pay('S', { terminal: `T${n}` })).body['code'])
  expect([...codes]).toEqual(['serial_reused', 'too_many_requests'])
  expect((await pay('S', { card: TOKEN })).body).toEqual(first.body)
})
