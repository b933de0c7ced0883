import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { campaign, payment } from './testing/documents'
import { people, receipt } from './testing/funding'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let the: ReturnType<typeof people>
let sql: Client
beforeAll(async () => {
  api = await testApi()
  the = people(api)
  sql = new Client({ connectionString: api.url })
  await sql.connect()
})
afterAll(async () => {
  expect(await brokenInvariants(sql, MONEY_CHECKS)).toEqual({})
  await sql.end()
  await api.stop()
})

const pay = async (serial: string) => {
  await api.ask('system', 'POST', '/v1/transactions', payment(serial))
  await api.ask('system', 'POST', `/v1/transactions/${serial}/result`, { outcome: 'success', paid: 8500 })
}

test('a campaign ends early: its statement is issued, confirmed, paid in two parts by two people, and closed', async () => {
  await the.put('CCB', { paymentMode: 'postpay' })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await pay('S1')
  await pay('S2')
  await api.ask('system', 'POST', '/v1/transactions/S2/void', { serial: 'V2' })
  const early = () => api.ask('maker', 'POST', '/v1/partner-cycles', { partner: 'CCB', campaign: 'CCB' })
  expect(await early()).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  // As clearing does when the date is over.
  await sql.query('INSERT INTO business_day (business_date) SELECT max(business_date) FROM journal')
  const { status, body: cycle } = await early()
  expect(status).toBe(200)
  expect(cycle).toMatchObject({
    cycle: 'month',
    state: 'issued',
    opening: 0,
    charged: 2_100,
    returned: 1_050,
    closing: 1_050,
    due: 1_050,
    open: 1_050,
  })
  const id = String(cycle.id)
  const file = await api.ask('checker', 'GET', `/v1/partner-cycles/${id}/statement`)
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(file.headers['content-disposition']).toContain('.csv"')
  expect(file.text).toContain(',void,V2,S2,M0001,CCB,1,FOOD,')
  const bytes = Buffer.from(
    await (
      await fetch(`${api.base}/v1/partner-cycles/${id}/statement`, {
        headers: { authorization: `Bearer ${api.keys.checker}` },
      })
    ).arrayBuffer(),
  )
  const { sha256 } = cycle.statement as { sha256: string }
  expect([file.headers['x-content-sha256'], createHash('sha256').update(bytes).digest('hex')]).toEqual([sha256, sha256])
  const none = await api.ask('checker', 'GET', `/v1/partner-cycles/${id}/statement?offer=NONE`)
  expect([none.headers['x-content-sha256'], none.text.split('\r\n').length]).toEqual([undefined, 3])

  const dispute = (rows: object[]) => api.ask('checker', 'POST', `/v1/partner-cycles/${id}/dispute`, { rows })
  expect(await dispute([{ serial: 'S9', amount: 1, reason: 'x' }])).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'rows[0].serial', messageZh: '应为本对账单中的一行' }] },
  })
  expect(await dispute([{ serial: 'S1', amount: 50, reason: 'rounding' }])).toMatchObject({
    status: 200,
    body: { state: 'disputed' },
  })
  const collect = (amount: number) => the.two('/v1/partners/CCB/collections', { cycle: cycle.id, ...receipt(amount) })
  expect(await collect(500)).toMatchObject({ status: 200, body: { kind: 'collection', state: 'approved' } })
  expect(
    await the.two('/v1/partners/CCB/cycle-adjustments', { cycle: cycle.id, amount: 50, reason: 'rounding' }),
  ).toMatchObject({ status: 200 })
  expect((await api.ask('checker', 'POST', `/v1/partner-cycles/${id}/confirm`)).body).toMatchObject({
    state: 'confirmed',
    paid: 500,
    waived: 50,
    open: 500,
  })
  expect((await api.ask('checker', 'GET', '/v1/partner-cycles?partner=CCB&state=confirmed')).body).toMatchObject({
    cycles: [{ id: cycle.id }],
  })
  await collect(700)
  expect((await api.ask('checker', 'GET', `/v1/partner-cycles/${id}`)).body).toMatchObject({
    state: 'closed',
    paid: 1_000,
    open: 0,
  })
  const { rows } = await sql.query(
    `SELECT l.account, sum(l.fen)::int AS fen FROM journal, unnest(accounts, amounts_fen) AS l (account, fen) WHERE l.account !~ '^merchant' GROUP BY 1 ORDER BY 1`,
  )
  expect(rows).toEqual([
    { account: 'bank/own', fen: 1_200 },
    { account: 'receivable/CCB', fen: 0 },
    { account: 'suspense', fen: -200 },
    { account: 'write-off', fen: 50 },
  ])
  expect((await api.ask('checker', 'POST', `/v1/partner-cycles/${id}/confirm`)).body).toMatchObject({ state: 'closed' })
  expect(await dispute([{ serial: 'S1', amount: 1, reason: 'x' }])).toMatchObject({
    status: 409,
    body: { state: 'closed' },
  })
})

test('unknown cycles, and keys that may not', async () => {
  expect((await api.ask('checker', 'GET', '/v1/partner-cycles/999')).status).toBe(404)
  expect((await api.ask('checker', 'GET', '/v1/partner-cycles/999/statement')).status).toBe(404)
  expect((await api.ask('checker', 'GET', '/v1/partner-cycles/x')).status).toBe(400)
  for (const [who, method, path] of [
    ['system', 'GET', '/v1/partner-cycles'],
    ['maker', 'POST', '/v1/partner-cycles/1/confirm'],
    ['checker', 'POST', '/v1/partner-cycles'],
    ['checker', 'POST', '/v1/partners/CCB/collections'],
  ] as const)
    expect({ path, status: (await api.ask(who, method, path, method === 'POST' ? {} : undefined)).status }).toEqual({
      path,
      status: 403,
    })
})
