import type { RefundPart } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { refundPart } from './refund-part'
import type { Refundable, RefundableOffer, RefundPolicy } from './types'

/** Not fc.double: most of its values lie close to 0, and a cut there is none. */
const anyShare = fc.integer({ min: 0, max: 1_000 }).map((n) => n / 1_000)
const anyShares = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 3 })

/** What an offer gives, cut over its funders without the code that is tested. */
function fundersOf(discountFen: number, shares: readonly number[]) {
  const sum = shares.reduce((a, b) => a + b, 0)
  const amounts = shares.map((share) => (sum === 0 ? 0 : Math.floor((discountFen * share) / sum)))
  amounts[0]! += discountFen - amounts.reduce((a, b) => a + b, 0)
  return amounts.map((amount, i) => ({ partner: `P${i}`, amount }))
}

const anyOffer = fc.record({
  delivery: fc.constantFrom('instant' as const, 'instant' as const, 'rebate' as const),
  part: anyShare,
  shares: anyShares,
})

/** A payment with up to three amount offers, a fee offer and rebates among them, all of one policy. */
const anyPayment: fc.Arbitrary<Refundable> = fc
  .record({
    amountFen: fc.oneof(fc.integer({ min: 5, max: 500 }), fc.integer({ min: 5, max: 10_000_000_000_000 })),
    offers: fc.array(anyOffer, { minLength: 1, maxLength: 3 }),
    fee: fc.record({ originalFen: fc.nat({ max: 5_000 }), savedFen: fc.nat({ max: 900 }), shares: anyShares }),
    feeOnRefund: fc.constantFrom('return' as const, 'keep' as const),
    policy: fc.constantFrom<RefundPolicy>('proportional', 'discountFirst'),
    // Several discounts, each on the gross amount, may together be more than the eligible part.
    eligible: fc.option(anyShare, { nil: undefined }),
  })
  .map(({ amountFen, offers, fee, feeOnRefund, policy, eligible }) => {
    let leftFen = amountFen - 1
    const given = offers.map(({ delivery, part, shares }, i): RefundableOffer => {
      const discountFen = Math.floor(leftFen * part)
      if (delivery === 'instant') leftFen -= discountFen
      return { code: `O${i}`, kind: 'amount', delivery, discountFen, funders: fundersOf(discountFen, shares), policy }
    })
    const savedFen = Math.min(fee.savedFen, fee.originalFen)
    const saved: RefundableOffer = { code: 'F', kind: 'fee', delivery: 'instant', discountFen: savedFen, funders: fundersOf(savedFen, fee.shares), policy: 'proportional' } // prettier-ignore
    return {
      amountFen,
      ...(eligible === undefined ? {} : { eligibleFen: Math.ceil(amountFen * eligible) }),
      payableFen: leftFen + 1,
      offers: [...given, saved],
      fee: { originalFen: fee.originalFen, finalFen: fee.originalFen - savedFen, savedFen },
      feeOnRefund,
      parts: [],
    }
  })
const anyCuts = fc.array(anyShare, { maxLength: 6 })
const anySays = fc.constantFrom<Says>('nothing', 'most', 'least')
const anyOrder = fc.array(fc.nat(), { minLength: 8, maxLength: 8 })

/** The whole in parts of at least one fen. */
function amountsOf(amountFen: number, cuts: readonly number[]): number[] {
  const places = [...new Set(cuts.map((cut) => Math.floor(cut * amountFen)))].filter((p) => p > 0 && p < amountFen)
  const edges = [0, ...places.sort((a, b) => a - b), amountFen]
  return edges.slice(1).map((edge, i) => edge - edges[i]!)
}

const inOrder = (amounts: readonly number[], order: readonly number[]): number[] =>
  amounts.map((amount, i) => [order[i % order.length]!, amount] as const).sort(([a], [b]) => a - b).map(([, amount]) => amount) // prettier-ignore

