import { brokenInvariants } from '@lijian/verification'
import { merchantMethodRef, type CardUsageAnswer } from '@lijian/contracts/routing'
import { parentsOf } from './card-usage'
import { DAY, NOON_MS, routing, Stage, type Process } from './testing/stage'

const MONTH = DAY.slice(0, 7)
const limits = (thresholds: object[], more: object = {}) => routing([{}], { cardUsage: { thresholds, ...more } })

let stage: Stage
let one: Process
let other: Process
beforeAll(async () => {
  stage = await Stage.open(limits([{ month: 5 }]))
  await stage.sql.query(
    `INSERT INTO merchant (id, document, updated_by) SELECT id, jsonb_build_object('id', id, 'name', id) || parent, 'm'
     FROM (VALUES ('M1', '{"parent":"P1"}'::jsonb), ('P1', '{"parent":"P2"}'), ('P2', '{}')) m (id, parent)`,
  )
  one = await stage.process()
  other = await stage.process()
})
afterEach(async () => expect(await brokenInvariants(stage.sql)).toEqual({}))
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.sql.query(
    'TRUNCATE route, counter, suspension, card_usage, card_over, card_usage_notice, card_usage_case, outbox',
  )
  for (const { admission } of [one, other]) admission.memory.forget()
  await stage.put(limits([{ month: 5 }]))
})

const CARD = { cardToken: 'ct_1' }
let serials = 0
/** One payment of a card, from its question to its success. */
async function pay(process: Process, change: object = CARD) {
  const serial = `S${++serials}`
  const asked = await process.routes.route(stage.ask(serial, 100, change))
  if (asked.route === null) return { asked, serial, result: undefined }
  return { asked, serial, result: await process.routes.result(stage.result(serial, 'MID-1', 'success')) }
}
async function payTimes(times: number, change: object = CARD) {
  for (let i = 0; i < times; i++) await pay(i % 2 === 0 ? one : other, change)
}
/** As two people would (libs/routing/card-usage). */
async function reopen() {
  await stage.sql.query(`UPDATE card_usage_case SET state = 'reopened', closed_at = now()`)
  await stage.sql.query('DELETE FROM suspension')
  for (const { admission } of [one, other]) admission.memory.forget()
  await stage.refresh()
}
const told = ({ cardUsage, cardUsageCounts }: CardUsageAnswer) => [cardUsage, cardUsageCounts?.[0]?.count]
const cases = async () =>
  (
    await stage.sql.query(
      'SELECT merchant, method, state, cards, period, threshold, parents FROM card_usage_case ORDER BY id',
    )
  ).rows as object[]

test('ok, near from 80 %, over above the threshold: in results, questions and reads, whichever process asks', async () => {
  const usages: unknown[] = []
  for (let i = 0; i < 6; i++) usages.push(told((await pay(i % 2 === 0 ? one : other)).result!))
  expect(usages).toEqual([...[1, 2, 3].map((n) => ['ok', n]), ['near', 4], ['near', 5], ['over', 6]])
  await reopen()
  const { asked, serial } = await pay(other)
  expect(told(asked)).toEqual(['over', 6])
  expect(told(await one.routes.read('T', serial, false))).toEqual(['over', 7])
  expect(told(await one.routes.result(stage.result(serial, 'MID-1', 'success')))).toEqual(['over', 7])
})

test('a card with another token under a newer key is counted on, and goes over once', async () => {
  const renewed = { cardToken: 'ct_new', earlier: ['ct_1'] }
  await payTimes(3)
  await payTimes(2, renewed)
  const { result, serial } = await pay(one, renewed)
  expect(told(result!)).toEqual(['over', 6])
  expect(told(await other.routes.read('T', serial, false))).toEqual(['over', 6])
  expect(await cases()).toMatchObject([{ cards: 1 }])
})

test('the month and the day, at the merchant and apart under each parent; another card and another month are counted apart', async () => {
  await payTimes(2)
  await pay(one, { cardToken: 'ct_2' })
  stage.nowMs = NOON_MS - 86_400_000
  await pay(one)
  stage.nowMs = NOON_MS - 30 * 86_400_000
  await pay(one)
  stage.nowMs = NOON_MS
  const { asked } = await pay(one)
  const place = (of: string, code: string) => [
    { of, code, period: MONTH, count: 3, threshold: 5, usage: 'ok' },
    { of, code, period: DAY, count: 2 },
  ]
  expect(asked).toMatchObject({ cardUsage: 'ok' })
  expect(asked.cardUsageCounts).toEqual([
    ...place('merchant', 'M1'),
    ...place('parent', 'P1'),
    ...place('parent', 'P2'),
  ])
})

test('only successes count, each attempt once; a card that the result tells counts too; without a card nothing is said', async () => {
  await one.routes.route(stage.ask('F', 100, CARD))
  await one.routes.result(stage.result('F', 'MID-1', 'declined'))
  expect(told(await other.routes.result(stage.result('F', 'MID-1', 'success')))).toEqual(['ok', 1])
  expect(told(await one.routes.result(stage.result('F', 'MID-1', 'success')))).toEqual(['ok', 1])
  const asked = await one.routes.route(stage.ask('L', 100))
  expect(asked).not.toHaveProperty('cardUsage')
  expect(told(await one.routes.result(stage.result('L', 'MID-1', 'success', CARD)))).toEqual(['ok', 2])
  expect(told(await other.routes.read('T', 'L', false))).toEqual(['ok', 2])
})

