import type { GrantedOffer, Merchant } from '@lijian/contracts/marketing'
import type { GrantedOfferCharges } from '@lijian/decisions'
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
export const storedGrant = ({ offer, grant, charges }: GrantedOfferCharges): StoredGrant =>
  offer.limits.some(({ clip }) => clip)
    ? { ref: refOf(offer), discountFen: grant.discount, fens: charges.map(({ fen }) => fen) }
    : { ref: refOf(offer), discountFen: grant.discount }

export const refOf = ({ campaign, code }: CompiledOffer): string => `${campaign.code}/${code}`

export function recall(
  of: Pick<Recalled, 'facts' | 'merchant' | 'failed' | 'decided'>,
  offerOf: (ref: string) => CompiledOffer,
): Recalled {
  const stored = of.decided.grants
  const offers = stored.map(({ ref }) => offerOf(ref))
  const grants = stored.map(({ discountFen }, i) => grantOf(offers[i]!, discountFen))
  const charges = stored.flatMap(({ fens }, i) =>
    grantCharges(offers[i]!, of.facts, grants[i]!).map((charge, place) =>
      taken(charge, fens?.[place] ?? charge.fen, offers[i]!.code),
    ),
  )
  return { ...of, offers, grants, charges }
}

const taken = ({ key, count, measure }: Charge, fen: number, offer: string): TakenCharge =>
  measure === 'gross' ? { key, fen, count, offer, measure } : { key, fen, count, offer }
