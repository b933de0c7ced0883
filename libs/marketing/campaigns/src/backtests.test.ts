import { documentHash } from '@lijian/backtest'
import type { BacktestSummary, Campaign } from '@lijian/contracts/marketing'
import { dataSource } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import type { DataSource } from 'typeorm'
import { Backtests } from './backtests'
import { Campaigns } from './campaigns'

let database: Awaited<ReturnType<typeof testDatabase>>
let source: DataSource
let campaigns: Campaigns
let backtests: Backtests
beforeAll(async () => {
  database = await testDatabase()
  source = await dataSource(database.url, { poolSize: 8 }).initialize()
  campaigns = new Campaigns(source)
  backtests = new Backtests(source)
})
afterAll(async () => {
  await source.destroy()
  await database.drop()
})

const campaign = (code: string, name: string): Campaign => ({
  ...{ code, name, timeZone: 'Asia/Shanghai', from: '2026-01-01', currency: 'CNY', paymentMode: 'postpay' },
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [{ code: 'A', name, kind: 'fee', rule: { benefit: { type: 'waive' } } }],
})
const sums = { uses: 2, amount: 300, given: 30, returned: 10 }
const summary = (document: Campaign, changed: Partial<BacktestSummary> = {}): BacktestSummary => ({
  ...{ documentHash: documentHash(document), currency: 'CNY', from: '2026-01-01', to: '2026-01-02', paymentDays: 2 },
  ...{ payments: 9, ...sums, offers: [{ offer: 'A', ...sums }], days: [{ date: '2026-01-01', ...sums }] },
  ...changed,
})

test('the newest before the approval is what was promised; what comes later is kept and promises nothing', async () => {
  const [first, second] = [campaign('C1', 'one'), campaign('C1', 'two')]
  await campaigns.put(first, 'maker')
  expect(await campaigns.read('C1')).not.toHaveProperty('promise.summary')
  const old = await backtests.put('C1', summary(first), 'maker')
  expect(old).toMatchObject({ campaign: 'C1', version: 1, ranBy: 'maker', isPromise: true, summary: summary(first) })
  await backtests.put('C1', summary(first, { uses: 3 }), 'maker')
  await campaigns.approve('C1', 'checker', await campaigns.read('C1'))
  expect(await backtests.put('C1', summary(first, { uses: 4 }), 'maker')).toMatchObject({ isPromise: false })
  expect((await backtests.list('C1')).map((one) => [one.summary.uses, one.isPromise])).toEqual([
    [4, false],
    [3, true],
    [2, false],
  ])
  expect(await campaigns.read('C1')).toMatchObject({ promise: { ranBy: 'maker', summary: { uses: 3 } } })
  // Another version has promises of its own; a document that came back is its newest version's.
  await campaigns.put(second, 'maker')
  expect((await campaigns.read('C1')).promise).toBeUndefined()
  expect(await backtests.put('C1', summary(second), 'maker')).toMatchObject({ version: 2, isPromise: true })
  await campaigns.put(first, 'maker')
  expect(await backtests.put('C1', summary(first), 'maker')).toMatchObject({ version: 3 })
  expect((await backtests.list('C1', 2)).map(({ version }) => version)).toEqual([2])
})

test('the same sent again, also eight times at once, is kept once', async () => {
  const document = campaign('C2', 'x')
  await campaigns.put(document, 'maker')
  const same = summary(document)
  const put = () => backtests.put('C2', same, 'maker')
  const answers = await Promise.all(Array.from({ length: 8 }, put))
  expect(new Set(answers.map(({ ranAt }) => ranAt)).size).toBe(1)
  expect((await backtests.list('C2')).length).toBe(1)
})

test('a back-test of another document is refused, and one of a campaign that nobody stored', async () => {
  await campaigns.put(campaign('C3', 'x'), 'maker')
  await expect(backtests.put('C3', summary(campaign('C3', 'y')), 'maker')).rejects.toMatchObject({
    code: 'state_conflict',
  })
  await expect(backtests.put('C4', summary(campaign('C4', 'x')), 'maker')).rejects.toMatchObject({ code: 'not_found' })
  await expect(backtests.list('C4')).rejects.toMatchObject({ code: 'not_found' })
  expect(await backtests.list('C3')).toEqual([])
})

test('of one version a hundred are kept', async () => {
  const document = campaign('C5', 'x')
  await campaigns.put(document, 'maker')
  for (let uses = 0; uses < 100; uses++) await backtests.put('C5', summary(document, { uses }), 'maker')
  await expect(backtests.put('C5', summary(document, { uses: 100 }), 'maker')).rejects.toThrow('100 back-tests')
  expect(await backtests.put('C5', summary(document, { uses: 7 }), 'maker')).toMatchObject({ isPromise: false })
  expect((await backtests.list('C5')).length).toBe(20)
})
