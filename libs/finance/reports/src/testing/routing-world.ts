import type { TableRows } from '@lijian/testing'
import fc from 'fast-check'
import { CANARIES } from './whole-section'

export const DATES = ['2026-03-01', '2026-03-02', '2026-03-03']
const at = fc
  .tuple(fc.constantFrom(...DATES), fc.constantFrom(-1, 0, 43_200_000, 86_399_999))
  .map(([date, ms]) => new Date(Date.parse(`${date}T00:00:00+08:00`) + ms).toISOString())
const merchant = fc.constantFrom('M1', CANARIES[0]!, CANARIES[5]!)
const day = fc.constantFrom(...DATES, '2026-02-28')
const fen = fc.integer({ min: 0, max: 9999 })
export const KEYS = ['channel/=C', 'channel/C2', 'mid/X', 'mid/=Y', 'pool/P', 'pool-credit/P', 'mid-card/X'].flatMap(
  (of) => DATES.map((date) => (of === 'mid-card/X' ? `@route/${of}|tok|${date}` : `@route/${of}|${date}`)),
)
const keys = fc.subarray(KEYS, { maxLength: 4 }).map((all) => all.map((key) => ({ key, fen: 1, count: 1 })))
const attempt = fc.record({
  channel: fc.constantFrom('=C', 'C2', CANARIES[5]!),
  mid: fc.constantFrom('X', '=Y'),
  pool: fc.constantFrom('P', '@P2'),
  state: fc.constantFrom('reserved', 'succeeded', 'failed', 'failed', 'expired'),
  failure: fc.constantFrom(undefined, 'declined', 'channel_error', 'timeout'),
  costFen: fc.integer({ min: 0, max: 90 }),
  instead: fc.option(fc.record({ amountFen: fen }), { nil: undefined, freq: 4 }),
  charges: keys,
  over: keys,
  usage: fc.option(fc.record({ merchant, parents: fc.subarray(['=P', 'Q']) }), { nil: undefined }),
})
const decision = fc.record(
  {
    mid: fc.constantFrom(null, 'X'),
    exclude: fc.subarray(['X', '=Y']),
    amountFen: fen,
    withoutCounters: fc.constant(true as const),
  },
  { requiredKeys: ['mid', 'exclude', 'amountFen'] },
)
const cardType = fc.constantFrom(undefined, 'credit', 'debit', 'prepaid')
const route = fc.record({
  ...{ merchant, at, amountFen: fen, cardType, learnt: fc.option(cardType, { nil: undefined }) },
  method: fc.constantFrom('qr', '+nfc'),
  state: fc.constantFrom('no_route', 'reserved', 'succeeded', 'failed', 'expired'),
  attempts: fc.array(attempt, { maxLength: 4, size: 'max' }),
  decisions: fc.array(decision, { maxLength: 3 }),
})
const counter = fc.record({
  key: fc.constantFrom(...KEYS),
  limitFen: fc.option(fc.integer({ min: 1, max: 900 })),
  limitCount: fc.option(fc.integer({ min: 1, max: 9 })),
  ...{ overFen: fc.nat(30), overCount: fc.nat(3) },
})
const usage = fc.record({
  kind: fc.constantFrom('merchant', 'parent'),
  holder: fc.oneof(merchant, fc.constantFrom('=P', 'Q')),
  period: fc.oneof(day, fc.constantFrom('2026-02', '2026-03', '2026-04')),
  card: fc.constantFrom('secret_1', 'secret_2', 'secret_3'),
  count: fc.integer({ min: 1, max: 9 }),
})
const over = fc.record({ merchant, method: fc.constantFrom('qr', '+nfc'), period: usage.map(({ period }) => period), card: fc.constantFrom('secret_1', 'secret_2') }) // prettier-ignore
const capacity = fc.record({
  ref: fc.constantFrom('@route/channel/=C', '@route/mid/X'),
  measure: fc.constantFrom('amount', 'count'),
  day,
  exhaustsAt: fc.option(at),
})

export const anyRoutingWorld = fc.record({
  routes: fc.array(route, { maxLength: 25, size: 'max' }),
  counters: fc.uniqueArray(counter, { maxLength: 21, size: 'max', selector: ({ key }) => key }),
  usages: fc.uniqueArray(usage, {
    maxLength: 25,
    size: 'max',
    selector: (one) => JSON.stringify({ ...one, count: 0 }),
  }),
  overs: fc.uniqueArray(over, { maxLength: 8, selector: (one) => JSON.stringify(one) }),
  capacities: fc.uniqueArray(capacity, { maxLength: 4, selector: ({ ref, measure }) => `${ref} ${measure}` }),
})
export type RoutingWorld = typeof anyRoutingWorld extends fc.Arbitrary<infer World> ? World : never

export const routingTables = ({ routes, counters, usages, overs, capacities }: RoutingWorld): TableRows => ({
  route: routes.map(
    ({ merchant: of, at: when, amountFen, cardType: type, learnt, method, state, attempts, decisions }, i) => ({
      // prettier-ignore
      ...{ client: 'till', serial: `R${i}`, version: 1, state, merchant: of, body_hash: 'h', amount_fen: amountFen },
      ...{ created_at: when, updated_at: when, attempts },
      record: { facts: { method, cardType: type }, decisions, ...(learnt && { learnt: { cardType: learnt } }) },
    }),
  ),
  counter: counters.map(({ key, limitFen, limitCount, overFen, overCount }) => ({
    ...{
      key,
      limit_fen: limitFen,
      limit_count: limitCount,
      limit_version: 1,
      over_fen: overFen,
      over_count: overCount,
    },
    ...{ held_fen: 0, used_fen: limitFen ?? 7, held_count: Math.min(limitCount ?? 2, 2), used_count: 0 },
  })),
  card_usage: usages.map(({ card, ...rest }) => ({ ...rest, card_token: card })),
  card_over: overs.map(({ card, ...rest }) => ({ ...rest, card_token: card, at: '2026-03-01T00:00:00Z' })),
  route_capacity: capacities.map(({ ref, measure, day: of, exhaustsAt }) => ({
    ...{ ref, measure, part: 'mids', day: of, limit_value: 1, taken: 0, expected: 0, exhausts_at: exhaustsAt },
    ...{ basis: 'pace', basis_days: 0, earlier_fen: 0, place: 0 },
  })),
})
