import { AMOUNT_FEN_MAX } from '@lijian/contracts/system'
import type { Offer } from '@lijian/contracts/marketing'
import { givenAt, tiersOf, type Tier } from './given'

export type AmountOffer = Offer & { kind: 'amount' }

/** Amounts from `lo` to `hi`, both included. */
export interface Span {
  lo: number
  hi: number
}

/** The amounts that `conditions.amount` lets through; a payment has 1 fen at least. */
export function amountsOf(offer: Offer): Span {
  const { min = 1, max = AMOUNT_FEN_MAX } = offer.rule.conditions?.amount ?? {}
  return { lo: Math.max(1, min), hi: max }
}

/** The amounts at which a tier is the highest one reached, inside `conditions.amount`; undefined where there is none. */
export function reachOf(tiers: readonly Tier[], place: number, { lo, hi }: Span): Span | undefined {
  const from = Math.max(lo, tiers[place]!.atLeast)
  const next = tiers[place + 1]
  const to = Math.min(hi, next === undefined ? Infinity : next.atLeast - 1)
  return from <= to ? { lo: from, hi: to } : undefined
}

/** The bases that a benefit may look at: an offer of an earlier group may have lowered a net one, so that it lies below conditions.amount.min. */
export const basesOf = (offer: AmountOffer): Span => {
  const { lo, hi } = amountsOf(offer)
  return { lo: offer.base === 'gross' ? lo : 1, hi }
}

/** The amounts on which the benefit has one formula that never falls as the amount grows, each with the tier that rules there. */
export function piecesOf(offer: AmountOffer, amounts: Span = amountsOf(offer)): (Span & { tier?: number })[] {
  const { benefit } = offer.rule
  if (benefit.type === 'fixedPrice') {
    const lo = Math.max(amounts.lo, benefit.price + 1)
    const hi = Math.min(amounts.hi, benefit.upTo ?? Infinity)
    return lo <= hi ? [{ lo, hi }] : []
  }
  return benefit.tiers.flatMap((_, tier) => {
    const span = reachOf(tiersOf(benefit), tier, amounts)
    return span === undefined ? [] : [{ ...span, tier }]
  })
}

/** The most that the offer can give on its own: every formula grows with the amount, so the ends of the pieces are enough. */
export const mostGivenFen = (offer: AmountOffer, amounts: Span = amountsOf(offer)): number =>
  Math.max(0, ...piecesOf(offer, amounts).map(({ hi }) => givenAt(offer, hi)?.maxFen ?? 0))
