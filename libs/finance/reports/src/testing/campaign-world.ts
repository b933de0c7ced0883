import type { TableRows } from '@lijian/testing'
import fc from 'fast-check'
import { CANARIES, dateAt } from './whole-section'

/** A campaign whose code is a formula and a quote, beside one that begins alike. */
export const CAMPAIGN = "=C'1"
const CAMPAIGNS = [CAMPAIGN, CAMPAIGN, CAMPAIGN, `${CAMPAIGN}0`]
export const OFFERS = ['O1', 'O10']
export const DATES = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-10', '2026-03-11', '2026-03-12']
export const MERCHANTS = ['M1', '=M2', CANARIES[5]!, 'M4']
const CURRENCIES = ['CNY', 'CNY', 'CNY', 'JPY']
const CARDS = ['tok_1', 'tok_2', '=tok', undefined]

const fen = fc.integer({ min: 0, max: 5000 })
const offer = fc.record({
  campaign: fc.constantFrom(...CAMPAIGNS),
  code: fc.constantFrom(...OFFERS),
  name: fc.constantFrom(...CANARIES),
  discountFen: fen,
  version: fc.constantFrom(2, 2, 3),
})
const event = fc.record({
  date: fc.constantFrom(...DATES),
  event: fc.constantFrom('capture', 'capture', 'capture', 'capture', 'void', 'reversal', 'refund'),
  merchant: fc.constantFrom(...MERCHANTS.slice(0, 3)),
  currency: fc.constantFrom(...CURRENCIES),
  card: fc.constantFrom(...CARDS),
  amountFen: fen,
  offers: fc.uniqueArray(offer, { maxLength: 3, selector: ({ campaign, code }) => `${campaign}/${code}` }),
})

/** Of the real day of an answer: some at its edges. */
const answeredAt = fc
  .tuple(fc.constantFrom(...DATES), fc.constantFrom(-1, 0, 43_200_000, 86_399_999))
  .map(([date, ms]) => new Date(Date.parse(`${date}T00:00:00+08:00`) + ms).toISOString())
export const LIMIT_KEYS = [
  `${CAMPAIGN}#budget||total`,
  `${CAMPAIGN}#id:=x|a|b,tok|2026-03-01`,
  `${CAMPAIGN}#id:=x|tok|2026-03-02`,
  `${CAMPAIGN}#id:=x|tok|2026-03-11`,
  `${CAMPAIGN}/O1#budget||total`,
  `${CAMPAIGN}/O1#card.day|tok_1|2026-03-01`,
  `${CAMPAIGN}/O1#card.day|tok_2|2026-03-01`,
  `${CAMPAIGN}/O1#block|card:tok_1|total`,
  `${CAMPAIGN}/O10#card.total|tok|total`,
  `${CAMPAIGN}0#budget||total`,
  '@funds/CCB||total',
]
const REFS = [`${CAMPAIGN}/O1`, `${CAMPAIGN}/O10`, `${CAMPAIGN}0/O1`]
const small = fc.integer({ min: 0, max: 4 })
const limit = fc.option(fc.integer({ min: 1, max: 5 }))
/** Mostly 0, so that each of the figures alone decides at times. */
const rare = fc.constantFrom(0, 0, 0, 1, 4)
const counterSeen: fc.Arbitrary<(number | null)[]> = fc.oneof(
  fc.constant<(number | null)[]>([]),
  fc.array(rare, { minLength: 4, maxLength: 4 }),
  fc.tuple(rare, rare, rare, rare, limit, limit),
  fc.tuple(rare, rare, rare, rare, limit, limit, rare, rare),
)
const answer = fc.record({
  serial: fc.integer({ min: 0, max: 25 }).map((n) => `A${n}`),
  at: answeredAt,
  merchant: fc.constantFrom(...MERCHANTS),
  currency: fc.constantFrom(...CURRENCIES),
  amountFen: fen,
  because: fc.constantFrom(undefined, undefined, undefined, 'deadline', 'unavailable', 'reversed_before'),
  counters: fc.option(fc.dictionary(fc.constantFrom(...LIMIT_KEYS), counterSeen, { maxKeys: 2 }), { nil: undefined }),
  refused: fc.option(
    fc.dictionary(fc.constantFrom(...REFS), fc.constantFrom<string>('bin', 'region', 'limit_exhausted'), {
      maxKeys: 3,
    }),
    { nil: undefined },
  ),
  suspended: fc.option(
    fc.subarray([CAMPAIGN, `${CAMPAIGN}0`, `${CAMPAIGN}/O1`, `${CAMPAIGN}/O10`], { minLength: 1, maxLength: 2 }),
    { nil: undefined, freq: 4 },
  ),
})
const counter = fc.record({
  key: fc.constantFrom(...LIMIT_KEYS),
  ...{ limitFen: limit, limitCount: limit, usedFen: small, usedCount: small, overFen: small, overCount: small },
})
const sums = fc.record({ uses: small, amount: fen, given: fen, returned: fc.integer({ min: 0, max: 900 }) })
const backtest = fc.record({
  version: fc.constantFrom(2, 2, 3),
  at: answeredAt,
  currency: fc.constantFrom('CNY', 'CNY', 'JPY'),
  paymentDays: fc.integer({ min: 1, max: 9 }),
  all: sums,
  offers: fc.record({ O1: sums, O10: sums }, { requiredKeys: ['O1'] }),
})
const row = fc.record({
  serial: fc.integer({ min: 0, max: 25 }).map((n) => `A${n}`),
  state: fc.constantFrom('no_offer', 'no_offer', 'confirmed'),
  emptyBecause: fc.constantFrom('deadline', 'offers_released', 'unknown_original'),
  ...{ at: answeredAt, merchant: fc.constantFrom(...MERCHANTS), amountFen: fen },
  currency: fc.constantFrom('CNY', 'JPY', undefined),
})