test("a scheme's own threshold, by month and by day; a scheme without one is counted and not judged", async () => {
  await stage.put(
    limits([
      { scheme: 'unionpay', month: 2, day: 10 },
      { scheme: 'visa', day: 1 },
    ]),
  )
  await payTimes(2, { ...CARD, scheme: 'unionpay' })
  expect(
    told((await one.routes.route(stage.ask('Q', 100, { ...CARD, scheme: 'unionpay' }))) as CardUsageAnswer),
  ).toEqual(['near', 2])
  const visa = { cardToken: 'ct_v', scheme: 'visa' }
  expect(told((await pay(one, visa)).result!)).toEqual(['near', 1])
  expect(told((await pay(other, visa)).result!)).toEqual(['over', 2])
  expect(await cases()).toMatchObject([{ period: DAY, threshold: 1, cards: 1 }])
  const jcb = await one.routes.route(stage.ask('J', 100, { cardToken: 'ct_j', scheme: 'jcb' }))
  expect(jcb).not.toHaveProperty('cardUsage')
})

test('over by one card: the next payment with that method is refused, in every process; another method goes on', async () => {
  await stage.put({
    ...limits([{ month: 5 }]),
    merchants: [
      { merchant: 'M1', routes: ['wechat', 'alipay'].map((method) => ({ method, type: 'qr', pools: ['P-A'] })) },
    ],
  })
  await payTimes(5)
  expect(await cases()).toEqual([])
  await pay(one)
  for (const process of [other, one]) {
    const { route, reasons } = await process.routes.route(stage.ask(`N${++serials}`, 100, { cardToken: 'ct_9' }))
    expect([route, reasons]).toEqual([null, [{ reason: 'suspended', of: 'merchant' }]])
  }
  expect((await other.routes.route(stage.ask('A', 100, { method: 'alipay' }))).route).not.toBeNull()
  expect(await cases()).toEqual([
    {
      merchant: 'M1',
      method: 'wechat',
      state: 'waiting_explanation',
      cards: 1,
      period: MONTH,
      threshold: 5,
      parents: ['P1', 'P2'],
    },
  ])
  const { rows } = await stage.sql.query('SELECT ref, suspended_by FROM suspension')
  expect(rows).toEqual([{ ref: merchantMethodRef('M1', 'wechat'), suspended_by: '@card-usage' }])
  const outbox = await stage.sql.query<{ workflow_id: string; snapshot: object }>(
    'SELECT workflow_id, snapshot FROM outbox',
  )
  expect(outbox.rows).toMatchObject([{ workflow_id: expect.stringMatching(/^card-usage\/M1\/wechat\/\d+$/) as string }])
  expect(JSON.stringify(outbox.rows)).not.toContain('ct_1')
})

test('what was explained is explained: a card of a case that was reopened makes no other one until the next month', async () => {
  await payTimes(6)
  await reopen()
  await payTimes(3)
  expect(await cases()).toHaveLength(1)
  await payTimes(6, { cardToken: 'ct_2' })
  expect((await cases()).map((one) => (one as { state: string }).state)).toEqual(['reopened', 'waiting_explanation'])
})

test('three cards at once, each with its last payments in flight in two processes: exactly one case, of three cards, and no count lost', async () => {
  await stage.put(limits([{ month: 20 }], { cardsOver: 3 }))
  const cards = ['ct_a', 'ct_b', 'ct_c']
  const payments = Array.from({ length: 66 }, (_, i) => ({ serial: `C${++serials}`, cardToken: cards[i % 3]! }))
  await Promise.all(
    payments.map(({ serial, cardToken }, i) =>
      [one, other][i % 2]!.routes.route(stage.ask(serial, 100, { cardToken })),
    ),
  )
  expect(await cases()).toEqual([])
  const results = await Promise.all(
    payments.map(async ({ serial, cardToken }, i) => {
      const { cardUsageCounts } = await [other, one][i % 2]!.routes.result(stage.result(serial, 'MID-1', 'success'))
      return { cardToken, count: cardUsageCounts![0]!.count }
    }),
  )
  for (const card of cards)
    expect(
      results
        .filter(({ cardToken }) => cardToken === card)
        .map(({ count }) => count)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
  expect(await cases()).toMatchObject([{ state: 'waiting_explanation', cards: 3 }])
})

test('two cards over of three that are needed stop nothing', async () => {
  await stage.put(limits([{ month: 2 }], { cardsOver: 3 }))
  await payTimes(4, { cardToken: 'ct_a' })
  await payTimes(4, { cardToken: 'ct_b' })
  expect(await cases()).toEqual([])
  await payTimes(3, { cardToken: 'ct_c' })
  expect(await cases()).toMatchObject([{ cards: 3 }])
})

test('parents that name each other have an end', () => {
  const documents: Record<string, { parent?: string }> = { A: { parent: 'B' }, B: { parent: 'C' }, C: { parent: 'A' } }
  expect(parentsOf((id) => documents[id])('A')).toEqual(['B', 'C'])
  expect(parentsOf(() => undefined)('A')).toEqual([])
})
