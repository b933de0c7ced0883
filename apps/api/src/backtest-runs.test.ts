import { BacktestWork, tryPayments, type BacktestRunRow } from '@lijian/campaigns'
import { backtestRunRead } from '@lijian/contracts/marketing'
import { Pool } from 'pg'
import { cardNumber } from './testing/card-numbers'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let pool: Pool
let work: BacktestWork
let today: string
const SILENT_MS = 10_000
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url })
  work = new BacktestWork(pool, 30, SILENT_MS)
  today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await api.ask('maker', 'PUT', '/v1/campaigns/DRAFT', campaign({ code: 'DRAFT' }, { code: 'DRAFT-F' }))
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const request = (serial: string, more: object = {}) =>
  api.ask('maker', 'POST', '/v1/backtests', { serial, campaigns: [{ code: 'DRAFT' }], ...more })
const read = async (id: number) => backtestRunRead.parse((await api.ask('checker', 'GET', `/v1/backtests/${id}`)).body)
const give = (id: number, lines: object[], key = api.keys.maker) =>
  fetch(`${api.base}/v1/backtests/${id}/payments`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  })
const trying = (run: BacktestRunRow) =>
  tryPayments(pool, run, {
    timeZone: 'Asia/Shanghai',
    signal: new AbortController().signal,
    onTotal: () => undefined,
    onLines: () => undefined,
    paced: (pages) => pages,
  })
async function make(id: number) {
  const run = (await work.claim(id))!
  const { reports, lines } = await trying(run)
  expect(await work.finish(run, reports, lines)).toBe(true)
  return read(id)
}

