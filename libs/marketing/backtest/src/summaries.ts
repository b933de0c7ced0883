import { createHash } from 'node:crypto'
import { isoDate } from '@lijian/calendar'
import { canonicalJson } from '@lijian/contracts/system'
import { SUMMARY_DAYS_MAX, type BacktestSummary, type Campaign, type GrantedOffer } from '@lijian/contracts/marketing'

/** SHA-256 of a document: the same for the same document, whatever the order of its keys. */
export const documentHash = (document: Campaign): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex')

interface Promised {
  uses: number
  amount: number
  given: number
  returned: number
}
const nothing = (): Promised => ({ uses: 0, amount: 0, given: 0, returned: 0 })

/** When there were payments, and how many. */
export interface PaymentDays {
  payments: number
  /** Days since 1970-01-01 on which there was one. */
  days: readonly number[]
}

class OfCampaign {
  readonly all = nothing()
  readonly offers = new Map<string, Promised>()
  readonly days = new Map<number, Promised>()

  /** Every place at which a payment with these offers counts once. */
  add(day: number, amount: number, offers: readonly GrantedOffer[], sign: 1 | -1): void {
    const sum = offers.reduce((total, { discount }) => total + discount, 0)
    const places: [Promised, number][] = [
      [this.all, sum],
      [placeIn(this.days, day), sum],
      ...offers.map(({ code, discount }): [Promised, number] => [placeIn(this.offers, code), discount]),
    ]
    for (const [place, fen] of places) {
      place[sign === 1 ? 'given' : 'returned'] += fen
      if (sign === -1) continue
      place.uses += 1
      place.amount += amount
    }
  }
}

function placeIn<K>(map: Map<K, Promised>, key: K): Promised {
  let place = map.get(key)
  if (place === undefined) map.set(key, (place = nothing()))
  return place
}

/** What each campaign of one side gave, as it is kept with its version. */
export class Summaries {
  private readonly campaigns: ReadonlyMap<string, { document: Campaign; sums: OfCampaign }>

  constructor(
    campaigns: readonly Campaign[],
    private readonly currency: string,
  ) {
    this.campaigns = new Map(
      campaigns
        .filter((document) => document.currency === currency)
        .map((document) => [document.code, { document, sums: new OfCampaign() }]),
    )
  }

  add(day: number, amount: number, offers: readonly GrantedOffer[], sign: 1 | -1): void {
    for (const code of new Set(offers.map(({ campaign }) => campaign)))
      this.campaigns.get(code)?.sums.add(
        day,
        amount,
        offers.filter(({ campaign }) => campaign === code),
        sign,
      )
  }

  report({ payments, days }: PaymentDays): (BacktestSummary & { campaign: string })[] {
    if (days.length === 0) return []
    const sorted = [...days].sort((a, b) => a - b)
    return [...this.campaigns].map(([campaign, { document, sums }]) => ({
      campaign,
      documentHash: documentHash(document),
      currency: this.currency,
      ...{ from: isoDate(sorted[0]!), to: isoDate(sorted.at(-1)!), paymentDays: sorted.length, payments },
      ...sums.all,
      offers: document.offers.map(({ code }) => ({ offer: code, ...(sums.offers.get(code) ?? nothing()) })),
      days: [...sums.days]
        .sort(([a], [b]) => a - b)
        .slice(-SUMMARY_DAYS_MAX)
        .map(([day, one]) => ({ date: isoDate(day), ...one })),
    }))
  }
}