/** What each refund says of its eligible part: nothing, as much as there is, or as little as there can be. */
type Says = 'nothing' | 'most' | 'least'
function eligibleOf(of: Refundable, parts: readonly RefundPart[], amountFen: number, says: Says) {
  if (says === 'nothing' || of.eligibleFen === undefined) return {}
  const left = of.eligibleFen - sum(parts, ({ eligibleFen }) => eligibleFen)
  const otherLeft = of.amountFen - sum(parts, (part) => part.amountFen) - left
  return { eligibleFen: says === 'most' ? Math.min(left, amountFen) : Math.max(0, amountFen - otherLeft) }
}

function refund(of: Refundable, amounts: readonly number[], says: Says = 'nothing'): RefundPart[] {
  const parts: RefundPart[] = []
  for (const amountFen of amounts) {
    const ask = { amountFen, ...eligibleOf(of, parts, amountFen, says) }
    const part = refundPart({ ...of, parts }, ask, () => {
      throw new Error('these policies ask no rule')
    })
    if ('refused' in part) throw new Error(part.refused)
    parts.push(part)
  }
  return parts
}

const sum = (parts: readonly RefundPart[], pick: (part: RefundPart) => number) =>
  parts.reduce((fen, part) => fen + pick(part), 0)
const halfUp = (fen: number, of: number, whole: number): number =>
  Number((2n * BigInt(fen) * BigInt(of) + BigInt(whole)) / (2n * BigInt(whole)))

test('in whatever parts and order, every payer, offer, funder and fee ends at the same fen', () =>
  fc.assert(
    fc.property(anyPayment, anyCuts, anyOrder, anySays, (of, cuts, order, says) => {
      const parts = refund(of, inOrder(amountsOf(of.amountFen, cuts), order), says)
      expect(sum(parts, ({ payerFen }) => payerFen)).toBe(of.payableFen)
      parts.forEach((part, n) => {
        expect(part.payerFen).toBeGreaterThanOrEqual(0)
        expect(part.discountFen).toBeGreaterThanOrEqual(0)
        expect(sum(parts.slice(0, n + 1), ({ payerFen }) => payerFen)).toBeLessThanOrEqual(of.payableFen)
      })
      const returned = of.feeOnRefund === 'return'
      expect(sum(parts, ({ fee }) => fee.finalFen)).toBe(returned ? of.fee.finalFen : 0)
      expect(sum(parts, ({ fee }) => fee.savedFen)).toBe(returned ? of.fee.savedFen : 0)
      of.offers.forEach(({ kind, discountFen, funders }, i) => {
        const comesBack = kind === 'amount' || returned
        expect(sum(parts, ({ offers }) => offers[i]!.discountFen)).toBe(comesBack ? discountFen : 0)
        funders.forEach(({ amount }, j) =>
          expect(sum(parts, ({ offers }) => offers[i]!.funders[j]!.amount)).toBe(comesBack ? amount : 0),
        )
      })
    }),
    { numRuns: 1_000 },
  ))

test('on the way what came back depends on how much was refunded, not on the parts: the formula of DESIGN in whole numbers', () =>
  fc.assert(
    fc.property(anyPayment, anyCuts, anyOrder, (of, cuts, order) => {
      const parts = refund(of, inOrder(amountsOf(of.amountFen, cuts), order))
      const discountFen = of.amountFen - of.payableFen
      parts.forEach((part, n) => {
        const before = parts.slice(0, n + 1)
        const soFar = sum(before, ({ amountFen }) => amountFen)
        const payer = sum(before, ({ payerFen }) => payerFen)
        expect(part.payerFen + part.discountFen).toBe(part.amountFen)
        if (of.offers[0]!.policy === 'discountFirst') expect(soFar - payer).toBe(Math.min(soFar, discountFen))
        else if (of.eligibleFen === undefined) expect(payer).toBe(halfUp(soFar, of.payableFen, of.amountFen))
        if (of.feeOnRefund === 'return')
          expect(sum(before, ({ fee }) => fee.finalFen)).toBe(halfUp(of.fee.finalFen, soFar, of.amountFen))
        for (const { discountFen: fen, funders } of part.offers) {
          expect(funders.reduce((total, { amount }) => total + amount, 0)).toBe(fen)
          for (const { amount } of funders) expect(amount).toBeGreaterThanOrEqual(0)
        }
      })
    }),
    { numRuns: 1_000 },
  ))
