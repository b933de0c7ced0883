import type { GrantedOffer, Merchant } from '@lijian/contracts/marketing'
import type { Granting } from '@lijian/decisions'
import type { TakenCharge } from '@lijian/refunds'
import { grantCharges, grantOf, type Charge, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import type { Decided, StoredGrant } from './store'

/** A granted payment with what follows from its line, its discounts and the documents: made again when a later line asks. */
export interface Recalled {
  facts: PaymentFacts
  merchant: Merchant | undefined
  /** How the payment itself ended. */
  failed: boolean
  decided: Decided
  offers: readonly CompiledOffer[]
  grants: GrantedOffer[]
  charges: TakenCharge[]
}

/** What has to be kept of a grant so that `recall` makes the same of it. */
export const storedGrants = ({ granted, drawPlaces }: Granting): StoredGrant[] =>
  granted.map(({ offer, grant, charges }) => {
    const ref = refOf(offer)
    const stored: StoredGrant = { ref, discountFen: grant.discount }
    if (offer.limits.some(({ clip }) => clip)) stored.fens = charges.map(({ fen }) => fen)
    const place = drawPlaces?.[ref]
    if (place !== undefined) stored.place = place
    return stored
  })

export const refOf = ({ campaign, code }: CompiledOffer): string => `${campaign.code}/${code}`

export function recall(
  of: Pick<Recalled, 'facts' | 'merchant' | 'failed' | 'decided'>,
  offerOf: (ref: string) => CompiledOffer,
): Recalled {
  const stored = of.decided.grants
  const offers = stored.map(({ ref }) => offerOf(ref))
  const placed = stored.flatMap(({ ref, place }) => (place === undefined ? [] : [[ref, place] as const]))
  const facts = placed.length === 0 ? of.facts : { ...of.facts, drawPlaces: Object.fromEntries(placed) }
  const grants = stored.map(({ discountFen }, i) => grantOf(offers[i]!, discountFen))
  const charges = stored.flatMap(({ fens }, i) =>
    grantCharges(offers[i]!, facts, grants[i]!).map((charge, place) =>
      taken(charge, fens?.[place] ?? charge.fen, offers[i]!.code),
    ),
  )
  return { ...of, facts, offers, grants, charges }
}

const taken = ({ key, count, measure }: Charge, fen: number, offer: string): TakenCharge =>
  measure === 'gross' ? { key, fen, count, offer, measure } : { key, fen, count, offer }
