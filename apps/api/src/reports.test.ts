import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { ByHand } from './testing/report-files'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let sql: Client
let byHand: ByHand
/** The business date of the payments. */
let date: string
const PAYMENTS = 7

beforeAll(async () => {
  api = await testApi()
  sql = new Client({ connectionString: api.url })
  await sql.connect()
  byHand = new ByHand(api)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({}, { merchants: ['M0001', 'M0002', 'M0003'] }))
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  for (const id of ['M0001', 'M0002', 'M0003'])
    await api.ask('maker', 'PUT', `/v1/merchants/${id}`, { ...merchant, id })
  for (let n = 0; n < PAYMENTS; n++) {
    const of = { merchant: `M000${1 + (n % 3)}`, amount: 10_000 + n }
    await api.ask('system', 'POST', '/v1/transactions', payment(`R${n}`, of))
    const paid = { outcome: 'success', paid: 8_500 + n }
    expect(await api.ask('system', 'POST', `/v1/transactions/R${n}/result`, paid)).toMatchObject({ status: 200 })
  }
  await api.ask('system', 'POST', '/v1/transactions/R0/refunds', { serial: 'R0-R', amount: 5_000 })
  await api.ask('system', 'POST', '/v1/transactions/R0/refunds/R0-R/result', { outcome: 'success' })
  const { rows } = await sql.query<{ date: string }>('SELECT max(business_date)::text AS date FROM journal')
  date = rows[0]!.date
  await sql.query(
    `INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash) VALUES ('2026-10-01', 0, 0, '', '')`,
  )
})
afterAll(async () => {
  await sql.end()
  await byHand.sql.end()
  await api.stop()
})

interface Page {
  rows: Record<string, unknown>[]
  totals: Record<string, unknown>[]
  charts: unknown[]
  columns: { key: string }[]
  next?: string
}
const query = (changed: Record<string, string>) => new URLSearchParams({ from: date, to: date, ...changed }).toString()
const read = (changed: Record<string, string> = {}, kind = 'merchant') =>
  api.ask('finance', 'GET', `/v1/reports/${kind}?${query(changed)}`)

