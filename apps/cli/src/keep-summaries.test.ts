import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApi, type RunningApi } from '@lijian/api'
import { Campaigns } from '@lijian/campaigns'
import { loadConfig } from '@lijian/config'
import type { Campaign } from '@lijian/contracts/marketing'
import { dataSource } from '@lijian/database'
import { Clients, makeKeyPerson } from '@lijian/identity'
import { createLogger } from '@lijian/telemetry'
import { testDatabase } from '@lijian/testing'
import { lijian } from './testing/command'

/** The command as a user runs it, against a real API. */
let database: Awaited<ReturnType<typeof testDatabase>>
let api: RunningApi
let base: string
let folder: string
const keys: Record<string, string> = {}
const key = (of: string) => createHash('sha256').update(of).digest('hex')

const document: Campaign = {
  ...{
    code: 'CCB',
    name: '建行',
    timeZone: 'Asia/Shanghai',
    from: '2026-01-01',
    currency: 'CNY',
    paymentMode: 'postpay',
  },
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [
    {
      ...{ code: 'FOOD', name: '满减', kind: 'amount' },
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
    },
  ],
}

beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'lijian-keep-'))
  const source = await dataSource(database.url, { poolSize: 2 }).initialize()
  for (const [who, scopes] of [
    ['maker', ['campaigns.make']],
    ['checker', ['campaigns.check']],
    ['finance', ['finance', 'read']],
  ] as const) {
    await new Clients(source).put(who, { name: who })
    keys[who] = (await makeKeyPerson(source, { client: who, login: who, name: who, scopes })).key
  }
  await new Campaigns(source).put(document, 'm')
  await source.destroy()
  api = await startApi(
    loadConfig({
      ...{ DATABASE_URL: database.appUrl, TEMPORAL_ADDRESS: '127.0.0.1:7233', LIJIAN_DATA_DIR: folder },
      ...{ LIJIAN_TOKEN_KEY: key('token'), LIJIAN_DRAW_KEY: key('draw'), LIJIAN_ACCOUNT_KEY: key('account') },
    }),
    createLogger({ service: 'test', level: 'silent' }),
  )
  base = await api.app.listen({ host: '127.0.0.1', port: 0 })
  writeFileSync(join(folder, 'draft.json'), JSON.stringify(document))
  writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...document, name: 'other' }))
})
afterAll(async () => {
  await api.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const payments = [1, 2, 3]
  .map((n) => ({
    serial: `P${n}`,
    merchant: 'M1',
    amount: 20_000 - 5_000 * n,
    paymentMethod: 'qr',
    at: `2026-11-2${n}T12:00:00+08:00`,
  })) // prettier-ignore
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('')
const keep = (key: string, draft = 'draft.json') =>
  lijian(folder, ['backtest', '--campaigns', draft, '--payments', '-', '--keep', '--url', base, '--key', key], payments)
const ask = async (key: string, path: string, method = 'GET', body?: object): Promise<Record<string, unknown>> => {
  const headers = { authorization: `Bearer ${keys[key]}`, ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: response.status, ...((await response.json()) as object) }
}

test('what a back-test says is kept with its version: the approver reads it, and the report compares', async () => {
  const first = await keep(keys['maker']!)
  expect([first.code, first.err]).toEqual([0, expect.stringMatching(/kept with version 1 of CCB\n$/)])
  expect((await keep(keys['maker']!)).code).toBe(0)
  const expected = {
    ...{ currency: 'CNY', from: '2026-11-21', to: '2026-11-23', paymentDays: 3, payments: 3 },
    ...{ uses: 2, amount: 25_000, given: 3_000, returned: 0 },
    offers: [{ offer: 'FOOD', uses: 2, amount: 25_000, given: 3_000, returned: 0 }],
  }
  const { backtests } = await ask('checker', '/v1/campaigns/CCB/backtests')
  expect(backtests).toMatchObject([{ version: 1, isPromise: true, summary: expected }])
  const { hash, ...shown } = await ask('checker', '/v1/campaigns/CCB')
  expect(shown).toMatchObject({ promise: { summary: expected } })
  expect(await ask('checker', '/v1/campaigns/CCB/approve', 'POST', { hash })).toMatchObject({ liveVersion: 1 })
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const query = `from=${today}&to=${today}&campaign=CCB&section=promises`
  expect(await ask('finance', `/v1/reports/campaign-effect?${query}`)).toMatchObject({
    rows: [
      {
        ...{ version: 1, currency: 'CNY', first: today, last: today, backtest: 'kept' },
        // A third of three days, for one day.
        ...{ uses_promised: 0, amount_promised: 8_333, cost_promised: 1_000, average_promised: 12_500 },
        ...{ uses: 0, cost: 0, cost_difference: -1_000, average: null, average_difference: null },
      },
    ],
  })
  const text = await ask('finance', '/v1/campaigns/CCB/backtests?version=2')
  expect(text).toMatchObject({ status: 200, backtests: [] })
})

test('another draft than the stored one is refused, and a key without the scope', async () => {
  const other = await keep(keys['maker']!, 'other.json')
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('store it first, then keep the back-test')])
  const wrong = await keep(keys['finance']!)
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('campaigns.make')])
})
