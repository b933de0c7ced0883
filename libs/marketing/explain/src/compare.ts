import type { Explanation, GrantedOffer, Refusal } from '@lijian/contracts/marketing'
import type { Recomputed } from './recompute'
import type { Answered } from './types'

type Difference = Explanation['differences'][number]

/** Everything in which the answer that was given and the one computed again are not the same; empty: they are. */
export function differences(answered: Answered, recomputed: Recomputed): Difference[] {
  const granted = (recomputed.granting?.granted ?? []).map(({ grant }) => grant)
  const found: Difference[] = []
  const add = (path: string, was: unknown, is: unknown) => {
    const [before, now] = [canonical(was), canonical(is)]
    if (before !== now) found.push({ path, answered: before, recomputed: now })
  }
  add('offers', answered.offers.map(nameOf), granted.map(nameOf))
  for (const was of answered.offers) {
    const is = granted.find((offer) => nameOf(offer) === nameOf(was))
    if (is === undefined) continue
    for (const key of ['name', 'kind', 'delivery', 'discount', 'funders'] as const)
      add(`offers.${was.code}.${key}`, was[key], is[key])
  }
  if (answered.price) {
    add('discount', answered.price.discountFen, recomputed.discountFen)
    add('payable', answered.price.payableFen, recomputed.payableFen)
    add('fee', answered.price.fee, recomputed.fee)
  }
  if (answered.reasons) compareReasons(answered.reasons, recomputed, add)
  return found
}

/** Of the reasons that were told, those of the offers that were looked at again. */
function compareReasons(
  told: readonly Refusal[],
  { offers, granting }: Recomputed,
  add: (path: string, was: unknown, is: unknown) => void,
): void {
  const again = new Map((granting?.refusals ?? []).map((refusal) => [refusal.offer, refusal]))
  for (const { code } of offers) {
    // A reason names the offer without its campaign.
    if (offers.filter((offer) => offer.code === code).length > 1) continue
    const was = told.find((refusal) => refusal.offer === code)
    add(`reasons.${code}`, was ?? null, again.get(code) ?? null)
  }
}

const nameOf = ({ campaign, version, code }: GrantedOffer): string => `${campaign}@${version}/${code}`

/** JSON with keys in order: what comes out of PostgreSQL has another order than what was put in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
