import { CARD_REGIONS, CARD_TYPES, DAY_TYPES, PAYMENT_METHODS, SCHEMES, WEEKDAYS } from '@lijian/describe'
import { words } from '../../texts'
import { KINDS, turnBenefit, turnKind } from './benefits'
import { partOf, valueAt, type Json } from './document'
import type { Field, Section } from './field'
import { budgetFields, fundersField, limitsField, optionsOf, yesNo } from './fields-shared'

const typeOf = (offer: Json) => String(valueAt(offer, 'rule.benefit.type'))
const isType =
  (...types: string[]) =>
  (offer: Json) =>
    types.includes(typeOf(offer))
const BENEFITS = [
  { value: 'reduce', label: words('满减', 'money off') },
  { value: 'percent', label: words('打折', 'a percentage to pay') },
  { value: 'fixedPrice', label: words('一口价', 'a fixed price') },
  { value: 'waive', label: words('免手续费', 'no fee') },
  { value: 'rate', label: words('优惠费率', 'another rate') },
  { value: 'percentOff', label: words('手续费打折', 'a part of the fee off') },
  { value: 'fixed', label: words('固定手续费', 'a fixed fee') },
]
const turned = (offer: Json, type: unknown): Json => {
  const rule = partOf(offer['rule'])
  const isFee = KINDS.fee.includes(String(type))
  return {
    ...offer,
    kind: isFee ? 'fee' : 'amount',
    rule: { ...rule, benefit: turnBenefit(partOf(rule['benefit']), type) },
  }
}
const atLeast: Field = { key: 'atLeast', label: words('满', 'From'), widget: 'yuan', span: 8 }

const what: readonly Field[] = [
  { key: 'name', label: words('子活动名称', 'Name of the offer'), widget: 'text', span: 14 },
  { key: 'code', label: words('子活动编码', 'Code of the offer'), widget: 'code', span: 10 },
  {
    key: 'rule.benefit.type',
    label: words('优惠方式', 'What it gives'),
    widget: 'choice',
    options: BENEFITS,
    turns: turned,
    span: 14,
  },
  {
    key: 'kind',
    label: words('优惠对象', 'Off what'),
    widget: 'choice',
    options: [
      { value: 'amount', label: words('支付金额', 'the payment') },
      { value: 'fee', label: words('商户手续费', "the merchant's fee") },
    ],
    turns: turnKind,
    span: 10,
  },
  {
    key: 'rule.benefit.tiers',
    label: words('档位', 'Tiers'),
    widget: 'rows',
    when: isType('reduce'),
    fresh: () => ({ atLeast: 20_000, off: 3_000 }),
    fields: [
      atLeast,
      { key: 'off', label: words('减', 'Off'), widget: 'drawn', unit: 'yuan', span: 10 },
      { key: 'every', label: words('每满都减', 'For each full amount'), widget: 'choice', options: yesNo(words('是', 'yes'), words('否', 'no')), span: 6 }, // prettier-ignore
      { key: 'payPpm', label: words('付', 'To pay'), widget: 'drawn', unit: 'percent', span: 16, when: () => false },
    ],
  },
  {
    key: 'rule.benefit.tiers',
    label: words('档位', 'Tiers'),
    widget: 'rows',
    when: isType('percent'),
    fresh: () => ({ atLeast: 20_000, payPpm: 850_000 }),
    fields: [
      atLeast,
      { key: 'payPpm', label: words('付（85 即 8.5 折）', 'To pay (85: 15% off)'), widget: 'drawn', unit: 'percent', span: 10 }, // prettier-ignore
      { key: 'off', label: words('减', 'Off'), widget: 'drawn', unit: 'yuan', span: 10, when: () => false },
      { key: 'every', label: words('每满都减', 'For each full amount'), widget: 'choice', options: yesNo(words('是', 'yes'), words('否', 'no')), span: 6, when: () => false }, // prettier-ignore
    ],
  },
  { key: 'rule.benefit.price', label: words('一口价', 'Price'), widget: 'yuan', span: 8, when: isType('fixedPrice') },
  { key: 'rule.benefit.upTo', label: words('原价不超过', 'Of a payment of at most'), widget: 'yuan', span: 8, when: isType('fixedPrice') }, // prettier-ignore
  { key: 'rule.benefit.ppm', label: words('费率或减收比例', 'Rate, or part taken off'), widget: 'percent', span: 8, when: isType('rate', 'percentOff') }, // prettier-ignore
  { key: 'rule.benefit.min', label: words('最低手续费', 'At least'), widget: 'yuan', span: 8, when: isType('rate') },
  { key: 'rule.benefit.max', label: words('最高手续费', 'At most'), widget: 'yuan', span: 8, when: isType('rate') },
  { key: 'rule.benefit.amount', label: words('手续费', 'Fee'), widget: 'yuan', span: 8, when: isType('fixed') },
  { key: 'rule.benefit.cap', label: words('最多优惠', 'At most off'), widget: 'yuan', span: 8, when: isType('percent', 'fixedPrice') }, // prettier-ignore
  { key: 'rule.benefit.minPayable', label: words('优惠后至少付', 'Left to pay at least'), widget: 'yuan', span: 8, when: isType('percent', 'fixedPrice') }, // prettier-ignore
]

