import type { RefundPart, ReturnedOffer } from '@lijian/contracts/marketing'
import { halfUpShare, largestRemainder } from '@lijian/money'
import type { Recompute, Refundable, RefundableOffer, RefundAsk, RefundPolicy, RefundRefusal } from './types'

/** With several offers the first that is present rules all (DESIGN §4, "Refund"). `none` on any refuses. */
const ORDER: readonly RefundPolicy[] = ['none', 'fullOnly', 'discountFirst', 'recompute', 'proportional', 'keep']

export function rulingPolicy(offers: readonly RefundableOffer[]): RefundPolicy {
  return ORDER.find((policy) => offers.some((offer) => offer.policy === policy)) ?? 'proportional'
}

/** How much was refunded before, in what the policy counts: of the gross amount, or with `keep` of what was paid. */
export const refundedFen = ({ parts }: Refundable): number => parts.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** What one more refund can be, at most: so much is accepted next. With `keep` only what was paid can come back. */
export function leftFen(of: Refundable): number {
  const policy = rulingPolicy(of.offers)
  if (policy === 'none') return 0
  return Math.max(0, (policy === 'keep' ? of.payableFen : of.amountFen) - refundedFen(of))
}

/**
 * One part of a refund: what the payer gets, what each offer and funder gets back, what happens to the fee. Parts are computed in total and
 * the earlier ones taken away, so that their order and number do not change the sum.
 */
export function refundPart(of: Refundable, ask: RefundAsk, recompute: Recompute): RefundPart | RefundRefusal {
  const policy = rulingPolicy(of.offers)
  const before = refundedFen(of)
  const left = leftFen(of)
  const refuse = (refused: RefundRefusal['refused']): RefundRefusal => ({ refused, leftFen: left })
  if (policy === 'none') return refuse('not_refundable')
  if (ask.amountFen > left) return refuse('exceeds_remaining')
  if (policy === 'fullOnly' && ask.amountFen !== of.amountFen) return refuse('whole_only')
  const eligibleFen = eligiblePart(of, ask)
  if (eligibleFen === undefined) return refuse('exceeds_remaining')
  const soFar = { amountFen: before + ask.amountFen, eligibleFen: eligibleSoFar(of) + eligibleFen }
  const rest = {
    amountFen: of.amountFen - soFar.amountFen,
    ...(of.eligibleFen === undefined ? {} : { eligibleFen: eligibleOf(of) - soFar.eligibleFen }),
  }
  const again = policy === 'recompute' ? recompute(rest) : undefined
  const offers = of.offers.map((offer) => nothingBack(offer))
  const last = ask.amountFen === left
  const discountFen = giveBack(of, offers, 'instant', (total, outstanding) => {
    const due = dueBack(policy, of, ask, soFar, total, outstanding, sumOf(of, again, 'instant'))
    if (policy === 'keep') return due
    // Neither more than this refund, nor so little that the payer would get more than he paid.
    const least = soFar.amountFen - of.payableFen - (total - outstanding)
    return Math.max(Math.min(due, ask.amountFen), least)
  })
  // Rebates are taken back beside the refund, all of them with its last part: several together may be more than the payment.
  giveBack(of, offers, 'rebate', (total, outstanding) =>
    policy === 'discountFirst' || (last && policy !== 'keep')
      ? outstanding
      : dueBack(policy, of, ask, soFar, total, outstanding, sumOf(of, again, 'rebate')),
  )
  const fee = feePart(of, soFar.amountFen)
  giveFeesBack(of, offers, fee.savedFen)
  return {
    amountFen: ask.amountFen,
    eligibleFen,
    payerFen: ask.amountFen - discountFen,
    discountFen,
    fee,
    offers,
    last,
    whole: last && of.parts.length === 0,
  }
}

/** What was looked at cannot be more than what was paid. */
const eligibleOf = (of: Refundable): number => Math.min(of.eligibleFen ?? of.amountFen, of.amountFen)
const eligibleSoFar = ({ parts }: Refundable): number => parts.reduce((sum, part) => sum + part.eligibleFen, 0)

/**
 * The eligible part of this refund: as said, else amount × eligible ÷ gross, half up; never more than is left of either part. Undefined: what
 * was said does not fit into what is left.
 */
function eligiblePart(of: Refundable, { amountFen, eligibleFen }: RefundAsk): number | undefined {
  if (of.eligibleFen === undefined && eligibleFen === undefined) return amountFen
  const whole = eligibleOf(of)
  const left = whole - eligibleSoFar(of)
  const otherLeft = of.amountFen - refundedFen(of) - left
  if (eligibleFen !== undefined)
    return eligibleFen <= Math.min(left, amountFen) && amountFen - eligibleFen <= otherLeft ? eligibleFen : undefined
  const share = halfUpShare(whole, amountFen, of.amountFen)
  return Math.max(Math.min(share, left, amountFen), amountFen - otherLeft)
}

