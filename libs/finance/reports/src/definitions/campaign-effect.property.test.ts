import type { ReportParameters } from '@lijian/contracts/finance'
import { LIMITS, steadyClient } from '@lijian/database'
import { putRows, testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import type { ReportRow } from '../definition'
import { ReportPages } from '../pages'
import { differences } from '../reading'
import { ANSWER_DAYS, anyCampaignWorld, CAMPAIGN, campaignTables, type CampaignWorld } from '../testing/campaign-world'
import { promised } from '../testing/promises-reference'
import { refusedOffers } from '../testing/refusals-reference'
import { dateAt, inOrder, isWithin, wholeReport, ZONE } from '../testing/whole-section'
import { campaignEffectReport } from './campaign-effect'

interface Use {
  date: string
  event: string
  merchant: string
  currency: string
  card: string | undefined
  amount: number
  cost: number
}
interface Answer {
  serial: string
  date: string
  merchant: string
  currency: string
  amount: number
  because: string
  counters: Record<string, (number | null)[]>
  suspended: string[]
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const distinct = <T>(values: T[]) => [...new Set(values)]
const over = (part: number, whole: number) => (whole === 0 ? null : Math.trunc(part / whole) + 0)
const isMine = (offer: { campaign: string; code: string }, asked: ReportParameters) =>
  offer.campaign === CAMPAIGN && (asked.offer === undefined || offer.code === asked.offer)

const allUses = ({ events }: CampaignWorld, asked: ReportParameters): Use[] =>
  events.flatMap(({ offers, amountFen, ...rest }) => {
    const mine = offers.filter((one) => isMine(one, asked))
    return mine.length === 0
      ? []
      : [{ ...rest, amount: amountFen, cost: sum(mine.map(({ discountFen }) => discountFen)) }]
  })
const inDates = ({ date }: { date: string }, { from, to }: { from: string; to: string }) => date >= from && date <= to

function answersOf({ answers, rows }: CampaignWorld, asked: ReportParameters): Answer[] {
  const logged = answers
    .map(({ at, amountFen, because, counters, suspended, ...rest }, i) => ({
      ...{ ...rest, at, place: i, amount: amountFen, because: because ?? '', counters: counters ?? {} },
      suspended: suspended ?? [],
    }))
    .filter(({ at }) => isWithin(at, asked))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.place - a.place)
  const rowed = rows
    .filter(({ state, emptyBecause }) => state === 'no_offer' && emptyBecause !== 'unknown_original')
    .filter(({ at }) => isWithin(at, asked))
    .map(({ serial, at, merchant, currency, amountFen, emptyBecause }) => ({
      ...{ serial, at, merchant, currency: currency ?? 'CNY', amount: amountFen, because: emptyBecause },
      ...{ counters: {}, suspended: [] },
    }))
  const all = [...logged, ...rowed]
  const offered = new Set(rows.filter(({ state }) => state !== 'no_offer').map(({ serial }) => serial))
  return distinct(all.map(({ serial }) => serial))
    .filter((serial) => !offered.has(serial))
    .map((serial) => all.find((one) => one.serial === serial)!)
    .map(({ at, ...one }) => ({ ...one, date: dateAt(at) }))
}

const isOurs = (key: string, { offer }: ReportParameters) =>
  key.startsWith(`${CAMPAIGN}#`) || key.startsWith(`${CAMPAIGN}/${offer === undefined ? '' : `${offer}#`}`)
const ownerOf = (key: string) => key.split('|')[0]!

function reasonOf(answer: Answer, { counters }: CampaignWorld, asked: ReportParameters): string {
  if (answer.because !== '') return answer.because
  if (answer.suspended.some((ref) => isSuspended(ref, asked))) return 'suspended'
  const found = Object.entries(answer.counters)
    .filter(([key]) => isOurs(key, asked))
    .map(([key, [heldFen = 0, heldCount = 0, usedFen = 0, usedCount = 0, ...kept]]) => {
      const row = counters.find((one) => one.key === key)
      const [limitFen, limitCount] = kept.length > 0 ? kept : [row?.limitFen, row?.limitCount]
      const fen = heldFen! + usedFen! + (kept[2] ?? 0)
      const count = heldCount! + usedCount! + (kept[3] ?? 0)
      const full = (limitFen != null && fen >= limitFen) || (limitCount != null && count >= limitCount)
      return { kind: ownerOf(key).split('#')[1]!, full, count }
    })
  const limit = found.filter(({ kind }) => kind !== 'block' && kind !== 'budget')
  if (found.some(({ kind, count }) => kind === 'block' && count > 0)) return 'blocked_after_refund'
  if (limit.some(({ full }) => full)) return 'limit_exhausted'
  if (found.some(({ kind, full }) => kind === 'budget' && full)) return 'budget_exhausted'
  return found.length > 0 ? 'too_little_left' : 'conditions'
}
const isSuspended = (ref: string, { offer }: ReportParameters) =>
  ref === CAMPAIGN || (offer === undefined ? ref.startsWith(`${CAMPAIGN}/`) : ref === `${CAMPAIGN}/${offer}`)

function figures(uses: Use[], without: Answer[]): ReportRow {
  const captured = uses.filter(({ event }) => event === 'capture')
  const amount = sum(captured.map((one) => one.amount))
  const cost = sum(captured.map((one) => one.cost))
  const given = sum(uses.filter(({ event }) => event !== 'capture').map((one) => one.cost))
  const bare = sum(without.map((one) => one.amount))
  return {
    ...{ uses: captured.length, amount, average: over(amount, captured.length), cost, given_back: given },
    ...{ net: cost - given, cost_per_use: over(cost - given, captured.length), without: without.length },
    ...{ amount_without: bare, average_without: over(bare, without.length) },
  }
}

function summaryRow(currency: string, world: CampaignWorld, asked: ReportParameters, uses: Use[]): ReportRow {
  const captured = uses.filter(({ event }) => event === 'capture')
  const cards = captured.flatMap(({ card }) => (card === undefined ? [] : [card]))
  const { document } = world
  const key = `${CAMPAIGN}${asked.offer === undefined ? '' : `/${asked.offer}`}#budget||total`
  const budget = document !== null && currency === 'CNY' ? world.counters.find((one) => one.key === key) : undefined
  const used = budget && Math.min(budget.usedFen, budget.limitFen ?? 9)
  const usedCount = budget && Math.min(budget.usedCount, budget.limitCount ?? 9)
  const left = budget?.limitFen == null ? null : budget.limitFen - used! - budget.overFen
  const leftCount = budget?.limitCount == null ? null : budget.limitCount - usedCount! - budget.overCount
  const end = Date.parse(asked.to)
  const since = new Date(end - 6 * 86_400_000).toISOString().slice(0, 10)
  const last = allUses(world, asked).filter((one) => one.currency === currency && inDates(one, { ...asked, from: since })) // prettier-ignore
  const fen = sum(last.map(({ event, cost }) => (event === 'capture' ? cost : -cost)))
  const count = last.filter(({ event }) => event === 'capture').length
  const days = document === null ? 7 : Math.max(1, Math.min(7, (end - Date.parse(document.from)) / 86_400_000 + 1))
  const until = (rest: number | null, moved: number) =>
    rest === null ? [] : rest <= 0 ? [0] : moved > 0 ? [Math.ceil((rest * days) / moved)] : []
  const ends = Math.min(...until(left, fen), ...until(leftCount, count))
  return {
    undone: uses.filter(({ event }) => event === 'void' || event === 'reversal').length,
    refunds: uses.filter(({ event }) => event === 'refund').length,
    merchants: distinct(captured.map(({ merchant }) => merchant)).length,
    payers: distinct(cards).length,
    returning_cards: distinct(cards.filter((card, i) => cards.indexOf(card) !== i)).length,
    uses_without_card: captured.length - cards.length,
    ...{ budget: budget?.limitFen ?? null, budget_used: used ?? null, budget_held: budget === undefined ? null : 0 },
    ...{ budget_left: left, uses_left: leftCount, burn_per_day: Math.trunc(fen / days) + 0 },
    ends_on: ends > 3650 ? null : new Date(end + ends * 86_400_000).toISOString().slice(0, 10),
  }
}

function limitRows({ counters, document }: CampaignWorld, asked: ReportParameters): ReportRow[] {
  const ours = counters
    .filter(({ key }) => isOurs(key, asked))
    .map((one) => ({ ...one, limit: ownerOf(one.key), period: one.key.split('|').at(-1)! }))
  const shown = ours.filter(({ limit, period }) => {
    const before = ours.filter((one) => one.limit === limit && one.period <= asked.from).map((one) => one.period)
    return period === 'total' || period === before.sort().at(-1) || (period > asked.from && period <= asked.to)
  })
  return distinct(shown.map(({ limit, period }) => `${limit}\n${period}`)).map((name) => {
    const all = shown
      .filter(({ limit, period }) => `${limit}\n${period}` === name)
      .map(({ usedFen, usedCount, overFen, overCount, limitFen, limitCount }) => {
        const [used, count] = [Math.min(usedFen, limitFen ?? 9), Math.min(usedCount, limitCount ?? 9)]
        const shares = [limitFen === null ? null : (used + overFen) / limitFen, limitCount === null ? null : (count + overCount) / limitCount].filter((one) => one !== null) // prettier-ignore
        return { used, count, limitFen, limitCount, share: shares.length === 0 ? null : Math.max(...shares) }
      })
    const shares = all.flatMap(({ share }) => (share === null ? [] : [share]))
    const most = (values: (number | null)[]) =>
      values.every((one) => one === null) ? null : Math.max(...values.map((one) => one ?? 0))
    const [limit, period] = name.split('\n') as [string, string]
    return {
      ...{ limit, period, currency: document === null ? null : 'CNY', counters: all.length },
      met: shares.filter((share) => share >= 1).length,
      limit_amount: most(all.map(({ limitFen }) => limitFen)),
      ...{
        used: sum(all.map(({ used }) => used)),
        held: 0,
        limit_count: most(all.map(({ limitCount }) => limitCount)),
      },
      ...{ used_count: sum(all.map(({ count }) => count)), held_count: 0 },
      fullest: shares.length === 0 ? null : Math.floor(Math.max(...shares) * 1_000_000 + 1e-6),
    }
  })
}

function reference(world: CampaignWorld, asked: ReportParameters): Record<string, ReportRow[]> {
  const uses = allUses(world, asked).filter((one) => inDates(one, asked))
  const captured = uses.filter(({ event }) => event === 'capture')
  const merchants = captured.map(({ merchant }) => merchant)
  const answers = answersOf(world, asked)
  const without = answers.filter((one) => one.because !== 'reversed_before' && merchants.includes(one.merchant))
  const named = asked.offer === 'O10' ? [] : (world.document?.named ?? [])
  const refused = answers
    .filter(
      (one) =>
        [...merchants, ...named].includes(one.merchant) ||
        one.suspended.some((ref) => isSuspended(ref, asked)) ||
        Object.keys(one.counters).some((key) => isOurs(key, asked)),
    )
    .map((one) => ({ ...one, reason: reasonOf(one, world, asked) }))
  const currencies = distinct([...(world.document === null ? [] : ['CNY']), ...[...uses, ...without].map((one) => one.currency)]) // prettier-ignore
  const groups = distinct([...uses, ...without].map(({ date, currency }) => `${date} ${currency}`))
  const firstUse = (card: string, currency: string) =>
    captured.filter((one) => one.card === card && one.currency === currency).map(({ date }) => date).sort()[0] // prettier-ignore
  return {
    summary: currencies.map((currency) => {
      const mine = uses.filter((one) => one.currency === currency)
      const bare = without.filter((one) => one.currency === currency)
      return { currency, ...figures(mine, bare), ...summaryRow(currency, world, asked, mine) }
    }),
    days: groups.map((group) => {
      const [date, currency] = group.split(' ') as [string, string]
      const of = (one: { date: string; currency: string }) => one.date === date && one.currency === currency
      const cards = distinct(captured.filter(of).flatMap(({ card }) => (card === undefined ? [] : [card])))
      const fresh = cards.filter((card) => firstUse(card, currency) === date).length
      return {
        ...{ date, currency, ...figures(uses.filter(of), without.filter(of)), payers: cards.length },
        ...{ new_cards: fresh, returning_cards: cards.length - fresh },
      }
    }),
    refusals: distinct(refused.map(({ reason, currency }) => `${reason} ${currency}`)).map((group) => {
      const [reason, currency] = group.split(' ') as [string, string]
      const mine = refused.filter((one) => one.reason === reason && one.currency === currency)
      return { reason, currency, payments: mine.length, amount: sum(mine.map((one) => one.amount)) }
    }),
    offers: refusedOffers(world, asked),
    limits: limitRows(world, asked),
    promises: promised(world, asked),
  }
}

const asks = fc
  .record({
    dates: fc.constantFrom(
      ['2026-03-01', '2026-03-12'],
      ['2026-03-02', '2026-03-02'],
      ['2026-03-10', '2026-03-10'],
      ['2026-03-10', '2026-03-11'],
    ),
    offer: fc.constantFrom(undefined, undefined, 'O1', 'O10'),
  })
  .map(
    ({ dates: [from, to], offer }) => ({ from, to, campaign: CAMPAIGN, ...(offer && { offer }) }) as ReportParameters,
  )

let pool: Pool
let sql: ReturnType<typeof steadyClient>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url, max: 2 })
  sql = steadyClient(database.url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  for (const day of ANSWER_DAYS) await sql.query('SELECT open_decision_day($1)', [day])
})
afterAll(async () => {
  await Promise.all([pool.end(), sql.end()])
  await drop()
})

