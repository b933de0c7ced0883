import { OfferBits } from './offer-bits'
import type { CompiledOffer, LiveOffers, PaymentFacts } from './types'

const NONE: readonly CompiledOffer[] = []

/**
 * The live offers by merchant, sub-merchant, time and what a payment is, so that its cost does not grow with the offers that it cannot
 * match: an offer is looked at only when its bit stands. Finds at least every offer that the payment meets; each is still tested.
 */
export class LiveIndex implements LiveOffers {
  /** Those of every merchant first, so that their bits fill the first words. */
  private readonly offers: readonly CompiledOffer[]
  private readonly openCount: number
  private readonly bits: OfferBits
  private readonly byMerchant: OfferLists
  private readonly bySubMerchant: OfferLists

  constructor(live: readonly CompiledOffer[]) {
    const isOpen = ({ test }: CompiledOffer) => test.merchants === undefined && test.subMerchants === undefined
    const open = live.filter(isOpen)
    this.offers = [...open, ...live.filter((offer) => !isOpen(offer))]
    this.openCount = open.length
    this.bits = new OfferBits(this.offers)
    this.byMerchant = new OfferLists(this.offers, ({ test }) => test.merchants)
    this.bySubMerchant = new OfferLists(this.offers, ({ test }) => test.subMerchants)
  }

  find(facts: PaymentFacts, found: CompiledOffer[]): void {
    const { bits, offers, openCount, byMerchant, bySubMerchant } = this
    const { merchant, subMerchant } = facts
    const own = byMerchant.place(merchant)
    const shop = subMerchant === undefined ? NOWHERE : bySubMerchant.place(subMerchant)
    if (own === NOWHERE && shop === NOWHERE && openCount === 0) return
    bits.select(facts)
    for (let at = byMerchant.starts[own]!; at < byMerchant.starts[own + 1]!; at++) {
      const i = byMerchant.members[at]!
      if (bits.has(i)) found.push(offers[i]!)
    }
    for (let at = bySubMerchant.starts[shop]!; at < bySubMerchant.starts[shop + 1]!; at++) {
      const i = bySubMerchant.members[at]!
      // An offer that names both has been found already.
      if (bits.has(i) && offers[i]!.test.merchants?.has(merchant) !== true) found.push(offers[i]!)
    }
    bits.eachBelow(openCount, found)
  }

  bound({ merchant, subMerchant }: PaymentFacts): readonly CompiledOffer[] {
    const own = this.byMerchant.at(merchant)
    const shop = subMerchant === undefined ? NOBODY : this.bySubMerchant.at(subMerchant)
    if (own.length === 0 && shop.length === 0) return NONE
    return Array.from(shop.length === 0 ? own : new Set([...own, ...shop]), (i) => this.offers[i]!)
  }
}

const NOBODY = new Int32Array(0)
/** The place of every key that no offer names. */
const NOWHERE = 0

/** Numbers of offers under each key, in one array for all keys: 100,000 merchants are not 100,000 lists. */
class OfferLists {
  private readonly places = new Map<string, number>()
  /** Those of a place stand in `members` from its start to the next one's. */
  readonly starts: Int32Array
  readonly members: Int32Array

  constructor(offers: readonly CompiledOffer[], keysOf: (offer: CompiledOffer) => ReadonlySet<string> | undefined) {
    const sizes = [0]
    const pairs: number[] = []
    offers.forEach((offer, i) => {
      for (const key of keysOf(offer) ?? []) {
        let place = this.places.get(key)
        if (place === undefined) this.places.set(key, (place = sizes.push(0) - 1))
        sizes[place]!++
        pairs.push(place, i)
      }
    })
    this.starts = new Int32Array(sizes.length + 1)
    sizes.forEach((size, place) => (this.starts[place + 1] = this.starts[place]! + size))
    this.members = new Int32Array(pairs.length / 2)
    const next = this.starts.slice()
    for (let p = 0; p < pairs.length; p += 2) this.members[next[pairs[p]!]!++] = pairs[p + 1]!
  }

  place(key: string): number {
    return this.places.get(key) ?? NOWHERE
  }

  at(key: string): Int32Array {
    const place = this.place(key)
    return this.members.subarray(this.starts[place], this.starts[place + 1])
  }
}
