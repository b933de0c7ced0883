import { OfferBits } from './offer-bits'
import { namesPlaces } from './conditions'
import { isMember } from './groups'
import type { MerchantGroups } from './merchant-groups'
import type { CompiledOffer, LiveOffers, PaymentFacts } from './types'

const NONE: readonly CompiledOffer[] = []

/**
 * The live offers by merchant, group of merchants, sub-merchant, time and what a payment is, so that its cost does not grow with the offers that it cannot
 * match: an offer is looked at only when its bit stands. Finds at least every offer that the payment meets; each is still tested.
 */
export class LiveIndex implements LiveOffers {
  /** Those of every merchant first, so that their bits fill the first words. */
  private readonly offers: readonly CompiledOffer[]
  private readonly openCount: number
  private readonly bits: OfferBits
  private readonly byMerchant: OfferLists
  private readonly bySubMerchant: OfferLists
  /** Numbers of the offers of each group. */
  private readonly byGroup = new Map<number, number[]>()
  /** Of each combination of groups that was met: it always stands for the same groups. */
  private readonly byCombination = new Map<number, readonly number[]>([[0, NO_NUMBERS]])

  constructor(
    live: readonly CompiledOffer[],
    private readonly groups: MerchantGroups,
  ) {
    const open = live.filter((offer) => !namesPlaces(offer))
    this.offers = [...open, ...live.filter(namesPlaces)]
    this.openCount = open.length
    this.bits = new OfferBits(this.offers)
    this.byMerchant = new OfferLists(this.offers, ({ test }) => test.merchants)
    this.bySubMerchant = new OfferLists(this.offers, ({ test }) => test.subMerchants)
    this.offers.forEach(({ test }, i) => {
      for (const { number } of test.merchantGroups ?? [])
        this.byGroup.set(number, [...(this.byGroup.get(number) ?? []), i])
    })
  }

  find(facts: PaymentFacts, found: CompiledOffer[]): void {
    const { bits, offers, openCount, byMerchant, bySubMerchant } = this
    const { merchant, subMerchant } = facts
    if (facts.merchantLeft === true) return
    const own = byMerchant.place(merchant)
    const shop = subMerchant === undefined ? NOWHERE : bySubMerchant.place(subMerchant)
    const grouped = this.ofGroups(facts)
    if (own === NOWHERE && shop === NOWHERE && openCount === 0 && grouped.length === 0) return
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
    for (const i of grouped) {
      if (!bits.has(i)) continue
      const { merchants, subMerchants } = offers[i]!.test
      const isFound = merchants?.has(merchant) === true || (subMerchant !== undefined && subMerchants?.has(subMerchant) === true) // prettier-ignore
      if (!isFound) found.push(offers[i]!)
    }
    bits.eachBelow(openCount, found)
  }

  bound(facts: PaymentFacts): readonly CompiledOffer[] {
    const { merchant, subMerchant } = facts
    const own = this.byMerchant.at(merchant)
    const shop = subMerchant === undefined ? NOBODY : this.bySubMerchant.at(subMerchant)
    const grouped = this.ofGroups(facts)
    if (own.length === 0 && shop.length === 0 && grouped.length === 0) return NONE
    const isOne = shop.length === 0 && grouped.length === 0
    return Array.from(isOne ? own : new Set([...own, ...shop, ...grouped]), (i) => this.offers[i]!)
  }

  /** Numbers of the offers that name a group of the merchant's, each once. */
  private ofGroups(facts: PaymentFacts): readonly number[] {
    if (this.byGroup.size === 0) return NO_NUMBERS
    if (facts.memberOf !== undefined || facts.merchantOf !== undefined) return this.ofGroupsThen(facts)
    const combination = this.groups.combinationOf(facts.merchant)
    let numbers = this.byCombination.get(combination)
    if (numbers === undefined) {
      numbers = [...new Set(this.groups.groupsIn(combination).flatMap((group) => this.byGroup.get(group) ?? []))]
      this.byCombination.set(combination, numbers)
    }
    return numbers
  }

  /** The groups of a stored decision. */
  private ofGroupsThen(facts: PaymentFacts): readonly number[] {
    const all = new Set([...this.byGroup.values()].flat())
    return [...all].filter((i) => this.offers[i]!.test.merchantGroups!.some((group) => isMember(group, facts)))
  }
}

const NOBODY = new Int32Array(0)
const NO_NUMBERS: readonly number[] = []
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