test('stored days: payments with and without an offer, and what took them back', async () => {
  const ask = (serial: string, more: Record<string, unknown> = {}) =>
    api.ask('system', 'POST', '/v1/transactions', payment(serial, more))
  const tell = (serial: string, body: object) => api.ask('system', 'POST', `/v1/transactions/${serial}/result`, body)
  for (const serial of ['D-A', 'D-B', 'D-C', 'D-D']) await ask(serial)
  for (const serial of ['D-A', 'D-B', 'D-D']) await tell(serial, { outcome: 'success', paid: 8500 })
  await tell('D-C', { outcome: 'failure' })
  const back = [
    await api.ask('system', 'POST', '/v1/transactions/D-B/void', { serial: 'D-B-V' }),
    await api.ask('system', 'POST', '/v1/transactions/D-D/refunds', { serial: 'D-D-R', amount: 10_000 }),
    await api.ask('system', 'POST', '/v1/transactions/D-D/refunds/D-D-R/result', { outcome: 'success' }),
  ]
  expect(back.map(({ status }) => status)).toEqual([200, 200, 200])
  // Too small for the offer: its answer stands in the decision log alone.
  await ask('D-SMALL', { amount: 5000 })
  for (;;) {
    const { rows } = await pool.query(`SELECT FROM decision_log WHERE serial = 'D-SMALL'`)
    if (rows.length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { status, body } = await request('days', { days: { from: today, to: today } })
  expect([status, body.state]).toEqual([202, 'queued'])
  const done = await make(body.id as number)
  const [report] = done.reports!
  expect(report!.lines).toMatchObject({ payments: 4, failed: 1, voids: 1, refunds: 1 })
  expect(done).toMatchObject({ state: 'done', linesDone: 7, attempt: 1 })
  expect(report!.a.totals).toMatchObject({ given: 4500, returned: 3000, discount: 1500 })
  expect(report!.a.summaries).toMatchObject([{ campaign: 'DRAFT', given: 4500, returned: 3000 }])
})

test('a file: cards become tokens, the same file again is the one that is there, and its lines go with the run', async () => {
  const pans = [cardNumber(31), cardNumber(32)]
  const lines = [0, 1, 2].map((i) => ({
    ...payment(`F-A${i}`, { card: { pan: pans[i % 2] }, customer: 'somebody', identities: { phone: '13900000000' } }),
    at: `2026-03-0${i + 1}T12:00:00+08:00`,
  }))
  const { body } = await request('file')
  expect(body.state).toBe('waiting_file')
  const id = body.id as number
  const given = await give(id, lines)
  expect([given.status, await given.json()]).toMatchObject([200, { state: 'queued', linesTotal: 3 }])
  expect((await give(id, lines)).status).toBe(200)
  expect((await give(id, lines.slice(1))).status).toBe(409)
  expect((await give(id, lines, api.keys.checker)).status).toBe(403)
  const { rows } = await pool.query<{ lines: Buffer }>('SELECT lines FROM backtest_lines WHERE run = $1', [id])
  const { gunzipSync } = await import('node:zlib')
  const kept = gunzipSync(rows[0]!.lines).toString()
  for (const secret of [...pans, 'somebody', '13900000000']) expect(kept).not.toContain(secret)
  const done = await make(id)
  expect(done.reports![0]).toMatchObject({ lines: { payments: 3, cards: 2 }, a: { totals: { given: 4500 } } })
  expect((await pool.query('SELECT FROM backtest_lines WHERE run = $1', [id])).rows).toEqual([])
})

test('a wrong line is named by its number, without what it says, and nothing is kept', async () => {
  const { body } = await request('wrong')
  const id = body.id as number
  const right = { ...payment('W-A'), at: '2026-03-01T12:00:00+08:00' }
  const answer = await give(id, [right, { ...right, serial: 'W-B', amount: -1, card: { pan: '622202990007001x' } }])
  const text = await answer.text()
  expect([answer.status, JSON.parse(text)]).toMatchObject([400, { code: 'invalid_request' }])
  expect(text).toContain('line 2: amount')
  expect(text).not.toContain('62220299')
  expect(await read(id)).toMatchObject({ state: 'waiting_file' })
  expect((await pool.query('SELECT FROM backtest_lines WHERE run = $1', [id])).rows).toEqual([])
})

test('the same serial is the same run; another body of it, an unknown campaign and codes met twice are refused', async () => {
  const first = await request('same')
  expect((await request('same')).body).toEqual(first.body)
  expect(await request('same', { campaigns: [{ code: 'CCB' }] })).toMatchObject({
    status: 409,
    body: { code: 'serial_reused' },
  })
  expect(await request('none', { campaigns: [{ code: 'NONE' }] })).toMatchObject({ status: 404 })
  await api.ask('maker', 'POST', '/v1/campaigns/CCB/copy', { code: 'CCB-2' })
  expect(await request('both', { campaigns: [{ code: 'CCB' }, { code: 'CCB-2' }] })).toMatchObject({ status: 409 })
  expect(await request('against', { against: [{ code: 'CCB' }] })).toMatchObject({ status: 202 })
  expect(await request('long', { days: { from: '2026-01-01', to: '2026-12-31' } })).toMatchObject({ status: 400 })
})

test('one that waits is cancelled at once; one that runs is told, and publishes nothing', async () => {
  const waiting = (await request('c-1')).body.id as number
  expect((await api.ask('maker', 'POST', `/v1/backtests/${waiting}/cancel`)).body).toMatchObject({ state: 'cancelled' })
  const running = (await request('c-2', { days: { from: today, to: today } })).body.id as number
  const run = (await work.claim(running))!
  expect((await api.ask('maker', 'POST', `/v1/backtests/${running}/cancel`)).body).toMatchObject({
    state: 'running',
    cancelRequested: true,
  })
  expect(await work.heard(run, 1)).toBe('cancel')
  const { reports, lines } = await trying(run)
  expect(await work.finish(run, reports, lines)).toBe(false)
  expect(await work.cancelled(run)).toBe(true)
  expect(await read(running)).toMatchObject({ state: 'cancelled' })
})

test('nothing that an overtaken attempt says is of any effect', async () => {
  const id = (await request('o-1', { days: { from: today, to: today } })).body.id as number
  const claims = await Promise.all(Array.from({ length: 5 }, () => work.claim(id)))
  const [first, ...others] = claims.filter((claim) => claim !== undefined)
  expect(others).toEqual([])
  await pool.query(`UPDATE backtest_run SET heard_at = now() - interval '1 hour' WHERE id = $1`, [id])
  expect(await work.waiting(100)).toContain(id)
  const second = (await work.claim(id))!
  expect(second.attempt).toBe(2)
  expect(await work.heard(first!, 5)).toBe('lost')
  expect([
    await work.finish(first!, [], 0),
    await work.failed(first!, 'x', false),
    await work.cancelled(first!),
    await work.putBack(first!),
  ]).toEqual([false, false, false, false])
  const { reports, lines } = await trying(second)
  expect(await work.finish(second, reports, lines)).toBe(true)
})

test('what is done is kept with its version, twice the same; its time over, the reports go', async () => {
  const id = (await request('k-1', { days: { from: today, to: today } })).body.id as number
  const keep = () => api.ask('maker', 'POST', `/v1/backtests/${id}/keep`)
  expect(await keep()).toMatchObject({ status: 409 })
  await make(id)
  const kept = await keep()
  expect(kept).toMatchObject({ status: 200, body: { backtests: [{ campaign: 'DRAFT', version: 1, isPromise: true }] } })
  expect((await keep()).body).toEqual(kept.body)
  expect((await api.ask('checker', 'GET', '/v1/campaigns/DRAFT')).body).toHaveProperty('promise')
  await pool.query(`UPDATE backtest_run SET expires_at = now() - interval '1 s' WHERE id = $1`, [id])
  await work.expire()
  const gone = await read(id)
  expect([gone.state, gone.reports]).toEqual(['expired', undefined])
  const { body } = await api.ask('checker', 'GET', '/v1/backtests?limit=3')
  expect(body).toMatchObject({
    backtests: [{ serial: 'k-1', state: 'expired' }, {}, {}],
    next: expect.any(String) as string,
  })
})
