import { isoDate } from '@lijian/calendar'
import {
  REASONS,
  type BacktestLines,
  type BacktestSide,
  type Campaign,
  type GrantedOffer,
  type OutputLine,
  type PaymentLine,
  type Reason,
} from '@lijian/contracts/marketing'
import { Buckets } from './buckets'
import { Budgets } from './budgets'
import { Counts, net, sharePpm, Sums, type Money } from './money'
import { Summaries, type PaymentDays } from './summaries'

export interface Place {
  merchant: number
  /** Days since 1970-01-01. */
  day: number
}

/** What is known of all merchants, by their number in order of appearance. */
export interface MerchantEntity {
  id: string
  name?: string
  payments: number
  amount: number
}

interface OfferSums extends Money {
  campaign: string
  name: string
  kind: 'amount' | 'fee'
  uses: number
  refusals: Counts
}

const KIND = {
  amount: { instant: 'instant', rebate: 'rebate' },
  fee: { instant: 'feeSaved', rebate: 'feeSaved' },
} as const

/** What one set of documents gave and took back. */
export class Side {
  private readonly days = new Sums<number>()
  private readonly merchants = new Sums<number>()
  private readonly funders = new Sums<string>()
  private readonly offers = new Map<string, OfferSums>()
  private readonly budgets: Budgets
  private readonly buckets = new Buckets()
  private readonly summaries: Summaries
  private readonly refusedEvents = new Counts()
  private readonly nets = { instant: 0, rebate: 0, feeSaved: 0 }
  private readonly all: Money = { given: 0, returned: 0 }
  private uses = 0
  private reached = 0
  private amountReached = 0
  cardsReached = 0

  constructor(
    private readonly campaigns: readonly Campaign[],
    balances: ReadonlyMap<string, number> | undefined,
    currency: string,
  ) {
    // Those of others are never met, and their amounts are in another unit.
    this.budgets = new Budgets(
      campaigns.filter((campaign) => campaign.currency === currency),
      balances,
    )
    this.summaries = new Summaries(campaigns, currency)
    for (const campaign of campaigns)
      for (const { code, name, kind } of campaign.offers)
        this.offers.set(code, {
          campaign: campaign.code,
          name,
          kind,
          uses: 0,
          given: 0,
          returned: 0,
          refusals: new Counts(),
        })
  }

  refuse(payment: PaymentLine, { reasons }: OutputLine): void {
    for (const refusal of reasons) {
      if (refusal.offer !== undefined) this.offers.get(refusal.offer)!.refusals.add(refusal.reason)
      this.budgets.refuse(payment, refusal)
    }
  }

  give(place: Place, { amount, offers }: OutputLine): void {
    const fen = this.move(place, offers, 1, amount, 1)
    this.summaries.add(place.day, amount, offers, 1)
    this.uses += offers.length
    this.reached += 1
    this.amountReached += amount
    this.days.of(place.day).reached += 1
    this.merchants.of(place.merchant).reached += 1
    this.buckets.add(fen)
  }

  /** A void or reversal gives the use back as well; whether the quota has it back is the document's affair. */
  takeBack(place: Place, { state, amount, offers }: OutputLine): void {
    const isWhole = state === 'voided' || state === 'reversed'
    this.summaries.add(place.day, amount, offers, -1)
    this.move(place, offers, -1, isWhole ? amount : 0, isWhole ? 1 : 0)
  }

  refuseEvent(reason: string): void {
    this.refusedEvents.add(reason)
  }

  private move(place: Place, offers: readonly GrantedOffer[], sign: 1 | -1, grossFen: number, uses: number): number {
    const way = sign === 1 ? 'given' : 'returned'
    let sum = 0
    for (const { code, kind, delivery, discount, funders } of offers) {
      sum += discount
      this.nets[KIND[kind][delivery]] += sign * discount
      const offer = this.offers.get(code)!
      offer[way] += discount
      if (sign === 1) offer.uses += 1
      for (const { partner, amount } of funders) this.funders.of(partner)[way] += amount
      this.budgets.move({ day: place.day, offer: code, fen: discount, grossFen, funders, sign, uses })
    }
    this.days.of(place.day)[way] += sum
    this.merchants.of(place.merchant)[way] += sum
    this.all[way] += sum
    return sum
  }

  report(lines: BacktestLines, merchants: readonly MerchantEntity[], days: PaymentDays['days']): BacktestSide {
    return {
      campaigns: this.campaigns.map(({ code, name }) => ({ code, name })),
      summaries: this.summaries.report({ payments: lines.payments, days }),
      totals: {
        ...net(this.all),
        ...this.nets,
        uses: this.uses,
        paymentsReached: this.reached,
        paymentsReachedPpm: sharePpm(this.reached, lines.payments),
        cardsReached: this.cardsReached,
        cardsReachedPpm: sharePpm(this.cardsReached, lines.cards),
        amountReached: this.amountReached,
      },
      days: this.days
        .entries()
        .filter(([, { reached, returned }]) => reached > 0 || returned > 0)
        .sort(([a], [b]) => a - b)
        .map(([day, { reached, ...money }]) => ({ date: isoDate(day), reached, ...net(money) })),
      offers: [...this.offers].map(([offer, { campaign, name, kind, uses, refusals, ...money }]) => ({
        campaign,
        offer,
        name,
        kind,
        uses,
        ...net(money),
        refusals: inOrder((reason) => refusals.of(reason)),
      })),
      merchants: this.merchants
        .entries()
        .filter(([, { reached }]) => reached > 0)
        .map(([index, { reached, ...money }]) => {
          const { id, name, payments, amount } = merchants[index]!
          return { merchant: id, ...(name === undefined ? {} : { name }), payments, amount, reached, ...net(money) }
        })
        .sort((a, b) => b.discount - a.discount || b.given - a.given || (a.merchant < b.merchant ? -1 : 1)),
      funders: this.funders
        .entries()
        .map(([partner, money]) => ({ partner, ...net(money) }))
        .sort((a, b) => b.discount - a.discount || (a.partner < b.partner ? -1 : 1)),
      budgets: this.budgets.report(),
      refusals: inOrder((reason) => {
        let sum = 0
        for (const { refusals } of this.offers.values()) sum += refusals.of(reason)
        return sum
      }),
      refusedEvents: this.refusedEvents.entries().map(([reason, count]) => ({ reason, count })),
      discounts: this.buckets.list(),
    }
  }
}

const inOrder = (countOf: (reason: Reason) => number): { reason: Reason; count: number }[] =>
  REASONS.map((reason) => ({ reason, count: countOf(reason) })).filter(({ count }) => count > 0)
