import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi, type Who } from './testing/test-api'

let api: TestApi
let sql: Client
beforeAll(async () => {
  api = await testApi({ reconciliationBufferDays: 0 })
  sql = new Client({ connectionString: api.url })
  await sql.connect()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})

const post = (path: string, body: unknown, who: Who = 'maker') => api.ask(who, 'POST', path, body)
const get = (path: string, who: Who = 'maker') => api.ask(who, 'GET', path)
const upload = (query: string, file: string, who: Who = 'maker', type = 'application/octet-stream') =>
  api.ask(who, 'POST', `/v1/reconciliation/imports?${query}`, file, { 'content-type': type })

async function confirmed(serial: string): Promise<string> {
  await post('/v1/transactions', payment(serial), 'system')
  const { body } = await post(`/v1/transactions/${serial}/result`, { outcome: 'success', paid: 8500 }, 'system')
  return body['businessDate'] as string
}
const line = (serial: string, discount: number) => ({
  serial,
  kind: 'payment',
  amount: 10_000,
  discount,
  payable: 10_000 - discount,
  outcome: 'success',
})
const list = (lines: ReturnType<typeof line>[]) =>
  [
    ...lines,
    {
      total: {
        count: lines.length,
        amount: lines.length * 10_000,
        discount: lines.reduce((sum, { discount }) => sum + discount, 0),
      },
    },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('')

test('a day of finance: the list with a planted difference, a case, two people', async () => {
  const date = await confirmed('D1')
  await confirmed('D2')
  const { rows } = await sql.query(`SELECT (detail ->> 'discountFen')::int AS fen FROM journal WHERE serial = 'D1'`)
  const discount = rows[0].fen as number
  const query = `layout=lijian-list-ndjson&date=${date}&client=system&name=list.ndjson`
  const first = await upload(query, list([line('D1', discount), line('D2', discount - 1)]))
  expect(first).toMatchObject({
    status: 200,
    body: { state: 'accepted', lines: 2, client: 'system', name: 'list.ndjson' },
  })
  expect((await upload(query, list([line('D1', discount), line('D2', discount - 1)]))).body).toMatchObject({
    again: true,
    id: first.body['id'],
  })
  expect((await get(`/v1/reconciliation/imports/${first.body['id']}`)).body).toEqual(first.body)
  expect((await get('/v1/reconciliation/imports?state=accepted')).body).toMatchObject({
    imports: [{ id: first.body['id'] }],
  })

  const run = await post('/v1/reconciliation/runs', { date })
  expect(run).toMatchObject({
    status: 200,
    body: {
      casesOpened: 1,
      runs: [
        {
          client: 'system',
          lines: 2,
          books: 2,
          matchedLines: 1,
          classes: { amount_differs: { count: 1 } },
          state: 'counted',
        },
      ],
    },
  })
  expect((await get(`/v1/reconciliation/runs?date=${date}`)).body).toMatchObject({ runs: [{ lines: 2 }] })
  expect((await get(`/v1/reconciliation/breaks?date=${date}`)).body).toMatchObject({
    breaks: [{ class: 'amount_differs', serial: 'D2', oursDiscount: discount, theirsDiscount: discount - 1, line: 2 }],
  })

  const cases = (await get('/v1/cases?state=open&kind=amount_differs')).body['cases'] as { id: number }[]
  expect(cases).toMatchObject([
    { client: 'system', serial: 'D2', ours: discount, theirs: discount - 1, file: first.body['id'] },
  ])
  const path = `/v1/cases/${cases[0]!.id}`
  expect(await api.ask('maker', 'PUT', `${path}/owner`, { owner: 'wang' })).toMatchObject({
    status: 200,
    body: { owner: 'wang' },
  })
  const proposed = await post(`${path}/resolutions`, {
    resolution: 'write_off',
    account: 'receivable/CCB',
    amount: 1,
    reason: 'one fen',
  })
  expect(proposed).toMatchObject({ status: 200, body: { state: 'proposed' } })
  const { id, hash } = proposed.body
  expect(await post(`${path}/resolutions/${id}/approve`, { hash })).toMatchObject({
    status: 403,
    body: { code: 'maker_is_checker' },
  })
  expect(await post(`${path}/resolutions/${id}/approve`, { hash }, 'checker')).toMatchObject({
    status: 200,
    body: { state: 'approved' },
  })
  expect((await get(path)).body).toMatchObject({ state: 'closed', resolution: 'write_off', resolutions: [{ id }] })
  const posted = await sql.query(
    `SELECT event, accounts, amounts_fen::int[] AS amounts FROM journal WHERE client = '@case'`,
  )
  expect(posted.rows).toEqual([{ event: 'write_off', accounts: ['write-off', 'receivable/CCB'], amounts: [1, -1] }])
  expect(await post(`${path}/reopen`, { reason: 'again' })).toMatchObject({
    status: 200,
    body: { state: 'open', reopened: 1 },
  })
})

test('an unfunded transaction is granted after the fact: the transaction system sees it confirmed', async () => {
  await confirmed('U1')
  // As the door leaves it when a success comes late and there is no room (libs/marketing/transactions).
  await post('/v1/transactions', payment('U2'), 'system')
  await sql.query(
    `UPDATE marketing_transaction SET state = 'expired', charges_are = 'none', version = version + 1 WHERE serial = 'U2'`,
  )
  await sql.query(`UPDATE counter SET held_fen = 0, held_count = 0`)
  await sql.query(`UPDATE counter SET limit_fen = used_fen, limit_count = used_count, limit_version = 1000`)
  const late = await post('/v1/transactions/U2/result', { outcome: 'success', paid: 8500 }, 'system')
  expect(late.body).toMatchObject({ state: 'unfunded' })
  const { rows: told } = await sql.query(`SELECT business_date::text AS date FROM unposted_result WHERE serial = 'U2'`)
  const unfunded = async () => {
    const report = await get(`/v1/reports/merchant?from=${told[0].date}&to=${told[0].date}&section=days`)
    return (report.body as { rows: Record<string, number>[] }).rows
  }
  const [before] = await unfunded()
  expect(before).toMatchObject({ unfunded: 1, unfunded_amount: 10_000, unfunded_gifts: 1500 })
  const opened = await sql.query(
    `INSERT INTO reconciliation_case (kind, client, serial, merchant) VALUES ('unfunded', 'system', 'U2', 'M0001') RETURNING id`,
  )
  const path = `/v1/cases/${opened.rows[0].id}`
  const { body } = await post(`${path}/resolutions`, {
    resolution: 'grant',
    consent: 'CCB mail of 11-25',
    reason: 'the bank bears it',
  })
  expect(await post(`${path}/resolutions/${body['id']}/approve`, { hash: body['hash'] }, 'checker')).toMatchObject({
    status: 200,
  })
  expect((await get('/v1/transactions/U2', 'system')).body).toMatchObject({ state: 'confirmed' })
  const posted = await sql.query(`SELECT count(*)::int AS n FROM journal WHERE serial = 'U2' AND event = 'capture'`)
  expect(posted.rows[0].n).toBe(1)
  // Unfunded when it was told, and captured now.
  expect(await unfunded()).toMatchObject([{ unfunded: 1, payments: before!['payments']! + 1 }])
})

test('a bank’s own layout, as data', async () => {
  const known = (await get('/v1/reconciliation/layouts/bank-statement')).body
  const own = { ...known, code: 'icbc-8001', source: 'icbc-8001', name: '工行 8001', encoding: 'utf-8' }
  const put = (layout: unknown) => api.ask('maker', 'PUT', '/v1/reconciliation/layouts/icbc-8001', layout)
  const { status, body: proposed } = await put(own)
  expect({ status, proposed }).toMatchObject({
    status: 202,
    proposed: { kind: 'bill_layout', before: null, body: own },
  })
  expect(await get('/v1/reconciliation/layouts/icbc-8001')).toMatchObject({ status: 404 })
  const path = `/v1/proposals/${String(proposed['id'])}/approve`
  expect(await post(path, { hash: proposed['hash'] })).toMatchObject({
    status: 403,
    body: { code: 'maker_is_checker' },
  })
  const approved = await Promise.all([1, 2].map(() => post(path, { hash: proposed['hash'] }, 'checker')))
  expect(approved.map((one) => one.status)).toEqual([200, 200])
  expect(await put(own)).toMatchObject({ status: 200, body: { code: 'icbc-8001' } })
  const { body: later } = await put({ ...own, name: 'later' })
  await sql.query(
    `UPDATE bill_layout SET document = jsonb_set(document, '{name}', '"between"') WHERE code = 'icbc-8001'`,
  )
  expect(await post(`/v1/proposals/${String(later['id'])}/approve`, { hash: later['hash'] }, 'checker')).toMatchObject({
    status: 409,
    body: { code: 'changed_since' },
  })
  expect(await api.ask('maker', 'PUT', '/v1/reconciliation/layouts/icbc-8001', { ...own, fields: {} })).toMatchObject({
    status: 422,
    body: { code: 'invalid_document' },
  })
  expect(await api.ask('maker', 'PUT', '/v1/reconciliation/layouts/bank-statement', known)).toMatchObject({
    status: 409,
  })
  const statement =
    '交易日期,交易时间,借方发生额,贷方发生额,账户余额,流水号\n20261102,09:00:00,,9.00,109.00,B4\n合计,1,0.00,9.00,,\n'
  expect((await upload('layout=icbc-8001&date=2026-11-02', statement, 'maker', 'text/csv')).body).toMatchObject({
    state: 'accepted',
    lines: 1,
    source: 'icbc-8001',
  })
  expect((await post('/v1/reconciliation/runs', { date: '2026-11-02' })).body).toMatchObject({
    casesOpened: 1,
    runs: [{ classes: { unmatched_receipt: { count: 1 } } }],
  })
})

test.each`
  query                                                  | file            | status | code
  ${'layout=lijian-list-ndjson&date=2026-11-02'}         | ${'{}'}         | ${400} | ${'invalid_request'}
  ${'layout=nope&date=2026-11-02&client=system'}         | ${'{}'}         | ${404} | ${'not_found'}
  ${'layout=alipay-trade&date=11-02&client=system'}      | ${'{}'}         | ${400} | ${'invalid_request'}
  ${'layout=alipay-trade&date=2026-11-02&client=system'} | ${'a,b\n1,2\n'} | ${422} | ${'file_refused'}
`('import ?$query → $status $code', async ({ query, file, status, code }) => {
  expect(await upload(query as string, file as string)).toMatchObject({ status, body: { code } })
})

test('a large file that is wrong from the start: the answer comes, and says where', async () => {
  const wrong = '{"serial":"S","kind":"payment","amount":"x","outcome":"success"}\n'.repeat(100_000)
  const answer = await upload('layout=lijian-list-ndjson&date=2026-11-02&client=system', wrong)
  expect(answer).toMatchObject({ status: 422, body: { code: 'file_refused' } })
  expect(answer.body['errors']).toHaveLength(20)
})

test('only for who may', async () => {
  expect((await upload('layout=alipay-trade&date=2026-11-02&client=system', '', 'system')).status).toBe(403)
  expect((await post('/v1/reconciliation/runs', { date: '2026-11-02' }, 'system')).status).toBe(403)
  expect((await get('/v1/cases', 'system')).status).toBe(403)
})

test('card numbers in a file appear nowhere: not in rows, answers or logs', async () => {
  const pan = '6222020000001234567'
  const bad = await upload(
    'layout=lijian-list-ndjson&date=2026-11-03&client=system',
    `${JSON.stringify({ ...line('C1', 0), card: pan, outcome: pan })}\n`,
  )
  expect(bad.status).toBe(422)
  const good = await upload(
    'layout=lijian-list-ndjson&date=2026-11-03&client=system',
    list([{ ...line('C1', 0), card: pan } as never]),
  )
  expect(good.status).toBe(200)
  expect(bad.text + good.text + api.logs.join('')).not.toContain(pan)
  for (const table of ['bill_line', 'bill_file', 'reconciliation_break', 'reconciliation_case']) {
    const { rows } = await sql.query(`SELECT coalesce(string_agg(t::text, ''), '') AS all FROM ${table} t`)
    expect(rows[0].all).not.toContain(pan)
  }
})
