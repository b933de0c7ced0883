import type { RefundPart } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { refundPart } from './refund-part'
import { restoredByRefund } from './restore'
import type { Refundable, RefundPolicy } from './types'

const FUNDERS = [
  { partner: 'CCB', share: 700 },
  { partner: '@merchant', share: 300 },
]

/** 100.00 with 15.00 off, paid 85.00, unless changed. */
function payment(policy: RefundPolicy, changed: Partial<Refundable> & { discountFen?: number } = {}): Refundable {
  const { discountFen = 1_500, ...rest } = changed
  const first = Math.floor((discountFen * FUNDERS[0]!.share) / 1_000)
  const funders = [
    { partner: 'CCB', amount: first },
    { partner: '@merchant', amount: discountFen - first },
  ]
  return {
    amountFen: 10_000,
    payableFen: 10_000 - discountFen,
    offers: [{ code: 'A', kind: 'amount', delivery: 'instant', discountFen, funders, policy }],
    fee: { originalFen: 60, finalFen: 51, savedFen: 0 },
    feeOnRefund: 'return',
    parts: [],
    ...rest,
  }
}

const NO_RULE = () => [0]

function partsOf(of: Refundable, amounts: readonly number[]): RefundPart[] {
  const parts: RefundPart[] = []
  for (const amountFen of amounts) {
    const part = refundPart({ ...of, parts }, { amountFen }, NO_RULE)
    if ('refused' in part) throw new Error(part.refused)
    parts.push(part)
  }
  return parts
}

test.each`
  policy             | amounts                  | payer                    | discount
  ${'proportional'}  | ${[10_000]}              | ${[8_500]}               | ${[1_500]}
  ${'proportional'}  | ${[3_333, 3_333, 3_334]} | ${[2_833, 2_833, 2_834]} | ${[500, 500, 500]}
  ${'proportional'}  | ${[1]}                   | ${[1]}                   | ${[0]}
  ${'discountFirst'} | ${[600, 2_000, 7_400]}   | ${[0, 1_100, 7_400]}     | ${[600, 900, 0]}
  ${'fullOnly'}      | ${[10_000]}              | ${[8_500]}               | ${[1_500]}
  ${'keep'}          | ${[5_000, 3_500]}        | ${[5_000, 3_500]}        | ${[0, 0]}
  ${'recompute'}     | ${[1_000]}               | ${[0]}                   | ${[1_000]}
`('$policy: $amounts', ({ policy, amounts, payer, discount }) => {
  const parts = partsOf(payment(policy), amounts)
  expect(parts.map(({ payerFen }) => payerFen)).toEqual(payer)
  expect(parts.map(({ discountFen }) => discountFen)).toEqual(discount)
})

test('recompute: what the rules still give on the rest is not taken back', () => {
  const part = refundPart(payment('recompute'), { amountFen: 5_000 }, () => [700])
  expect(part).toMatchObject({ discountFen: 800, payerFen: 4_200 })
})

test.each`
  _case                       | policy            | amounts           | refused                | leftFen
  ${'no refunds at all'}      | ${'none'}         | ${[1]}            | ${'not_refundable'}    | ${0}
  ${'a part of a whole'}      | ${'fullOnly'}     | ${[9_999]}        | ${'whole_only'}        | ${10_000}
  ${'more than was paid'}     | ${'proportional'} | ${[10_001]}       | ${'exceeds_remaining'} | ${10_000}
  ${'more than is left'}      | ${'proportional'} | ${[6_000, 4_001]} | ${'exceeds_remaining'} | ${4_000}
  ${'keep: of what was paid'} | ${'keep'}         | ${[8_501]}        | ${'exceeds_remaining'} | ${8_500}
`('refused: $_case', ({ policy, amounts, refused, leftFen }) => {
  const of = payment(policy)
  const parts = partsOf(of, amounts.slice(0, -1))
  expect(refundPart({ ...of, parts }, { amountFen: amounts.at(-1) }, NO_RULE)).toEqual({ refused, leftFen })
})

test('the part that was not eligible is paid back in full', () => {
  const of = payment('proportional', { eligibleFen: 6_000 })
  const asked = (amountFen: number, eligibleFen: number) => refundPart(of, { amountFen, eligibleFen }, NO_RULE)
  expect(asked(4_000, 0)).toMatchObject({ payerFen: 4_000, discountFen: 0 })
  expect(asked(6_000, 6_000)).toMatchObject({ payerFen: 4_500, discountFen: 1_500 })
  expect(asked(5_000, 0)).toEqual({ refused: 'exceeds_remaining', leftFen: 10_000 })
})

test('a rebate is taken back and never lowers what the payer gets', () => {
  const rebate = { code: 'R', kind: 'amount', delivery: 'rebate', discountFen: 1_000, funders: [{ partner: 'CCB', amount: 1_000 }] } as const // prettier-ignore
  const of = (policy: RefundPolicy): Refundable => ({
    ...payment(policy),
    payableFen: 10_000,
    offers: [{ ...rebate, policy }],
  })
  const back = (policy: RefundPolicy, amountFen: number) => {
    const part = refundPart(of(policy), { amountFen }, NO_RULE) as RefundPart
    return [part.payerFen, part.discountFen, part.offers[0]!.discountFen]
  }
  expect(back('proportional', 5_000)).toEqual([5_000, 0, 500])
  expect(back('discountFirst', 5_000)).toEqual([5_000, 0, 1_000])
  expect(back('discountFirst', 1)).toEqual([1, 0, 1_000])
  expect(back('keep', 5_000)).toEqual([5_000, 0, 0])
})

