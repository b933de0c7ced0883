import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import { until } from '@lijian/testing'
import { campaign, Stage } from '@lijian/transactions/testing/stage'
import { Pool } from 'pg'
import { ReportPages } from '../pages'
import { wholeReport, ZONE } from '../testing/whole-section'
import { campaignEffectReport } from './campaign-effect'

const merchant = (id: string): Merchant => ({ id, name: id, status: 'active', fees: { default: { ppm: 6000 } } })
const rule = (campaign().offers[0] as { rule: object }).rule
/** Once per card and day, three times in all, at M1 and M2 of three merchants. */
const DINING = campaign({ budget: { count: 3 } }, {
  merchants: ['M1', 'M2'],
  rule: { ...rule, limits: [{ per: ['card'], period: 'day', count: 1 }] },
} as Partial<Campaign['offers'][number]>)

let stage: Stage
afterEach(() => stage.close())

test('answers of live payments: uses and cards, and why the others got nothing', async () => {
  stage = await Stage.open([DINING], ['M1', 'M2', 'M3'].map(merchant))
  const pool = new Pool({ connectionString: stage.url, max: 2 })
  stage.nowMs = Date.now()
  const transactions = await stage.transactions({ logs: 'all' })
  const pay = async (serial: string, card: string, amount = 10_000, at = 'M1') => {
    const { state, payable } = await transactions.query(
      stage.ask(serial, amount, { merchant: at, card: { token: `tok_${card}` } }, { receivedAtMs: Date.now() }),
    )
    if (state === 'held') await transactions.result(stage.outcome(serial, 'success', { paid: payable! }))
    return state
  }
  expect(await pay('P1', 'a')).toBe('held')
  expect(await pay('P2', 'a')).toBe('no_offer')
  expect(await pay('P3', 'b', 9_000)).toBe('no_offer')
  expect(await pay('P4', 'b', 10_000, 'M2')).toBe('held')
  expect(await pay('P5', 'c', 20_000)).toBe('held')
  expect(await pay('P6', 'd')).toBe('no_offer')
  expect(await pay('P7', 'e', 10_000, 'M3')).toBe('no_offer')
  await transactions.reverse({
    client: 'T',
    originalSerial: 'P5',
    serial: 'V5',
    kind: 'void',
    bodyHash: 'v',
    door: 'http',
  })
  await until(async () => transactions.unloggedCount === 0 || undefined)

  const [from, to] = [-1, 1].map((day) => new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10))
  const asked = { from: from!, to: to!, campaign: 'CCB-Q4' }
  const { summary, refusals, offers, limits, days } = await wholeReport(
    new ReportPages(pool, ZONE),
    'campaign-effect',
    asked,
  )
  await pool.end()
  expect(summary!.rows).toMatchObject([
    {
      ...{ currency: 'CNY', uses: 3, undone: 1, refunds: 0, payers: 3, returning_cards: 0, merchants: 2 },
      ...{ amount: 40_000, average: 13_333, cost: 4500, given_back: 1500, net: 3000, cost_per_use: 1000 },
      // P2, P3 and P6: M3 gave nothing of it to anybody.
      ...{ without: 3, amount_without: 29_000, average_without: 9_666, budget: null, uses_left: 1 },
    },
  ])
  expect(days!.totals).toMatchObject([{ uses: 3, new_cards: 3, net: 3000, without: 3 }])
  expect(refusals!.rows).toEqual([
    { reason: 'budget_exhausted', currency: 'CNY', payments: 1, amount: 10_000 },
    { reason: 'conditions', currency: 'CNY', payments: 1, amount: 9_000 },
    { reason: 'limit_exhausted', currency: 'CNY', payments: 1, amount: 10_000 },
  ])
  const columns = campaignEffectReport.sections.find(({ section }) => section === 'refusals')!.columns
  const words = columns.find(({ key }) => key === 'reason')!.words!
  expect(refusals!.rows.filter(({ reason }) => words[String(reason)] === undefined)).toEqual([])
  // Why each of them: what the log says is what an explanation of the payment says.
  expect(offers!.rows).toEqual([
    { offer: 'FOOD', reason: 'amount_below_minimum', currency: 'CNY', payments: 1, amount: 9_000 },
    { offer: 'FOOD', reason: 'budget_exhausted', currency: 'CNY', payments: 1, amount: 10_000 },
    { offer: 'FOOD', reason: 'limit_exhausted', currency: 'CNY', payments: 1, amount: 10_000 },
  ])
  expect(limits!.rows).toMatchObject([
    { limit: 'CCB-Q4#budget', period: 'total', counters: 1, met: 0, limit_count: 3, used_count: 2, fullest: 666_666 },
    { limit: 'CCB-Q4/FOOD#card.day', counters: 3, met: 2, limit_count: 1, used_count: 2, fullest: 1_000_000 },
  ])
})
