import { hash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApi, type RunningApi } from '@lijian/api'
import { loadConfig } from '@lijian/config'
import { ApiKeys, Clients } from '@lijian/identity'
import { Campaigns } from '@lijian/campaigns'
import { Merchants } from '@lijian/groups'
import { dataSource } from '@lijian/database'
import { createLogger } from '@lijian/telemetry'
import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'

const ROOT = join(__dirname, '..', '..', '..', '..')

let api: RunningApi
let base: string
let inside: string
let database: Awaited<ReturnType<typeof testDatabase>>
let dataDir: string
let key: string

beforeAll(async () => {
  database = await testDatabase()
  const source = await dataSource(database.url, { poolSize: 2 }).initialize()
  await new Clients(source).put('till', { name: 'till' })
  await new Clients(source).put('people', { name: 'people' })
  const keys = new ApiKeys(source)
  key = (await keys.make({ client: 'till', name: 'till', scopes: ['transactions'] })).key
  const maker = (await keys.make({ client: 'people', name: 'm', scopes: ['read'] })).key
  await new Merchants(source).put({ id: 'M1', name: 'n', status: 'active', fees: { default: { ppm: 6000 } } }, 'm')
  const rule = { benefit: { type: 'reduce' as const, tiers: [{ atLeast: 10_000, off: 1500 }] } }
  await new Campaigns(source).put(
    {
      code: 'CCB',
      name: '建行',
      timeZone: 'Asia/Shanghai',
      from: '2020-01-01',
      currency: 'CNY',
      paymentMode: 'postpay',
      funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
      offers: [{ code: 'FOOD', name: '满100减15', kind: 'amount', merchants: ['M1'], rule }],
    },
    'm',
  )
  await new Campaigns(source).approve('CCB', 'c', await new Campaigns(source).read('CCB'))
  await source.destroy()
  dataDir = mkdtempSync(join(tmpdir(), 'lijian-explain-'))
  writeFileSync(join(dataDir, 'keys.json'), JSON.stringify({ maker, transactionSystem: key }))
  const config = loadConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    LIJIAN_QUERY_DEADLINE_MS: '10000',
  })
  api = await startApi(config, createLogger({ service: 'test', level: 'silent' }))
  base = await api.app.listen({ host: '127.0.0.1', port: 0 })
  inside = await api.internal.listen({ host: '127.0.0.1', port: 0 })
  await post('/v1/transactions', { serial: 'S1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
  await post('/v1/transactions', { serial: 'S2', merchant: 'M1', amount: 9_999, paymentMethod: 'qr' })
  await post('/v1/transactions', { serial: 'S3', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
  const written = /decision_log_entries_total\{[^}]*outcome="written"[^}]*\} 1\n/
  for (let tries = 0; !written.test(await metrics()); tries++) {
    if (tries > 400) throw new Error('not logged within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})
afterAll(async () => {
  await api.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const metrics = async (): Promise<string> => (await fetch(`${inside}/metrics`)).text()

async function post(path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
}

const lijian = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const program = join(__dirname, 'cli.ts')
    const source = ['--conditions=@lijian/source', '-r', join(ROOT, 'tools/testing/register-source.cjs')]
    const env = { PATH: process.env.PATH, LIJIAN_DATA_DIR: dataDir }
    execFile(process.execPath, [...source, program, ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })

test('a payment without an offer, in two languages and as JSON', async () => {
  const en = await lijian('S2', '--url', base)
  expect(en).toMatchObject({ code: 0, err: '' })
  expect(en.out).toContain('the payment was 99.99, the offer needs at least 100.00 [amount_below_minimum]\n')
  expect(en.out).toMatch(/re-computed: same answer\n$/)
  const zh = await lijian('S2', '--url', base, '--lang', 'zh-CN')
  expect(zh.out).toContain('交易金额为 99.99,子活动要求不少于 100.00')
  const json = await lijian('S1', '--url', base, '--json')
  expect(JSON.parse(json.out)).toMatchObject({ serial: 'S1', state: 'held', explanation: { verdict: 'same' } })
})

test('of another client, with a key that may read; not with one that may not', async () => {
  expect(await lijian('S1', '--url', base, '--client', 'till')).toMatchObject({ code: 0 })
  const refused = await lijian('S1', '--url', base, '--client', 'people', '--key', key)
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toMatch(
    /^lijian: Transactions of another client need a key with the scope read\.transactions\. .*\n$/,
  )
})

test('an answer that comes out differently has an exit code of its own', async () => {
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  await sql.query(
    `UPDATE marketing_transaction SET record = jsonb_set(record, '{offers,0,discount}', '1400') WHERE serial = 'S3'`,
  )
  await sql.end()
  const { code, out } = await lijian('S3', '--url', base)
  expect(code).toBe(3)
  expect(out).toContain('re-computed: offers.FOOD.discount differs: answered 1400, re-computed 1500')
})

test.each`
  _case                 | args                                        | says
  ${'unknown serial'}   | ${['S9', '--url', '@']}                     | ${'Nothing is stored under S9'}
  ${'bad serial'}       | ${['S 9', '--url', '@']}                    | ${'serial'}
  ${'nobody answers'}   | ${['S1', '--url', 'http://127.0.0.1:1']}    | ${'does not answer'}
  ${'unknown language'} | ${['S1', '--url', '@', '--lang', 'fr']}     | ${'--lang'}
  ${'a key of nobody'}  | ${['S1', '--url', '@', '--key', 'nothing']} | ${'No valid API key'}
  ${'no serial'}        | ${[]}                                       | ${'serial'}
`('$_case: one line and exit code 2', async ({ args, says }: { args: string[]; says: string }) => {
  const { code, out, err } = await lijian(...args.map((arg) => (arg === '@' ? base : arg)))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(says)
  expect(err).toMatch(/^lijian: [^\n]*\n$/)
})