const chips = (key: string, zh: string, en: string, more: Partial<Field> = {}): Field => ({
  key,
  label: words(zh, en),
  widget: 'chips',
  span: 12,
  ...more,
})

const who: readonly Field[] = [
  {
    key: 'rule.conditions.amount.min',
    label: words('交易金额不少于', 'Payment of at least'),
    widget: 'yuan',
    span: 12,
  },
  { key: 'rule.conditions.amount.max', label: words('交易金额不超过', 'Payment of at most'), widget: 'yuan', span: 12 },
  chips('rule.conditions.paymentMethods', '支付方式', 'Payment methods', { options: optionsOf(PAYMENT_METHODS) }),
  { key: 'rule.conditions.cardTypes', label: words('卡类型', 'Card types'), widget: 'choices', options: optionsOf(CARD_TYPES), span: 12 }, // prettier-ignore
  { key: 'rule.conditions.cardRegions', label: words('发卡地', 'Issued'), widget: 'choices', options: optionsOf(CARD_REGIONS), span: 12 }, // prettier-ignore
  chips('rule.conditions.schemes', '卡组织', 'Card schemes', { options: optionsOf(SCHEMES) }),
  chips('rule.conditions.issuers', '发卡行', 'Issuers'),
  chips('rule.conditions.binGroups', '卡 BIN 组', 'BIN groups', { source: 'card-groups' }),
  chips('rule.conditions.cardWhitelists', '卡白名单', 'Only cards of', { source: 'card-groups' }),
  chips('rule.conditions.cardBlacklists', '卡黑名单', 'Not cards of', { source: 'card-groups' }),
  chips('rule.conditions.customerGroups', '客群', 'Customer groups', { source: 'customer-groups' }),
  chips('rule.conditions.facts', '须声明的事实', 'Facts that must be stated'),
  chips('rule.conditions.cardProducts', '卡产品', 'Card products'),
  chips('rule.conditions.excludedCardProducts', '不含卡产品', 'Not card products'),
  { key: 'rule.conditions.pinFree', label: words('小额双免', 'Without PIN and signature'), widget: 'choice', options: yesNo(words('仅双免', 'only these'), words('不含双免', 'not these')), span: 12 }, // prettier-ignore
  chips('rule.conditions.mccs', '商户类别 MCC', 'Merchant categories'),
  chips('rule.conditions.regions', '商户地区', "Merchant's regions"),
  chips('rule.conditions.countries', '商户国家', "Merchant's countries"),
  chips('rule.conditions.excludedCountries', '不含国家', 'Not countries'),
  chips('rule.conditions.terminals', '终端', 'Terminals'),
]

const weekdays = optionsOf(WEEKDAYS, Number)
const when: readonly Field[] = [
  { key: 'rule.window.from', label: words('开始日期', 'First day'), widget: 'date', span: 12, hint: words('不填则同活动', "Left out: the campaign's") }, // prettier-ignore
  { key: 'rule.window.to', label: words('结束日期', 'Last day'), widget: 'date', span: 12 },
  {
    key: 'rule.window.daily',
    label: words('每天时段', 'Hours of a day'),
    widget: 'rows',
    fresh: () => ['10:00', '22:00'],
    fields: [
      { key: '[0]', label: words('从', 'From'), widget: 'clock', span: 8 },
      { key: '[1]', label: words('到（不含）', 'Until (exclusive)'), widget: 'clock', span: 8 },
    ],
  },
  { key: 'rule.window.weekdays', label: words('只在星期', 'Only on'), widget: 'choices', options: weekdays, span: 12 },
  { key: 'rule.window.excludedWeekdays', label: words('不含星期', 'Not on'), widget: 'choices', options: weekdays, span: 12 }, // prettier-ignore
  { key: 'rule.window.dayTypes', label: words('日类型', 'Kinds of day'), widget: 'choices', options: optionsOf(DAY_TYPES), span: 12 }, // prettier-ignore
  chips('rule.window.dates', '只在日期', 'Only on the dates'),
  chips('rule.window.excludedDates', '不含日期', 'Not on the dates'),
]

