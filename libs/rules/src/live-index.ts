import { DAY_MS } from './day'
import { OfferBits } from './offer-bits'
import type { CompiledOffer, LiveOffers, PaymentFacts } from './types'

const NONE: readonly CompiledOffer[] = []
/** Fewer offers are tested faster than they are looked up. */
const FEW = 24

/**
 * The live offers by merchant, sub-merchant, and for those of every merchant by what a payment is, so that its cost does not grow with the
 * offers that it cannot match. Finds at least every offer that the payment meets; each is still tested.
 */
export class LiveIndex implements LiveOffers {
  private readonly everywhere: Finder
  private readonly byMerchant: ReadonlyMap<string, Finder>
  private readonly bySubMerchant: ReadonlyMap<string, Finder>

  constructor(live: readonly CompiledOffer[]) {
    this.everywhere = new Finder(
      live.filter(({ test }) => test.merchants === undefined && test.subMerchants === undefined),
    )
    this.byMerchant = finders(live, ({ test }) => test.merchants)
    this.bySubMerchant = finders(live, ({ test }) => test.subMerchants)
  }

  find(facts: PaymentFacts, found: CompiledOffer[]): void {
    this.byMerchant.get(facts.merchant)?.find(facts, found)
    const bound = found.length
    if (facts.subMerchant !== undefined) this.bySubMerchant.get(facts.subMerchant)?.find(facts, found)
    // An offer that names both would stand there twice.
    if (bound > 0 && found.length > bound) keepOnce(found)
    this.everywhere.find(facts, found)
  }

  bound({ merchant, subMerchant }: PaymentFacts): readonly CompiledOffer[] {
    const own = this.byMerchant.get(merchant)?.offers ?? NONE
    const shop = subMerchant === undefined ? NONE : (this.bySubMerchant.get(subMerchant)?.offers ?? NONE)
    return shop.length === 0 ? own : [...new Set([...own, ...shop])]
  }
}

function keepOnce(offers: CompiledOffer[]): void {
  const distinct = new Set(offers)
  offers.length = 0
  for (const offer of distinct) offers.push(offer)
}

function finders(
  live: readonly CompiledOffer[],
  keysOf: (offer: CompiledOffer) => ReadonlySet<string> | undefined,
): Map<string, Finder> {
  const lists = new Map<string, CompiledOffer[]>()
  for (const offer of live) {
    for (const key of keysOf(offer) ?? []) {
      const list = lists.get(key)
      if (list === undefined) lists.set(key, [offer])
      else list.push(offer)
    }
  }
  return new Map([...lists].map(([key, list]) => [key, new Finder(list)]))
}

/** One list of offers: walked when it is short, by bits when it is long. */
class Finder {
  private bits: OfferBits | undefined

  constructor(readonly offers: readonly CompiledOffer[]) {}

  find(facts: PaymentFacts, found: CompiledOffer[]): void {
    if (this.offers.length > FEW) (this.bits ??= new OfferBits(this.offers)).find(facts, found)
    else for (const offer of this.offers) if (isInDates(offer, facts.atMs)) found.push(offer)
  }
}

/** A quick look before the exact test: no zone is more than a day away from UTC, and an activity day may begin a day before. */
function isInDates({ test }: CompiledOffer, atMs: number): boolean {
  const day = Math.floor(atMs / DAY_MS)
  return day >= test.fromDay - 2 && day <= test.toDay + 2
}
