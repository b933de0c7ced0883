import { halfUpPpm } from '@lijian/money'
import type { CardSupport, Channel, RoutePayment } from './types'

type Card = Pick<RoutePayment, 'issuer' | 'cardType' | 'scheme'>

/**
 * The row of a channel that fits a card: what a row does not name it takes any of, and what is not known of the card fits only rows that do not name
 * it. Of several the most specific: issuer counts before card type, card type before scheme. Undefined: the channel does not take this card;
 * a channel without rows takes all, and they cost nothing.
 */
export function supportFor({ cards }: Pick<Channel, 'cards'>, card: Card): CardSupport | undefined {
  if (cards === undefined) return FREE
  let best: CardSupport | undefined
  let bestScore = -1
  for (const row of cards) {
    if (row.issuer !== undefined && row.issuer !== card.issuer) continue
    if (row.cardType !== undefined && row.cardType !== card.cardType) continue
    if (row.scheme !== undefined && row.scheme !== card.scheme) continue
    const score =
      (row.issuer === undefined ? 0 : 4) + (row.cardType === undefined ? 0 : 2) + (row.scheme === undefined ? 0 : 1)
    if (score > bestScore) {
      best = row
      bestScore = score
    }
  }
  return best
}

const FREE: CardSupport = Object.freeze({
  ...{ issuer: undefined, cardType: undefined, scheme: undefined },
  ...{ costPpm: 0, costMinFen: 0, costMaxFen: Infinity },
})

/** rate × amount, half up, at least min and at most max. */
export const costOf = ({ costPpm, costMinFen, costMaxFen }: CardSupport, amountFen: number): number =>
  Math.min(Math.max(halfUpPpm(amountFen, costPpm), costMinFen), costMaxFen)
