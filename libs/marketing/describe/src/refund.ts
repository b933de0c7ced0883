import { clause } from './benefit'
import { joined, Part, type Sentence } from './part'
import { both, wordOf, type Both } from './words'

const POLICIES: Readonly<Record<string, Both>> = {
  proportional: both('优惠按退货比例退回', 'the discount goes back in proportion'),
  discountFirst: both('先退优惠部分，再退实付', 'the discount goes back first, then what was paid'),
  fullOnly: both('仅支持整单退货', 'only the whole payment can be refunded'),
  keep: both('只退实付，优惠不退回', 'what was paid goes back; the discount does not'),
  recompute: both('按退货后剩余金额重新计算优惠', 'the discount is computed again on what is left'),
  none: both('不支持退货', 'there are no refunds'),
}
const BLOCKS: Readonly<Record<string, Both>> = {
  day: both('退货后当天不可再享', 'after a refund the person is out for that day'),
  campaign: both('退货后本活动内不可再享', 'after a refund the person is out for the rest of the campaign'),
}

/** What a refund gives back, also where the document leaves it to the defaults. */
export function refundSentences(rule: Part): Sentence[] {
  const refund = rule.part('refund') ?? new Part({}, rule.at('refund'), rule.currency)
  const policy = wordOf(POLICIES, refund.text('policy') ?? 'proportional')
  const block = clause(refund.text('block'), (what) => wordOf(BLOCKS, what))
  const restore = refund.part('restore') ?? new Part({}, refund.at('restore'), refund.currency)
  const { zh, en } = joined([policy, restored(restore), block], '；', '; ')
  return [refund.says('', both(`退货：${zh}。`, `Refunds: ${en}.`)), ...restore.rest(), ...refund.rest()]
}

function restored(restore: Part): Both {
  const amount = restore.flag('amount') ?? true
  const whole = restore.choice('count', ['fullRefundOnly'])
  const count = whole ?? restore.flag('count') ?? false
  const ofVoid = restore.flag('void') ?? true
  return joined(
    [
      amount ? both('占用的额度金额恢复', 'the amount used of limits comes back') : both('占用的额度金额不恢复', 'the amount used of limits stays used'), // prettier-ignore
      count === 'fullRefundOnly'
        ? both('整单退货时恢复次数', 'the use comes back with a refund of the whole')
        : count
          ? both('次数恢复', 'the use comes back')
          : both('次数不恢复', 'the use stays used'),
      ofVoid ? both('撤销时次数恢复', 'a void gives the use back') : both('撤销时次数不恢复', 'a void does not give the use back'), // prettier-ignore
    ],
    '，',
    ', ',
  )
}
