import type { Refusal } from '@lijian/contracts/marketing'
import type { Counters } from '@lijian/limits'
import type { Candidate, Charge } from '@lijian/rules'
import { refusalOf } from './refusal'

/**
 * The discount cut to the least that the limits with `onShort: "clip"` leave, and what each counter then takes (DESIGN §3, "limits"): counts
 * are tested first; a full clip limit refuses like any other; with measure gross, the part of the payment inside the limit is free of fees.
 */
export function cutByClips(
  counters: Counters,
  candidate: Candidate,
): { discountFen: number; charges: readonly Charge[] } | Refusal {
  const { offer, charges } = candidate
  const ownLimits = charges.filter(({ kind }) => kind === 'limit')
  const counts = ownLimits.map((charge) => ({ ...charge, fen: 0 }))
  const full = counters.test(counts)
  if (full !== null) return refusalOf(offer, charges, full)
  counters.require(counts)
  let discountFen = candidate.discountFen
  const parts = new Map<string, number>()
  for (const charge of ownLimits) {
    if (!charge.clip) continue
    const left = counters.leaves(charge)
    if (left <= 0) {
      const least = { ...charge, fen: 1 }
      return refusalOf(offer, charges, { ask: least, measure: 'fen', state: counters.state(least) })
    }
    parts.set(charge.key, left)
    if (left < charge.fen)
      discountFen = Math.min(discountFen, charge.measure === 'gross' ? candidate.savedOn(left) : left)
  }
  if (discountFen <= 0) return { offer: offer.code, reason: 'no_benefit' }
  return { discountFen, charges: chargesOf(candidate, discountFen, parts) }
}

function chargesOf(candidate: Candidate, discountFen: number, parts: ReadonlyMap<string, number>): readonly Charge[] {
  if (
    discountFen === candidate.discountFen &&
    candidate.charges.every(({ key, fen }) => (parts.get(key) ?? fen) === fen)
  )
    return candidate.charges
  const limits = candidate.charges
    .filter(({ kind }) => kind !== 'funds')
    .map((charge) => {
      if (charge.kind === 'draw') return charge
      return { ...charge, fen: charge.measure === 'gross' ? (parts.get(charge.key) ?? charge.fen) : discountFen }
    })
  return [...limits, ...candidate.fundsOf(discountFen)]
}
