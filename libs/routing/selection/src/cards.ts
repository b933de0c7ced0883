import { cardType as cardTypes } from '@lijian/contracts/system'
import type { RoutingDocument } from '@lijian/contracts/routing'
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
  issuer: undefined,
  cardType: undefined,
  scheme: undefined,
  costPpm: 0,
  costMinFen: 0,
  costMaxFen: Infinity,
})

/** rate × amount, half up, at least min and at most max. */
export const costOf = ({ costPpm, costMinFen, costMaxFen }: CardSupport, amountFen: number): number =>
  Math.min(Math.max(halfUpPpm(amountFen, costPpm), costMinFen), costMaxFen)

interface NamedCard {
  issuer?: string
  cardType: (typeof cardTypes.options)[number]
}

/** Of the issuers that the document names, and one that it does not, with every type of card: those that none of the channels takes. Thousands of routes share a few sets of channels. */
export function unsupportedBy(document: RoutingDocument): (channels: readonly Channel[]) => readonly NamedCard[] {
  const issuers = new Set(document.channels.flatMap(({ cards = [] }) => cards.flatMap(({ issuer }) => issuer ?? [])))
  const cards: NamedCard[] = [undefined, ...issuers].flatMap((issuer) =>
    cardTypes.options.map((cardType) => (issuer === undefined ? { cardType } : { issuer, cardType })),
  )
  const untaken = new Map<Channel, readonly NamedCard[]>()
  const known = new Map<string, readonly NamedCard[]>()
  return (channels) => {
    const key = channels.map(({ index }) => index).join(' ')
    let found = known.get(key)
    if (found === undefined) {
      found =
        channels.length === 0 ? [] : channels.reduce<readonly NamedCard[]>((left, one) => without(left, one), cards)
      known.set(key, found)
    }
    return found
  }
  function without(left: readonly NamedCard[], channel: Channel): readonly NamedCard[] {
    let own = untaken.get(channel)
    if (own === undefined) {
      own = cards.filter(
        ({ issuer, cardType }) => supportFor(channel, { issuer, cardType, scheme: undefined }) === undefined,
      )
      untaken.set(channel, own)
    }
    return left === cards ? own : left.filter((card) => own.includes(card))
  }
}
