import { epochDay, localParts } from '@lijian/calendar'
import type { Campaign, Offer } from '@lijian/contracts/marketing'
import { feeFen, type PaymentFacts } from '@lijian/rules'
import { merchant, type Documents } from '../data/documents'

/** A payment as a peer sees it: what it has no words for (zones, card groups, fee schedules) is worked out before the timer runs. */
export interface PeerFacts {
  currency: string
  merchant: string
  paymentMethod: string
  cardType: string
  scheme: string
  cardGroups: readonly string[]
  /** Local date as days since 1970-01-01. */
  day: number
  minute: number
  /** ISO: 1 = Monday. */
  weekday: number
  amount: number
  fee: number
}
export type Fact = keyof PeerFacts

/** One condition of an offer; those of an offer all hold. */
export type Condition =
  | { fact: Fact; is: 'in' | 'notIn'; values: readonly (string | number)[] }
  | { fact: Fact; is: 'atLeast' | 'below'; value: number }
  /** The fact is a list, and has this value. */
  | { fact: Fact; is: 'has'; value: string }

/** What is given from this amount on: fen, a part of the amount, what it is above a price, the fee, or a draw, which no peer can repeat. */
export interface Step {
  atLeast: number
  gives: number | { ppm: number } | { above: number } | 'fee' | 'draw'
}

export interface PlainOffer {
  code: string
  /** The merchant first: it decides most, and every peer stops at the first that fails. */
  conditions: readonly Condition[]
  /** The highest that is reached counts; below the lowest there is no offer. Ascending. */
  steps: readonly Step[]
  capFen?: number
}

const ZONE = 'Asia/Shanghai'

/** Throws for what the bench's catalog does not use: a peer must never be asked less than Lijian. */
export function plainOffer(campaign: Campaign, offer: Offer): PlainOffer {
  if (campaign.timeZone !== ZONE)
    throw new Error(`the bench translates ${ZONE} only, ${campaign.code} has another zone`)
  return { code: offer.code, conditions: [...whereAndWhen(campaign, offer), ...paidHow(offer)], ...given(offer) }
}

const known = (text: object, keys: readonly string[], what: string): void => {
  const other = Object.keys(text).filter((key) => !keys.includes(key))
  if (other.length > 0) throw new Error(`the bench does not translate ${what} ${other.join(', ')}`)
}

function whereAndWhen(campaign: Campaign, { merchants, rule }: Offer): Condition[] {
  const window = rule.window ?? {}
  known(window, ['from', 'to', 'daily', 'weekdays', 'excludedDates'], 'window')
  const { daily = [], weekdays, excludedDates, from = campaign.from, to = campaign.to } = window
  if (daily.length > 1) throw new Error('the bench translates one daily range only')
  return [
    ...(merchants ? [{ fact: 'merchant', is: 'in', values: merchants } as const] : []),
    { fact: 'currency', is: 'in', values: [campaign.currency] },
    { fact: 'day', is: 'atLeast', value: epochDay(from) },
    ...(to ? [{ fact: 'day', is: 'below', value: epochDay(to) + 1 } as const] : []),
    ...daily.flatMap(([open, close]): Condition[] => [
      { fact: 'minute', is: 'atLeast', value: minuteOf(open) },
      { fact: 'minute', is: 'below', value: minuteOf(close) },
    ]),
    ...(weekdays ? [{ fact: 'weekday', is: 'in', values: weekdays } as const] : []),
    ...(excludedDates ? [{ fact: 'day', is: 'notIn', values: excludedDates.map(epochDay) } as const] : []),
  ]
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

function paidHow({ rule: { conditions = {} } }: Offer): Condition[] {
  known(conditions, ['paymentMethods', 'cardTypes', 'schemes', 'binGroups', 'amount'], 'conditions')
  const { paymentMethods, cardTypes, schemes, binGroups = [], amount } = conditions
  if (binGroups.length > 1 || amount?.max !== undefined)
    throw new Error('the bench translates one card group, and no maximum')
  return [
    ...(paymentMethods ? [{ fact: 'paymentMethod', is: 'in', values: paymentMethods } as const] : []),
    ...(cardTypes ? [{ fact: 'cardType', is: 'in', values: cardTypes } as const] : []),
    ...(schemes ? [{ fact: 'scheme', is: 'in', values: schemes } as const] : []),
    ...binGroups.map((value) => ({ fact: 'cardGroups', is: 'has', value }) as const),
    ...(amount?.min ? [{ fact: 'amount', is: 'atLeast', value: amount.min } as const] : []),
  ]
}

function given(offer: Offer): Pick<PlainOffer, 'steps' | 'capFen'> {
  if (offer.kind === 'fee') {
    if (offer.rule.benefit.type !== 'waive') throw new Error('the bench translates waived fees only')
    return { steps: [{ atLeast: 0, gives: 'fee' }] }
  }
  const { benefit } = offer.rule
  switch (benefit.type) {
    case 'fixedPrice':
      return { steps: [{ atLeast: benefit.price + 1, gives: { above: benefit.price } }] }
    case 'percent':
      return {
        steps: benefit.tiers.map(({ atLeast, payPpm }) => ({
          atLeast,
          gives: typeof payPpm === 'number' ? { ppm: 1_000_000 - payPpm } : 'draw',
        })),
        capFen: benefit.cap,
      }
    case 'reduce':
      return {
        steps: benefit.tiers.map(({ atLeast, off }) => ({ atLeast, gives: typeof off === 'number' ? off : 'draw' })),
      }
  }
}

export const plainOffers = ({ campaigns }: Documents): PlainOffer[] =>
  campaigns.flatMap((campaign) => campaign.offers.map((offer) => plainOffer(campaign, offer)))

export type FactsOf = (facts: PaymentFacts) => PeerFacts

/** The facts of a payment in the words of the peers. */
export function peerFacts({ cardGroups }: Documents): FactsOf {
  const groups = new Map<string, string[]>()
  for (const { code, bins } of cardGroups) for (const bin of bins) groups.set(bin, [...(groups.get(bin) ?? []), code])
  const { fees } = merchant(0)
  return ({ currency, merchant: id, paymentMethod, cardType, scheme = '', cardDigits = '', amountFen, atMs }) => {
    const { day, minute, weekday } = localParts(ZONE, atMs)
    return {
      currency,
      merchant: id,
      paymentMethod,
      cardType: cardType ?? '',
      scheme,
      cardGroups: groups.get(cardDigits) ?? [],
      day,
      minute,
      weekday,
      amount: amountFen,
      fee: feeFen(fees, paymentMethod, cardType, amountFen),
    }
  }
}
