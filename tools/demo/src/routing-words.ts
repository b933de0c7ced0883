import type { RouteReason, RouteRefusal } from '@lijian/contracts/routing'
import { yuanTextGrouped as yuan } from '@lijian/money'

const WORDS: Readonly<Record<RouteReason, string>> = {
  no_route: 'no route is configured for this merchant, method and type',
  suspended: 'suspended',
  outside_hours: 'closed at this hour',
  amount_below_minimum: 'takes no payment as small as this',
  amount_above_maximum: 'takes no payment as large as this',
  success_rate: 'too many errors lately',
  credit_debit_difference: 'needs more credit payments first',
  credit_ratio: 'has too many credit payments already',
  excluded: 'has failed for this payment',
  merchant_not_allowed: 'belongs to another merchant',
  region: 'is for another region',
  industry: 'is for another trade',
  card_not_supported: 'does not take this card',
  card_limit_exhausted: 'this card has paid often enough today',
  limit_exhausted: 'has no room for it today',
  deadline: 'no answer in time',
  unavailable: 'no answer: the counters cannot be reached',
}

/** Why a MID or pool was passed over, as a person says it. `short`: how codes are shown. */
export function inWords(refusal: RouteRefusal, short: (code: string) => string): string {
  const { pool, mid, reason, of, limit, taken, measure } = refusal
  const what = mid ?? pool
  const shown = (n: number) => (measure === 'count' ? String(n) : yuan(n))
  const limits = limit === undefined || taken === undefined ? '' : `: ${shown(taken)} of ${shown(limit)} taken`
  // A MID may be passed over for what its channel or pool says.
  const whose = of === undefined || of === (mid === undefined ? 'pool' : 'mid') ? '' : ` (its ${of})`
  return `${what === undefined ? '' : `${short(what)} `}${WORDS[reason]}${whose}${limits}`
}
