import { benefitSentences, clause } from './benefit'
import { conditionSentences } from './conditions'
import { fundersWords } from './funders'
import { budgetSentences, limitSentences } from './limits'
import { joined, type Part, type Sentence } from './part'
import { refundSentences } from './refund'
import { both, plainCount, wordOf, type Both } from './words'
import { windowSentences } from './window'

const KINDS: Readonly<Record<string, Both>> = {
  amount: both('支付优惠', 'money off'),
  fee: both('手续费优惠', "the merchant's fee"),
}
const THIS = both('本子活动', 'This offer')
const WHOLE = both('本子活动合计', 'this offer as a whole')

export function offerSentences(offer: Part, isAlone: boolean): Sentence[] {
  const [code, name] = [offer.text('code') ?? '…', offer.text('name') ?? '…']
  const kind = wordOf(KINDS, offer.text('kind') ?? '…')
  const rule = offer.part('rule')
  const head = offer.says('', both(`子活动 ${code}“${name}”（${kind.zh}）：`, `Offer ${code} "${name}" (${kind.en}):`))
  const ofRule =
    rule === undefined
      ? []
      : [
          ...benefitSentences(rule),
          ...where(offer),
          ...conditionSentences(rule),
          ...windowSentences(rule),
          ...limitSentences(rule, WHOLE),
        ]
  return [
    head,
    ...ofRule,
    ...(rule === undefined ? where(offer) : []),
    ...budgetSentences(offer, THIS),
    ...stacking(offer, isAlone),
    ...delivery(offer),
    ...own(offer),
    ...(rule === undefined ? [] : [...refundSentences(rule), ...rule.rest()]),
    ...offer.rest(),
  ]
}

function where(offer: Part): Sentence[] {
  const places = [
    clause(offer.words('merchants'), (codes) => both(`商户 ${codes.zh}`, `the merchants ${codes.en}`)),
    clause(offer.words('subMerchants'), (codes) => both(`子商户 ${codes.zh}`, `the sub-merchants ${codes.en}`)),
    clause(offer.words('merchantGroups'), (codes) => both(`商户组 ${codes.zh}`, `the merchant groups ${codes.en}`)),
  ]
  const { zh, en } = joined(places, '，或', ', or ')
  if (zh === '') return [offer.says('merchants', both('所有商户均可参加。', 'At every merchant.'))]
  return [offer.says('merchants', both(`限于：${zh}。`, `At ${en}.`))]
}

/** With whom it competes, and what stands beside it. */
function stacking(offer: Part, isAlone: boolean): Sentence[] {
  const group = clause(offer.text('group'), (code) =>
    both(`与“${code}”组内的优惠只享一项`, `of the offers of the group "${code}" one is given`),
  )
  const priority = offer.number('priority')
  const rank = priority ?? (isAlone ? undefined : 0)
  const first = clause(
    rank,
    (value) =>
    both(`优先级 ${plainCount(value)}，高者先给，相同则优惠大者先给`, `its priority is ${plainCount(value)}: the higher first, then the larger discount`), // prettier-ignore
  )
  const base = clause(offer.choice('base', ['net', 'gross']), (what) =>
    what === 'gross'
      ? both('按未扣减前面优惠的金额计算', 'it looks at the amount before what earlier groups gave')
      : both('按扣减前面优惠后的金额计算', 'it looks at what earlier groups have left'),
  )
  const exclusive = clause(
    offer.flag('exclusive'),
    (alone) =>
    alone ? both('不与其他组的优惠同享', 'nothing of another group beside it') : both('可与其他组的优惠同享', 'others may stand beside it'), // prettier-ignore
  )
  const { zh, en } = joined([group, first, base, exclusive], '；', '; ')
  return zh === '' ? [] : [offer.says('group', both(`叠加：${zh}。`, `Stacking: ${en}.`))]
}

function delivery(offer: Part): Sentence[] {
  const how = offer.choice('delivery', ['instant', 'rebate'])
  const days = clause(offer.number('rebateAfterDays'), (count) => both(`${plainCount(count)} 天后`, `${plainCount(count)} days after`)) // prettier-ignore
  const from = clause(offer.choice('rebateFrom', ['payment', 'end']), (what) =>
    what === 'end' ? both('自本子活动结束日起算', "the offer's last day") : both('自交易日起算', 'the payment'),
  )
  const notes = joined([days, from], '，', ' ')
  if (how === 'rebate')
    return [
      offer.says(
        'delivery',
        both(`消费者先付全额，优惠以返现给付：${notes.zh || '次日文件'}。`, `One pays in full; the discount is paid back ${notes.en || 'later'}.`), // prettier-ignore
      ),
    ]
  const instant = how === undefined ? [] : [offer.says('delivery', both('支付时立减。', 'Taken off at once.'))]
  const odd =
    notes.zh === '' ? [] : [offer.says('rebateAfterDays', both(`返现：${notes.zh}。`, `Rebate: ${notes.en}.`))]
  return [...instant, ...odd]
}

function own(offer: Part): Sentence[] {
  const funders = fundersWords(offer)
  if (funders === undefined) return []
  const said = both(`本子活动由以下各方出资：${funders.said.zh}。`, `This offer is paid by ${funders.said.en}.`)
  return [offer.says('funders', said), ...funders.rest]
}