test('two rebates together above the payment are all taken back', () => {
  const rebate = (code: string, discountFen: number) => ({ code, kind: 'amount' as const, delivery: 'rebate' as const, discountFen, funders: [{ partner: 'CCB', amount: discountFen }], policy: 'proportional' as const }) // prettier-ignore
  const of = { ...payment('proportional'), payableFen: 10_000, offers: [rebate('R', 6_000), rebate('S', 7_000)] }
  const back = partsOf(of, [5_000, 5_000]).map(({ payerFen, offers }) => [payerFen, ...offers.map((offer) => offer.discountFen)]) // prettier-ignore
  expect(back).toEqual([
    [5_000, 3_000, 3_500],
    [5_000, 3_000, 3_500],
  ])
})

test('discounts above the eligible part: the payer never gets more than he paid', () => {
  const offers = [payment('proportional').offers[0]!, { ...payment('proportional').offers[0]!, code: 'B' }]
  const of = { ...payment('proportional'), eligibleFen: 2_000, payableFen: 7_000, offers }
  expect(partsOf(of, [10_000])[0]).toMatchObject({ payerFen: 7_000, discountFen: 3_000 })
  const asked = refundPart(of, { amountFen: 8_000, eligibleFen: 0 }, NO_RULE)
  expect(asked).toMatchObject({ payerFen: 7_000, discountFen: 1_000 })
})

/** Not fc.double: most of its values lie close to 0, and a cut there is none. */
const anyShare = fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000)
const anyPayment = fc
  .record({
    amountFen: fc.oneof(fc.integer({ min: 2, max: 50_000 }), fc.integer({ min: 2, max: 10_000_000_000_000 })),
    discount: anyShare,
    eligible: fc.option(anyShare, { nil: undefined }),
    policy: fc.constantFrom<RefundPolicy>('proportional', 'discountFirst', 'recompute'),
  })
  .map(({ amountFen, discount, eligible, policy }) => {
    const eligibleFen = eligible === undefined ? undefined : Math.max(1, Math.floor(amountFen * eligible))
    const discountFen = Math.floor((eligibleFen ?? amountFen - 1) * discount)
    const payableFen = amountFen - discountFen
    return { ...payment(policy, { amountFen, discountFen, payableFen }), eligibleFen } satisfies Refundable
  })
const anyCuts = fc.array(anyShare, { maxLength: 5 })

/** Cuts the whole into parts of at least one fen. */
function amountsOf({ amountFen }: Refundable, cuts: readonly number[]): number[] {
  const places = [...new Set(cuts.map((cut) => Math.floor(cut * amountFen)))].filter(
    (fen) => fen > 0 && fen < amountFen,
  )
  const edges = [0, ...places.sort((a, b) => a - b), amountFen]
  return edges.slice(1).map((edge, i) => edge - edges[i]!)
}

test('payer + discount = amount for each part; in total everything comes back, once, whatever the parts', () =>
  fc.assert(
    fc.property(anyPayment, anyCuts, (of, cuts) => {
      const parts = partsOf(of, amountsOf(of, cuts))
      const sum = (pick: (part: RefundPart) => number) => parts.reduce((fen, part) => fen + pick(part), 0)
      for (const part of parts) {
        expect(part.payerFen + part.discountFen).toBe(part.amountFen)
        expect(part.payerFen).toBeGreaterThanOrEqual(0)
        expect(part.discountFen).toBeGreaterThanOrEqual(0)
        for (const offer of part.offers) {
          expect(offer.funders.reduce((fen, share) => fen + share.amount, 0)).toBe(offer.discountFen)
          for (const share of offer.funders) expect(share.amount).toBeGreaterThanOrEqual(0)
        }
      }
      expect(sum(({ payerFen }) => payerFen)).toBe(of.payableFen)
      expect(sum(({ discountFen }) => discountFen)).toBe(of.amountFen - of.payableFen)
      expect(sum(({ fee }) => fee.finalFen)).toBe(of.fee.finalFen)
      of.offers[0]!.funders.forEach(({ amount }, i) =>
        expect(sum((part) => part.offers[0]!.funders[i]!.amount)).toBe(amount),
      )
      expect(parts.at(-1)!.last).toBe(true)
      expect(parts.at(-1)!.whole).toBe(parts.length === 1)
    }),
    { numRuns: 2_000 },
  ))

test('counters get back what restore says, balances always', () => {
  const charges = [
    { key: 'L', fen: 1_500, count: 1, offer: 'A' },
    { key: 'G', fen: 10_000, count: 1, offer: 'A', measure: 'gross' as const },
    { key: '@funds/CCB||total', fen: 1_050, count: 0, offer: 'A' },
  ]
  const of = payment('proportional')
  const half = partsOf(of, [5_000])[0]!
  const whole = partsOf(of, [10_000])[0]!
  const at = { amountFen: 10_000, beforeFen: 0 }
  expect(restoredByRefund(charges, half, at, () => undefined)).toEqual([
    { key: 'L', fen: 750, count: 0 },
    { key: 'G', fen: 5_000, count: 0 },
    { key: '@funds/CCB||total', fen: 525, count: 0 },
  ])
  expect(restoredByRefund(charges, whole, at, () => ({ amount: false, count: 'fullRefundOnly' }))).toEqual([
    { key: 'L', fen: 0, count: 1 },
    { key: 'G', fen: 0, count: 1 },
    { key: '@funds/CCB||total', fen: 1_050, count: 0 },
  ])
})