/** Of the discounts of one delivery (`totalFen` at the grant, `outstandingFen` of it not yet returned), what goes back with this part. */
function dueBack(
  policy: RefundPolicy,
  of: Refundable,
  ask: RefundAsk,
  soFar: { amountFen: number; eligibleFen: number },
  totalFen: number,
  outstandingFen: number,
  againFen: number,
): number {
  switch (policy) {
    case 'keep':
    case 'none':
      return 0
    case 'discountFirst':
      return Math.min(ask.amountFen, outstandingFen)
    case 'fullOnly':
      return outstandingFen
    case 'recompute':
      return Math.min(ask.amountFen, outstandingFen - Math.min(againFen, outstandingFen))
    case 'proportional': {
      // Refunded − half-up(refunded × payable ÷ amount), over the eligible part where the payment named one: the same as the total less
      // half-up(total × what is not refunded ÷ amount), which also holds where discounts or rebates together are more than that part.
      const eligible = eligibleOf(of)
      const soFarFen = totalFen - halfUpShare(totalFen, eligible - soFar.eligibleFen, eligible)
      const returned = totalFen - outstandingFen
      return Math.min(Math.max(0, soFarFen - returned), outstandingFen)
    }
  }
}

function nothingBack({ code, kind, delivery, funders }: RefundableOffer): ReturnedOffer {
  return { code, kind, delivery, discountFen: 0, funders: funders.map(({ partner }) => ({ partner, amount: 0 })) }
}

const isOf = (offer: RefundableOffer, delivery: 'instant' | 'rebate'): boolean =>
  offer.kind === 'amount' && offer.delivery === delivery

/** The rules' discounts on what is left, of one delivery. */
function sumOf(of: Refundable, again: readonly number[] | undefined, delivery: 'instant' | 'rebate'): number {
  return of.offers.reduce((sum, offer, i) => sum + (isOf(offer, delivery) ? (again?.[i] ?? 0) : 0), 0)
}

/** What an offer, or one of its funders, has not got back yet. */
function outstandingOf(of: Refundable, i: number): { fen: number; funders: number[] } {
  const offer = of.offers[i]!
  const back = of.parts.map((part) => part.offers[i]!)
  return {
    fen: offer.discountFen - back.reduce((sum, { discountFen }) => sum + discountFen, 0),
    funders: offer.funders.map(
      ({ amount }, j) => amount - back.reduce((sum, { funders }) => sum + funders[j]!.amount, 0),
    ),
  }
}

/** Splits what is due over the offers of one delivery, then over their funders, by what each has outstanding. Returns the sum. */
function giveBack(
  of: Refundable,
  offers: ReturnedOffer[],
  delivery: 'instant' | 'rebate',
  due: (totalFen: number, outstandingFen: number) => number,
): number {
  const places = of.offers.flatMap((offer, i) => (isOf(offer, delivery) ? [i] : []))
  if (places.length === 0) return 0
  const outstanding = places.map((i) => outstandingOf(of, i))
  const total = places.reduce((sum, i) => sum + of.offers[i]!.discountFen, 0)
  const left = outstanding.reduce((sum, { fen }) => sum + fen, 0)
  const dueFen = due(total, left)
  const parts = largestRemainder(dueFen, dueFen === 0 ? places.map(() => 0) : outstanding.map(({ fen }) => fen))
  places.forEach((i, n) => fill(offers[i]!, parts[n]!, outstanding[n]!.funders))
  return dueFen
}

function fill(offer: ReturnedOffer, fen: number, outstanding: readonly number[]): void {
  offer.discountFen = fen
  const shares = largestRemainder(fen, fen === 0 ? outstanding.map(() => 0) : outstanding)
  offer.funders.forEach((share, i) => {
    share.amount = shares[i]!
  })
}

/**
 * In total half-up(fee × refunded ÷ amount) when the merchant's `feeOnRefund` is `return`, else 0; of the savings likewise. Less what earlier
 * parts have given back, so that a part that was undone leaves no trace.
 */
function feePart(of: Refundable, soFarFen: number): RefundPart['fee'] {
  const back = (fen: number, which: keyof RefundPart['fee']) => {
    if (of.feeOnRefund !== 'return') return 0
    const before = of.parts.reduce((sum, { fee }) => sum + fee[which], 0)
    return Math.max(0, halfUpShare(fen, soFarFen, of.amountFen) - before)
  }
  const { originalFen, finalFen, savedFen } = of.fee
  return {
    originalFen: back(originalFen, 'originalFen'),
    finalFen: back(finalFen, 'finalFen'),
    savedFen: back(savedFen, 'savedFen'),
  }
}

function giveFeesBack(of: Refundable, offers: ReturnedOffer[], savedFen: number): void {
  const places = of.offers.flatMap((offer, i) => (offer.kind === 'fee' ? [i] : []))
  const outstanding = places.map((i) => outstandingOf(of, i))
  const left = outstanding.reduce((sum, { fen }) => sum + fen, 0)
  const back = Math.min(savedFen, left)
  const parts = largestRemainder(back, back === 0 ? places.map(() => 0) : outstanding.map(({ fen }) => fen))
  places.forEach((i, n) => fill(offers[i]!, parts[n]!, outstanding[n]!.funders))
}
