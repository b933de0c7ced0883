import { DAY_MS } from './day'
import { Recent } from './recent'
import type { CompiledConditions, CompiledOffer, PaymentFacts } from './types'

type Bits = Uint32Array

/** One attribute of a payment: for each value that any offer names, the offers that a payment with it may still get. */
class Attribute {
  private readonly byValue = new Map<string, Bits>()
  /** Offers that do not ask about it. */
  private readonly free: Bits
  readonly isUsed: boolean

  constructor(offers: readonly CompiledOffer[], allowedBy: (offer: CompiledOffer) => Iterable<string> | undefined) {
    const asked = offers.map((offer) => allowedBy(offer))
    this.free = bitsWhere(offers.length, (i) => asked[i] === undefined)
    this.isUsed = asked.some((values) => values !== undefined)
    asked.forEach((values, i) => {
      for (const value of values ?? []) {
        let bits = this.byValue.get(value)
        if (bits === undefined) this.byValue.set(value, (bits = this.free.slice()))
        bits[i >>> 5]! |= 1 << (i & 31)
      }
    })
  }

  of(value: string | undefined): Bits {
    return (value === undefined ? undefined : this.byValue.get(value)) ?? this.free
  }
}

/** How many days' sets are kept: a file of payments is mostly in order of time. */
const DAYS_KEPT = 64

/**
 * Long lists of offers, narrowed down attribute by attribute with one AND over 32 offers at a time: 10,000 offers are 313 words for each
 * attribute, whatever they ask for.
 */
export class OfferBits {
  private readonly attributes: readonly { set: Attribute; value: (facts: PaymentFacts) => string | undefined }[]
  private readonly binSets = new Map<string, Bits>()
  private readonly binLengths: readonly number[]
  /** Offers that ask for no card group, or for one that names tokens (those are tested one by one). */
  private readonly binFree: Bits | undefined
  private readonly binFound: Bits
  private readonly regions = new Recent<string, Bits>(256)
  private readonly hasRegions: boolean
  private readonly days = new Recent<number, Bits>(DAYS_KEPT)

  constructor(private readonly offers: readonly CompiledOffer[]) {
    const { length } = offers
    const on = (
      allowedBy: (test: CompiledConditions, offer: CompiledOffer) => Iterable<string> | undefined,
      value: (facts: PaymentFacts) => string | undefined,
    ) => ({ set: new Attribute(offers, (offer) => allowedBy(offer.test, offer)), value })
    this.attributes = [
      on(
        (_, { campaign }) => [campaign.currency],
        (facts) => facts.currency,
      ),
      on(
        (test) => test.paymentMethods,
        (facts) => facts.paymentMethod,
      ),
      on(
        (test) => test.issuers,
        (facts) => facts.issuer,
      ),
      on(
        (test) => test.cardTypes,
        (facts) => facts.cardType,
      ),
      on(
        (test) => test.mccs,
        (facts) => facts.merchantMcc,
      ),
      on(
        (test) => test.cardRegions,
        (facts) => facts.cardRegion,
      ),
      on(
        (test) => test.schemes,
        (facts) => facts.scheme,
      ),
      on(
        (test) => test.terminals,
        (facts) => facts.terminal,
      ),
      on(
        (test) => test.countries,
        (facts) => facts.merchantCountry,
      ),
    ].filter(({ set }) => set.isUsed)
    this.hasRegions = offers.some(({ test }) => test.regions !== undefined)
    this.binFound = new Uint32Array(words(length))
    this.binFree = offers.some(({ test }) => test.binGroups !== undefined) ? this.indexBins() : undefined
    this.binLengths = [...new Set([...this.binSets.keys()].map((bin) => bin.length))].sort((a, b) => a - b)
  }

  find(facts: PaymentFacts, found: CompiledOffer[]): void {
    const sets: Bits[] = [this.activeAround(Math.floor(facts.atMs / DAY_MS))]
    for (const { set, value } of this.attributes) sets.push(set.of(value(facts)))
    if (this.hasRegions) sets.push(this.inRegion(facts.merchantRegion ?? ''))
    if (this.binFree !== undefined && facts.memberOf === undefined)
      sets.push(this.withBin(this.binFree, facts.cardDigits))
    const first = sets[0]!
    for (let word = 0; word < first.length; word++) {
      let bits = first[word]!
      for (let i = 1; i < sets.length && bits !== 0; i++) bits &= sets[i]![word]!
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits)
        found.push(this.offers[word * 32 + bit]!)
        bits &= bits - 1
      }
    }
  }

  /** By the calendar of UTC, two days wide on both sides: zones, days' edges and ranges past midnight. */
  private activeAround(day: number): Bits {
    let bits = this.days.get(day)
    if (bits === undefined) {
      const { offers } = this
      bits = bitsWhere(offers.length, (i) => {
        const { fromDay, toDay } = offers[i]!.test
        return day >= fromDay - 2 && day <= toDay + 2
      })
      this.days.set(day, bits)
    }
    return bits
  }

  private inRegion(region: string): Bits {
    let bits = this.regions.get(region)
    if (bits === undefined) {
      const { offers } = this
      bits = bitsWhere(offers.length, (i) => {
        const { regions } = offers[i]!.test
        return regions === undefined || regions.some((prefix) => region.startsWith(prefix))
      })
      this.regions.set(region, bits)
    }
    return bits
  }

  private indexBins(): Bits {
    const { offers } = this
    offers.forEach(({ test }, i) => {
      for (const { bins } of test.binGroups ?? []) {
        for (const bin of bins) {
          let bits = this.binSets.get(bin)
          if (bits === undefined) this.binSets.set(bin, (bits = new Uint32Array(words(offers.length))))
          bits[i >>> 5]! |= 1 << (i & 31)
        }
      }
    })
    return bitsWhere(offers.length, (i) => offers[i]!.test.binGroups?.some(({ hasTokens }) => hasTokens) ?? true)
  }

  private withBin(free: Bits, digits: string | undefined): Bits {
    if (digits === undefined) return free
    const found = this.binFound
    found.set(free)
    for (const length of this.binLengths) {
      if (length > digits.length) break
      const bits = this.binSets.get(digits.slice(0, length))
      if (bits === undefined) continue
      for (let i = 0; i < found.length; i++) found[i]! |= bits[i]!
    }
    return found
  }
}

const words = (length: number): number => (length + 31) >>> 5

function bitsWhere(length: number, holds: (i: number) => boolean): Bits {
  const bits = new Uint32Array(words(length))
  for (let i = 0; i < length; i++) if (holds(i)) bits[i >>> 5]! |= 1 << (i & 31)
  return bits
}
