import type { Reason } from '@lijian/contracts/marketing'
import { Evaluation, grantOffers, type Gate } from '@lijian/decisions'
import { asSeen, CounterView } from '@lijian/limits'
import { screenAll } from '@lijian/rules'
import type { Evaluated } from './evaluated'

/** Of one answer; a merchant with more offers has the first of them. */
const OFFERS_MAX = 64

/**
 * Why each offer was not given: of the live offers that name the merchant, and of those whose conditions held. The same evaluation as an
 * explanation makes (libs/marketing/explain), on the counters that the answer found. After the answer: an answer itself tests no condition of an
 * offer that the index does not find.
 */
export function refusedOffers(evaluated: Evaluated): Record<string, Reason> | undefined {
  const { bound, facts, fees, found } = evaluated
  const offers = [...new Set([...bound, ...evaluated.screening.passed])].slice(0, OFFERS_MAX)
  if (offers.length === 0) return undefined
  const screening = screenAll(offers, facts)
  const gate: Gate = {
    isSuspended: (ref) => found.suspended?.includes(ref) === true,
    mustNotBeSuspended: () => undefined,
  }
  const again = new Evaluation({ facts, screening, fees, explain: true })
  const { refusals } = grantOffers(new CounterView(asSeen(found.counters)), again, 'held', gate)
  const passed = new Set(screening.passed)
  // Those that failed a condition come first, in the order of the offers. Two offers of one code are told apart by their order.
  const left = [...offers.filter((offer) => !passed.has(offer)), ...screening.passed]
  const refused: Record<string, Reason> = {}
  for (const { offer: code, reason } of refusals) {
    const at = left.findIndex((offer) => offer.code === code)
    if (at < 0) continue
    const [offer] = left.splice(at, 1)
    refused[`${offer!.campaign.code}/${offer!.code}`] = reason
  }
  return refused
}