test('every section is what a slow reference makes of the raw rows', async () => {
  const pages = new ReportPages(pool, ZONE)
  const reasons = new Set<unknown>()
  const backtests = new Set<string>()
  await fc.assert(
    fc.asyncProperty(anyCampaignWorld, asks, async (world, asked) => {
      await putRows(sql, campaignTables(world))
      for (const date of world.booked) await sql.query('SELECT book_refusal_day($1, $2)', [date, ZONE])
      const found = await wholeReport(pages, 'campaign-effect', asked)
      const expected = reference(world, asked)
      for (const { section, keys, sums } of campaignEffectReport.sections) {
        expect([section, found[section]!.rows]).toEqual([section, inOrder(expected[section]!, keys)])
        for (const totals of found[section]!.totals) {
          const mine = expected[section]!.filter((row) => row['currency'] === totals['currency'])
          for (const key of sums) expect([key, totals[key]]).toEqual([key, sum(mine.map((row) => Number(row[key])))])
        }
      }
      for (const row of found['refusals']!.rows) reasons.add(row['reason'])
      for (const row of found['promises']!.rows) backtests.add(`${row['backtest']} ${row['uses_difference'] !== null}`)
      expect(await differences(pool, campaignEffectReport, { parameters: asked, timeZone: ZONE })).toEqual([])
    }),
    { numRuns: 150 },
  )
  expect(reasons.size).toBe(10)
  // One that is kept promises nothing in another currency.
  expect([...backtests].sort()).toEqual(['kept false', 'kept true', 'late false', 'none false'])
}, 600_000)

test('an offer that gives more than its funders bear is no report', async () => {
  const offers = [{ campaign: CAMPAIGN, code: 'O1', discountFen: 500, funders: [{ partner: 'CCB', amountFen: 499 }] }]
  const entry = { business_date: '2026-03-01', id: 1, event: 'capture', client: 'till', serial: 'P', merchant: 'M1' }
  await putRows(sql, { journal: [{ ...entry, clearing_system: 'main', detail: { amountFen: 1, offers }, accounts: [], amounts_fen: [], posted_at: '2026-03-01T04:00:00Z' }] }) // prettier-ignore
  const parameters = { from: '2026-03-01', to: '2026-03-01', campaign: CAMPAIGN }
  expect(await differences(pool, campaignEffectReport, { parameters, timeZone: ZONE })).toEqual([
    `given by ${CAMPAIGN}, borne by its funders, CNY: 500, in the ledger 499`,
  ])
})