const refund: readonly Field[] = [
  {
    key: 'rule.refund.policy',
    label: words('退货时优惠', 'The discount'),
    widget: 'choice',
    span: 12,
    options: [
      { value: 'proportional', label: words('按比例退回（默认）', 'goes back in proportion (default)') },
      { value: 'discountFirst', label: words('先退优惠', 'goes back first') },
      { value: 'fullOnly', label: words('仅整单退货', 'whole refunds only') },
      { value: 'keep', label: words('优惠不退回', 'does not go back') },
      { value: 'recompute', label: words('按剩余重算', 'is computed again') },
      { value: 'none', label: words('不支持退货', 'no refunds') },
    ],
  },
  {
    key: 'rule.refund.block',
    label: words('退货后不可再享', 'After a refund, out for'),
    widget: 'choice',
    span: 12,
    options: [
      { value: 'day', label: words('当天', 'the day') },
      { value: 'campaign', label: words('整个活动', 'the campaign') },
    ],
  },
  { key: 'rule.refund.restore.amount', label: words('限额金额', 'Amount of limits'), widget: 'choice', options: yesNo(words('恢复', 'comes back'), words('不恢复', 'stays used')), span: 8 }, // prettier-ignore
  {
    key: 'rule.refund.restore.count',
    label: words('次数', 'The use'),
    widget: 'choice',
    span: 8,
    options: [
      ...yesNo(words('恢复', 'comes back'), words('不恢复', 'stays used')),
      { value: 'fullRefundOnly', label: words('整单退货才恢复', 'with a whole refund') },
    ],
  },
  { key: 'rule.refund.restore.void', label: words('撤销时次数', 'The use, at a void'), widget: 'choice', options: yesNo(words('恢复', 'comes back'), words('不恢复', 'stays used')), span: 8 }, // prettier-ignore
]

const stacking: readonly Field[] = [
  {
    key: 'priority',
    label: words('优先级', 'Priority'),
    widget: 'count',
    span: 6,
    hint: words('大者先', 'Higher first'),
  },
  { key: 'group', label: words('互斥组', 'Group'), widget: 'code', span: 10, hint: words('同组只享一项', 'One of a group is given') }, // prettier-ignore
  {
    key: 'base',
    label: words('计算基数', 'Looks at'),
    widget: 'choice',
    span: 8,
    options: [
      { value: 'net', label: words('扣减前面优惠后', 'what earlier groups left') },
      { value: 'gross', label: words('原金额', 'the whole amount') },
    ],
  },
  { key: 'exclusive', label: words('与其他组', 'Beside other groups'), widget: 'choice', options: yesNo(words('不同享', 'never'), words('可同享', 'may stand')), span: 10 }, // prettier-ignore
]

const delivery: readonly Field[] = [
  {
    key: 'delivery',
    label: words('给付方式', 'Given'),
    widget: 'choice',
    span: 8,
    options: [
      { value: 'instant', label: words('支付时立减', 'at once') },
      { value: 'rebate', label: words('返现', 'as a rebate') },
    ],
  },
  { key: 'rebateAfterDays', label: words('返现天数', 'Days until the rebate'), widget: 'count', span: 8, when: (offer) => offer['delivery'] === 'rebate' }, // prettier-ignore
  {
    key: 'rebateFrom',
    label: words('自何时起算', 'Counted from'),
    widget: 'choice',
    span: 8,
    when: (offer) => offer['delivery'] === 'rebate',
    options: [
      { value: 'payment', label: words('交易日', 'the payment') },
      { value: 'end', label: words('子活动结束日', "the offer's last day") },
    ],
  },
  fundersField(words('本子活动另有出资方', 'Funders of this offer'), words('不填则同活动', "Left out: the campaign's")),
]

export const OFFER: readonly Section[] = [
  { key: 'what', title: words('优惠内容', 'What it gives'), fields: what },
  {
    key: 'where',
    title: words('在哪些商户', 'At which merchants'),
    fields: [
      chips('merchants', '商户', 'Merchants', { source: 'merchants', hint: words('都不填则所有商户', 'None at all: every merchant') }), // prettier-ignore
      chips('merchantGroups', '商户组', 'Merchant groups', { source: 'merchant-groups' }),
      chips('subMerchants', '子商户', 'Sub-merchants'),
    ],
  },
  {
    key: 'bounds',
    title: words('限额与预算', 'Limits and budget'),
    fields: [
      limitsField(words('限额', 'Limits'), false),
      ...budgetFields(words('本子活动预算', 'Budget of this offer'), words('本子活动次数', 'Uses of this offer')),
    ],
  },
  { key: 'who', title: words('哪些交易可享', 'For which payments'), isShut: true, fields: who },
  { key: 'when', title: words('哪些时间可享', 'When'), isShut: true, fields: when },
  { key: 'refund', title: words('退货条款', 'Refunds'), isShut: true, fields: refund },
  { key: 'stacking', title: words('叠加与互斥', 'Stacking'), isShut: true, fields: stacking },
  { key: 'delivery', title: words('返现与另外的出资方', 'Rebate, and other funders'), isShut: true, fields: delivery },
]