export const anyCampaignWorld = fc.record({
  events: fc.array(event, { maxLength: 40, size: 'max' }),
  answers: fc.array(answer, { maxLength: 40, size: 'max' }),
  rows: fc.uniqueArray(row, { maxLength: 8, selector: ({ serial }) => serial }),
  counters: fc.uniqueArray(counter, { maxLength: 11, selector: ({ key }) => key }),
  document: fc.option(
    fc.record({
      from: fc.constantFrom('2026-01-01', '2026-03-10'),
      named: fc.subarray(MERCHANTS),
      currency: fc.constantFrom('CNY', undefined),
    }),
    { freq: 8 },
  ),
  approved: fc.record({ 2: fc.option(answeredAt), 3: fc.option(answeredAt) }),
  backtests: fc.array(backtest, { maxLength: 5 }),
  /** Dates whose refusals are added up. */
  booked: fc.subarray(DATES),
})
export type CampaignWorld = typeof anyCampaignWorld extends fc.Arbitrary<infer World> ? World : never

const transaction = (serial: string, state: string, at: string, merchant: string, amountFen: number) => ({
  ...{ client: 'till', serial, version: 1, marketing_serial: serial, state, merchant, body_hash: 'h' },
  ...{ amount_fen: amountFen, payable_fen: amountFen, charges_are: 'none', charges: [], created_at: at },
  updated_at: at,
})

/** A capture's serial is C and its place; what came back has one of its own. */
export function campaignTables(world: CampaignWorld): TableRows {
  const { events, answers, rows, counters, document, approved, backtests } = world
  return {
    journal: events.map(({ date, event: what, merchant, currency, amountFen, offers }, i) => ({
      ...{
        business_date: date,
        id: i + 1,
        event: what,
        client: 'till',
        serial: `C${i}`,
        original_serial: null,
        merchant,
      },
      clearing_system: currency === 'CNY' ? 'main' : `main@${currency}`,
      detail: { amountFen, offers: offers.map((one) => ({ ...one, funders: bornBy(one.discountFen) })) },
      ...{ accounts: ['a', 'b'], amounts_fen: [1, -1], posted_at: `${date}T04:00:00Z` },
    })),
    marketing_transaction: [
      ...events.flatMap(({ date, merchant, amountFen, card, event: what }, i) =>
        what === 'capture'
          ? [{ ...transaction(`C${i}`, 'confirmed', `${date}T04:00:00Z`, merchant, amountFen), record: { facts: card === undefined ? {} : { cardToken: card } } }] // prettier-ignore
          : [],
      ),
      ...rows.map(({ serial, state, emptyBecause, at, merchant, amountFen, currency }) => ({
        ...transaction(serial, state, at, merchant, amountFen),
        record: { emptyBecause, facts: currency === undefined ? null : { currency } },
      })),
    ],
    decision_log: answers.map(
      ({ serial, at, merchant, currency, amountFen, because, counters: seen, suspended, refused }, i) => ({
        // prettier-ignore
        ...{ client: 'till', serial, answered_at: at, id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, merchant },
        decision: {
          because,
          amountFen,
          facts: { currency },
          basis: { snapshot: 's', counters: seen, suspended },
          refused,
        },
      }),
    ),
    counter: counters.map(({ key, limitFen, limitCount, usedFen, usedCount, overFen, overCount }) => ({
      ...{
        key,
        limit_fen: limitFen,
        limit_count: limitCount,
        limit_version: 1,
        over_fen: overFen,
        over_count: overCount,
      },
      ...{ used_fen: Math.min(usedFen, limitFen ?? 9), used_count: Math.min(usedCount, limitCount ?? 9) },
      ...{ held_fen: 0, held_count: 0 },
    })),
    ...{ refusal_day: [], refusal_day_count: [] },
    campaign: document === null ? [] : [{ code: CAMPAIGN, live_version: 2, latest_version: 3 }],
    campaign_version:
      document === null
        ? []
        : [2, 3].map((version) => ({
            ...{ code: CAMPAIGN, version, state: 'approved', maker: 'm', checker: 'c' },
            approved_at: approved[version as 2 | 3],
            document:
              version === 3
                ? { currency: 'USD', from: '2020-01-01', offers: [] }
                : {
                    ...{ from: document.from, currency: document.currency },
                    offers: [{ code: 'O1', merchants: document.named }, { code: 'O10' }],
                  },
          })),
    campaign_backtest: backtests.map(({ version, at, currency, paymentDays, all, offers }, i) => ({
      ...{ id: i + 1, code: CAMPAIGN, version, summary_hash: `h${i}`, ran_by: 'm', ran_at: at },
      summary: {
        ...{ currency, paymentDays, ...all, days: [] },
        offers: Object.entries(offers).map(([code, one]) => ({ offer: code, ...one })),
      },
    })),
  }
}

/** Two funders bear it, the odd fen goes to the first. */
const bornBy = (discountFen: number) => [
  { partner: 'CCB', amountFen: discountFen - Math.floor(discountFen / 2) },
  { partner: 'ZIBO', amountFen: Math.floor(discountFen / 2) },
]

/** Every UTC day on which an answer may stand. */
export const ANSWER_DAYS = [
  ...new Set(DATES.flatMap((date) => [-1, 0, 1].map((day) => dateAt(new Date(Date.parse(date) + day * 86_400_000).toISOString())))), // prettier-ignore
]