describe('a page of data', () => {
  test.each(['days', 'merchants', 'details'])(
    'of %s: page by page the same rows as in one, each once',
    async (section) => {
      const whole = (await read({ section, limit: '500' })).body as unknown as Page
      expect(whole.next).toBeUndefined()
      for (const limit of ['1', '2', '3']) {
        const rows: unknown[] = []
        for (let after: string | undefined, first = true; ; first = false) {
          const { status, body } = await read({ section, limit, ...(after === undefined ? {} : { after }) })
          expect(status).toBe(200)
          const page = body as unknown as Page
          rows.push(...page.rows)
          expect(page.totals).toEqual(first ? whole.totals : [])
          expect(page.charts).toEqual(first ? whole.charts : [])
          if ((after = page.next) === undefined) break
          expect(page.rows.length).toBe(Number(limit))
        }
        expect(rows).toEqual(whole.rows)
      }
    },
  )

  test('its details sum to its totals, its days to its merchants, and each row has what the columns say', async () => {
    const [days, merchants, details] = (await Promise.all(
      ['days', 'merchants', 'details'].map(async (section) => (await read({ section, limit: '500' })).body),
    )) as unknown as [Page, Page, Page]
    expect(details.rows.length).toBe(PAYMENTS + 1)
    const sumOf = (rows: Page['rows'], key: string) => rows.reduce((sum, row) => sum + Number(row[key]), 0)
    for (const { rows, totals, columns } of [days, merchants, details]) {
      for (const row of rows) expect(Object.keys(row)).toEqual(columns.map(({ key }) => key))
      expect(totals).toMatchObject([{ currency: 'CNY', discount: sumOf(rows, 'discount') }])
    }
    expect([days, merchants, details].map(({ rows }) => sumOf(rows, 'discount'))).toEqual([
      PAYMENTS * 1500,
      PAYMENTS * 1500,
      PAYMENTS * 1500,
    ])
    expect(days.rows).toMatchObject([{ payments: PAYMENTS, refunds: 1, returned: 5_000, merchants: 3 }])
    expect(days.charts).toHaveLength(1)
  })

  test('parameters narrow it', async () => {
    const of = async (changed: Record<string, string>) =>
      ((await read({ section: 'details', ...changed })).body as unknown as Page).rows
    expect(await of({ merchant: 'M0002' })).toHaveLength(2)
    expect(await of({ campaign: 'CCB', offer: 'FOOD', method: 'swipe', partner: 'CCB', currency: 'CNY' })).toHaveLength(
      PAYMENTS + 1,
    )
    for (const none of ['campaign=ICBC', 'partner=ICBC', 'currency=USD', 'merchant=M9'])
      expect(await of(Object.fromEntries(new URLSearchParams(none)))).toEqual([])
    expect((await read({ merchant: 'M9' })).body).toMatchObject({ rows: [], totals: [] })
  })

  test.each`
    _case                               | changed                                          | at
    ${'a range backwards'}              | ${{ from: '2026-11-02', to: '2026-11-01' }}      | ${'to'}
    ${'a range over 366 days'}          | ${{ from: '2025-01-01', to: '2026-01-02' }}      | ${'to'}
    ${'no date'}                        | ${{ from: '2026-02-30', to: '2026-03-01' }}      | ${'from'}
    ${'a date in another form'}         | ${{ from: '20261101', to: '2026-11-01' }}        | ${'from'}
    ${'a section that is none'}         | ${{ section: 'nothing' }}                        | ${'section'}
    ${'a parameter that it lacks'}      | ${{ source: 'unionpay' }}                        | ${'source'}
    ${'a parameter that is none'}       | ${{ branch: '1' }}                               | ${'branch'}
    ${'an empty parameter'}             | ${{ merchant: '' }}                              | ${'merchant'}
    ${'SQL in place of a code'}         | ${{ merchant: "x' OR '1'='1" }}                  | ${'merchant'}
    ${'SQL in place of a method'}       | ${{ method: "'; DROP TABLE journal; --" }}       | ${'method'}
    ${'a limit of none'}                | ${{ limit: '0' }}                                | ${'limit'}
    ${'a limit of too many'}            | ${{ limit: '501' }}                              | ${'limit'}
    ${'a place that is no base64'}      | ${{ after: '%%%' }}                              | ${'after'}
    ${'a place that is no list'}        | ${{ after: place({ date: 1 }) }}                 | ${'after'}
    ${'a place with too few keys'}      | ${{ after: place(['2026-11-01']) }}              | ${'after'}
    ${'a place of another section'}     | ${{ after: place(['2026-11-01', 1, 1]) }}        | ${'after'}
    ${'a place with a date that is no'} | ${{ after: place(['2026-11-31', 'CNY']) }}       | ${'after'}
    ${'a place with U+0000'}            | ${{ after: place(['2026-11-01', 'C\u0000']) }}   | ${'after'}
    ${'a place with half a character'}  | ${{ after: place(['2026-11-01', '\ud800']) }}    | ${'after'}
    ${'a place with SQL for a date'}    | ${{ after: place(["2026-11-01' OR 1", 'CNY']) }} | ${'after'}
  `('$_case is refused, by name', async ({ changed, at }: { changed: Record<string, string>; at: string }) => {
    const answer = await read(changed)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect((answer.body['errors'] as { path: string }[]).map(({ path }) => path)).toContain(at)
  })

  test('SQL in a place is text', async () => {
    const after = place([date, "'); DELETE FROM journal; --"])
    expect(await read({ after })).toMatchObject({ status: 200, body: { totals: [] } })
    expect(await read({ after: place([date, "\\'; SELECT 1/0 --"]) })).toMatchObject({ status: 200 })
  })

  test('what is missing is named; a kind that is none is not found', async () => {
    expect(await api.ask('finance', 'GET', '/v1/reports/merchant')).toMatchObject({
      status: 400,
      body: { errors: expect.arrayContaining([expect.objectContaining({ path: 'from' })]) },
    })
    expect((await read({}, 'nothing')).status).toBe(400)
  })
})

function place(keys: unknown): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

const request = (merchantId: string, changed: Record<string, unknown> = {}) => ({
  kind: 'merchant',
  parameters: { from: date, to: date, merchant: merchantId },
  ...changed,
})
const ask = (merchantId: string, changed: Record<string, unknown> = {}) =>
  api.ask('finance', 'POST', '/v1/report-runs', request(merchantId, changed))
const idOf = async (merchantId: string, changed: Record<string, unknown> = {}) =>
  (await ask(merchantId, changed)).body['id'] as number
/** Of a date that is closed for good. */
const SEALED = { parameters: { from: '2026-10-01', to: '2026-10-01' } }

