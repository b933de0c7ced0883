import { REASON_WORDS, type Reason } from '@lijian/contracts/marketing'
import { same, words, type Words } from './markup'

export const reasonWords = (reason: Reason): Words => REASON_WORDS[reason]

/** Reasons of payments that an offer was meant for, as its conditions say, and that did not get it. */
export const isNearMiss = (reason: Reason): boolean =>
  (
    [
      ...['blocked_after_refund', 'amount_below_minimum', 'amount_above_maximum', 'exclusive', 'no_benefit'],
      ...['not_best', 'limit_key_missing', 'limit_exhausted', 'budget_exhausted', 'funds_exhausted'],
    ] as Reason[]
  ).includes(reason)

const EVENTS: Record<string, Words> = {
  without_offer: words('原交易没有优惠', 'the payment had no offer'),
  unknown_original: words('找不到原交易', 'the payment is not in the file'),
  already_reversed: words('已撤销或冲正', 'already voided or reversed'),
  not_reversible: words('不可撤销', 'not reversible'),
  not_refundable: words('规则不允许退货', 'the rules allow no refund'),
  whole_only: words('只能整单退', 'whole refunds only'),
  exceeds_remaining: words('超过可退金额', 'more than is left'),
}
export const eventWords = (reason: string): Words => EVENTS[reason] ?? same(reason)
