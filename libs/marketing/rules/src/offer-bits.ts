import { baseFen, VALUE_CONDITIONS } from './conditions'
import { DAY_MS } from './day'
import { Recent } from './recent'
import type { CompiledConditions, CompiledOffer, PaymentFacts } from './types'

type Bits = Int32Array

/** One attribute of a payment: for each value that any offer names, the offers that a payment with it may still get. */
class Attribute {
  private readonly byValue = new Map<string, Bits>()
  /** Offers that do not ask about it. */
  private readonly free: Bits
  readonly isUsed: boolean

  constructor(
    offers: readonly CompiledOffer[],
    allowedBy: (test: CompiledConditions, offer: CompiledOffer) => Iterable<string> | undefined,
    private readonly valueOf: (facts: PaymentFacts) => string | undefined,
  ) {
    const asked = offers.map((offer) => allowedBy(offer.test, offer))
    this.free = bitsWhere(offers.length, (i) => asked[i] === undefined)
    this.isUsed = asked.some((values) => values !== undefined)
    asked.forEach((values, i) => {
      for (const value of values ?? []) {
        let bits = this.byValue.get(value)
        if (bits === undefined) this.byValue.set(value, (bits = this.free.slice()))
        set(bits, i)
      }
    })
  }

  of(facts: PaymentFacts): Bits {
    const value = this.valueOf(facts)
    return (value === undefined ? undefined : this.byValue.get(value)) ?? this.free
  }
}

/** The offers of the card groups to which a card's leading digits belong. */
class BinBits {
  /** Offers that ask for no card group, or for one that names tokens (those are tested one by one). */
  readonly free: Bits
  private readonly byBin = new Map<string, Bits[]>()
  private readonly lengths: readonly number[]

  constructor(offers: readonly CompiledOffer[]) {
    this.free = bitsWhere(offers.length, (i) => offers[i]!.test.binGroups?.some(({ hasTokens }) => hasTokens) ?? true)
    const byGroup = new Map<string, Bits>()
    offers.forEach(({ test }, i) => {
      for (const { key, bins } of test.binGroups ?? []) {
        let bits = byGroup.get(key)
        if (bits === undefined) {
          byGroup.set(key, (bits = new Int32Array(this.free.length)))
          for (const bin of bins) this.byBin.set(bin, [...(this.byBin.get(bin) ?? []), bits])
        }
        set(bits, i)
      }
    })
    this.lengths = [...new Set([...this.byBin.keys()].map((bin) => bin.length))].sort((a, b) => a - b)
  }

  /** Adds the sets of the groups that match to `found`. */
  of(digits: string, found: Bits[]): void {
    for (const length of this.lengths) {
      if (length > digits.length) break
      const groups = this.byBin.get(digits.slice(0, length))
      if (groups !== undefined) for (const bits of groups) found.push(bits)
    }
  }
}

/** Offers by what they ask of the amount, a set for each quarter of a doubling. */
class AmountBits {
  private readonly byBucket: Bits[] = []

  constructor(private readonly offers: readonly CompiledOffer[]) {}

  of(fen: number): Bits {
    const { offers } = this
    const bucket = bucketOf(fen)
    return (this.byBucket[bucket] ??= bitsWhere(offers.length, (i) => {
      const { minFen, maxFen } = offers[i]!.test
      return bucketOf(minFen) <= bucket && bucket <= bucketOf(maxFen)
    }))
  }
}

/** Never falls as the amount rises: the place of its highest bit, and the two bits after it. */
function bucketOf(fen: number): number {
  const capped = Math.min(fen, 0x7fffffff)
  const high = 31 - Math.clz32(capped)
  return high < 2 ? capped : high * 4 + ((capped >>> (high - 2)) & 3)
}

/** How many days' sets are kept: a year of payments in any order. */
const DAYS_KEPT = 400
const REGIONS_KEPT = 256

/**
 * Every live offer is one bit. `select` chooses one set per attribute of the payment; an offer may be got when its bit stands in all of them,
 * which costs a few instructions per 32 offers, and touches no offer that is out.
 */
export class OfferBits {
  private readonly attributes: readonly Attribute[]
  private readonly amounts: AmountBits | undefined
  private readonly bins: BinBits | undefined
  private readonly regions = new Recent<string, Bits>(REGIONS_KEPT)
  private readonly hasRegions: boolean
  private readonly days = new Recent<number, Bits>(DAYS_KEPT)
  /** Of the payment selected last: an offer stands in all of these … */
  private readonly all: Bits[] = []
  /** … and in one of these, unless it is empty. */
  private readonly any: Bits[] = []

  constructor(private readonly offers: readonly CompiledOffer[]) {
    const on = (
      allowedBy: (test: CompiledConditions, offer: CompiledOffer) => Iterable<string> | undefined,
      valueOf: (facts: PaymentFacts) => string | undefined,
    ) => new Attribute(offers, allowedBy, valueOf)
    this.attributes = [
      on(
        (_, { campaign }) => [campaign.currency],
        (facts) => facts.currency,
      ),
      ...VALUE_CONDITIONS.map(({ allowed, fact }) => on(allowed, fact)),
    ].filter(({ isUsed }) => isUsed)
    this.hasRegions = offers.some(({ test }) => test.regions !== undefined)
    const asksAmount = offers.some(({ test: { minFen, maxFen } }) => minFen > 0 || maxFen < Infinity)
    this.amounts = asksAmount ? new AmountBits(offers) : undefined
    this.bins = offers.some(({ test }) => test.binGroups !== undefined) ? new BinBits(offers) : undefined
  }

  /** `has` and `eachBelow` answer for this payment until the next is selected. */
  select(facts: PaymentFacts): void {
    const { all, any } = this
    all.length = 0
    any.length = 0
    all.push(this.activeAround(Math.floor(facts.atMs / DAY_MS)))
    for (const attribute of this.attributes) all.push(attribute.of(facts))
    if (this.amounts !== undefined) all.push(this.amounts.of(baseFen(facts)))
    if (this.hasRegions) all.push(this.inRegion(facts.merchantRegion ?? ''))
    if (this.bins === undefined || facts.memberOf !== undefined) return
    any.push(this.bins.free)
    if (facts.cardDigits !== undefined) this.bins.of(facts.cardDigits, any)
  }

  has(i: number): boolean {
    return ((this.word(i >>> 5) >>> (i & 31)) & 1) !== 0
  }

  /** Adds the selected ones of the first `count` offers to `found`. */
  eachBelow(count: number, found: CompiledOffer[]): void {
    for (let word = 0; word * 32 < count; word++) {
      let bits = this.word(word)
      while (bits !== 0) {
        const i = word * 32 + 31 - Math.clz32(bits & -bits)
        if (i >= count) return
        found.push(this.offers[i]!)
        bits &= bits - 1
      }
    }
  }

  private word(word: number): number {
    const { all, any } = this
    let bits = any.length === 0 ? -1 : 0
    for (let i = 0; i < any.length; i++) bits |= any[i]![word]!
    for (let i = 0; i < all.length && bits !== 0; i++) bits &= all[i]![word]!
    return bits
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
}

function bitsWhere(length: number, holds: (i: number) => boolean): Bits {
  const bits = new Int32Array((length + 31) >>> 5)
  for (let i = 0; i < length; i++) if (holds(i)) set(bits, i)
  return bits
}

function set(bits: Bits, i: number): void {
  bits[i >>> 5]! |= 1 << (i & 31)
}