describe('a run', () => {
  test('is what was asked for; each other wish is another run, the same is the same', async () => {
    const first = await ask('A')
    expect(first).toMatchObject({
      status: 202,
      body: { state: 'queued', attempt: 0, format: 'xlsx', language: 'zh', encoding: 'utf-8', ...request('A') },
    })
    const others = [
      { format: 'csv' },
      { language: 'en' },
      { format: 'csv', encoding: 'gb18030' },
      { section: 'details' },
    ]
    const ids = await Promise.all(others.map(async (changed) => (await ask('A', changed)).body['id']))
    expect(new Set([first.body['id'], ...ids]).size).toBe(5)
    expect((await ask('A', { encoding: 'utf-8', language: 'zh' })).body).toEqual(first.body)
    expect((await api.ask('maker', 'POST', '/v1/report-runs', request('A'))).body).toEqual(first.body)
    expect((await api.ask('finance', 'GET', `/v1/report-runs/${first.body['id'] as number}`)).body).toEqual(first.body)
  })

  test('forty at once are one run', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('STORM')))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    const { rows } = await sql.query(`SELECT 1 FROM report_run WHERE parameters ->> 'merchant' = 'STORM'`)
    expect(rows).toHaveLength(1)
  })

  test('about an open date it is made anew after five minutes, about a sealed one never', async () => {
    const later = (id: number) =>
      sql.query(`UPDATE report_run SET requested_at = requested_at - interval '5 minutes' WHERE id = $1`, [id])
    const open = await idOf('OLD')
    await later(open)
    expect(await idOf('OLD')).not.toBe(open)
    const sealed = await idOf('OLD', SEALED)
    await later(sealed)
    expect(await idOf('OLD', SEALED)).toBe(sealed)
  })

  test.each`
    _case                       | changed                                                                       | at
    ${'a kind that is none'}    | ${{ kind: 'nothing' }}                                                        | ${'kind'}
    ${'a format that is none'}  | ${{ format: 'docx' }}                                                         | ${'format'}
    ${'a section that is none'} | ${{ section: 'nothing' }}                                                     | ${'section'}
    ${'a parameter not taken'}  | ${{ parameters: { from: '2026-11-01', to: '2026-11-01', client: 'system' } }} | ${'parameters.client'}
    ${'a range backwards'}      | ${{ parameters: { from: '2026-11-02', to: '2026-11-01' } }}                   | ${'parameters.to'}
    ${'a range over 366 days'}  | ${{ parameters: { from: '2025-01-01', to: '2026-01-02' } }}                   | ${'parameters.to'}
    ${'SQL in place of a code'} | ${{ parameters: { from: '2026-11-01', to: '2026-11-01', offer: "' OR 1" } }}  | ${'parameters.offer'}
    ${'a wish that is none'}    | ${{ colour: 'red' }}                                                          | ${'colour'}
  `('$_case is refused, by name, and nothing is asked for', async ({ changed, at }) => {
    const { rows: before } = await sql.query('SELECT count(*) FROM report_run')
    const answer = await ask('A', changed as object as Record<string, unknown>)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect((answer.body['errors'] as { path: string }[]).map(({ path }) => path)).toContain(at)
    expect((await sql.query('SELECT count(*) FROM report_run')).rows).toEqual(before)
  })

  test('that waits is cancelled at once, again the same, and asked for again it is another', async () => {
    const id = await idOf('CANCEL')
    const cancel = () => api.ask('finance', 'POST', `/v1/report-runs/${id}/cancel`)
    const first = await cancel()
    expect(first).toMatchObject({ status: 200, body: { id, state: 'cancelled', finishedAt: expect.any(String) } })
    expect(await cancel()).toMatchObject({ status: 200, body: first.body })
    expect(await idOf('CANCEL')).not.toBe(id)
  })

  test.each`
    _case              | changed
    ${'an open date'}  | ${() => ({})}
    ${'a sealed date'} | ${() => SEALED}
  `('that is being made is told to end, and nobody else gets it: of $_case', async ({ changed }) => {
    const of = (changed as () => object)() as Record<string, unknown>
    const id = await idOf('RUNS', of)
    await byHand.claim(id)
    const cancel = () => api.ask('finance', 'POST', `/v1/report-runs/${id}/cancel`)
    expect(await cancel()).toMatchObject({ status: 200, body: { id, state: 'running' } })
    expect(await cancel()).toMatchObject({ status: 200, body: { id, state: 'running' } })
    const { rows } = await sql.query('SELECT cancel_requested AS told FROM report_run WHERE id = $1', [id])
    expect(rows).toEqual([{ told: true }])
    expect(await idOf('RUNS', of)).not.toBe(id)
  })

  test('that is done is not cancelled', async () => {
    const id = await idOf('DONE')
    await byHand.finish(id)
    expect(await api.ask('finance', 'POST', `/v1/report-runs/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'state_conflict', state: 'done' },
    })
    expect((await api.ask('finance', 'POST', '/v1/report-runs/999999/cancel')).status).toBe(404)
    expect((await api.ask('finance', 'GET', '/v1/report-runs/x')).status).toBe(400)
  })

  test('all are listed newest first, page by page, by kind, state and SHA-256', async () => {
    const list = async (asked: string) => (await api.ask('finance', 'GET', `/v1/report-runs?${asked}`)).body
    const ids: number[] = []
    for (let after = ''; ;) {
      const { runs, next } = (await list(`limit=3${after}`)) as { runs: { id: number }[]; next?: string }
      ids.push(...runs.map(({ id }) => id))
      if (!next) break
      after = `&after=${next}`
    }
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
    const { rows } = await sql.query<{ n: number }>('SELECT count(*)::int AS n FROM report_run')
    expect(ids.length).toBe(rows[0]!.n)
    const done = (await list('state=done')) as { runs: { state: string; sha256: string }[] }
    expect(new Set(done.runs.map(({ state }) => state))).toEqual(new Set(['done']))
    const { sha256 } = done.runs[0]!
    expect(await list(`sha256=${sha256.slice(0, 16)}`)).toMatchObject({ runs: [{ sha256 }] })
    expect(await list(`sha256=${sha256.slice(0, 15)}0`)).toMatchObject({ runs: [] })
    expect((await api.ask('finance', 'GET', '/v1/report-runs?after=1;DROP')).status).toBe(400)
  })
})
