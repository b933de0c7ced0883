import { DIMENSIONS, PERIODS } from '@lijian/describe'
import { words, type Words } from '../../texts'
import type { Field, Option } from './field'

export const optionsOf = (of: Readonly<Record<string, Words>>, read: (key: string) => unknown = String): Option[] =>
  Object.entries(of).map(([key, label]) => ({ value: read(key), label }))

export const yesNo = (yes: Words, no: Words): Option[] => [
  { value: true, label: yes },
  { value: false, label: no },
]

const PER: Readonly<Record<string, Words>> = {
  merchant: DIMENSIONS['merchant']!,
  subMerchant: DIMENSIONS['subMerchant']!,
  card: DIMENSIONS['card']!,
  customer: DIMENSIONS['customer']!,
  terminal: DIMENSIONS['terminal']!,
  user: words('每位用户（多种身份）', 'each user (any identity)'),
}

export const fundersField = (label: Words, hint: Words): Field => ({
  key: 'funders',
  label,
  hint,
  widget: 'rows',
  fresh: () => ({ sharePpm: 0 }),
  fields: [
    {
      key: 'partner',
      label: words('出资方', 'Who pays'),
      widget: 'code',
      source: 'partners',
      options: [{ value: '@merchant', label: words('消费所在商户', 'the merchant of the payment') }],
      span: 12,
    },
    { key: 'sharePpm', label: words('比例', 'Share'), widget: 'percent', span: 6 },
  ],
})

export const budgetFields = (amount: Words, count: Words): readonly Field[] => [
  { key: 'budget.amount', label: amount, widget: 'yuan', span: 8, hint: words('用完即止，可不填', 'Then it ends; may be left out') }, // prettier-ignore
  { key: 'budget.count', label: count, widget: 'count', span: 8 },
]

const limitRow: readonly Field[] = [
  { key: 'per', label: words('对谁', 'For'), widget: 'choices', options: optionsOf(PER), span: 8 },
  { key: 'period', label: words('周期', 'Period'), widget: 'choice', options: optionsOf(PERIODS), span: 6 },
  { key: 'count', label: words('最多次数', 'Uses'), widget: 'count', span: 4 },
  { key: 'amount', label: words('最多金额', 'Amount'), widget: 'yuan', span: 6 },
  {
    key: 'measure',
    label: words('金额指', 'Amount of'),
    widget: 'choice',
    options: [
      { value: 'discount', label: words('优惠', 'discount') },
      { value: 'gross', label: words('交易金额', 'the payment') },
    ],
    span: 6,
    when: (limit) => limit['amount'] !== undefined,
  },
  {
    key: 'onShort',
    label: words('不足时', 'Too little left'),
    widget: 'choice',
    options: [
      { value: 'refuse', label: words('不给', 'give nothing') },
      { value: 'clip', label: words('只给剩余', 'give what is left') },
    ],
    span: 6,
    when: (limit) => limit['amount'] !== undefined,
  },
  { key: 'id', label: words('编号（可不填）', 'Id (may be left out)'), widget: 'text', span: 8 },
]
const once = (per: string, period: string) => ({ per: [per], period, count: 1 })
const PRESETS: Field['presets'] = [
  { label: words('每卡每天 1 次', 'Once a card and day'), row: once('card', 'day') },
  { label: words('每卡每月 1 次', 'Once a card and month'), row: once('card', 'month') },
  { label: words('每用户每天 1 次', 'Once a user and day'), row: once('user', 'day') },
]

export const limitsField = (label: Words, ofCampaign: boolean): Field => ({
  key: ofCampaign ? 'limits' : 'rule.limits',
  label,
  widget: 'rows',
  fresh: () => ({ per: [], period: 'day' }),
  presets: PRESETS,
  fields: ofCampaign
    ? [...limitRow, { key: 'offers', label: words('只限子活动', 'Only these offers'), widget: 'chips', span: 12 }]
    : limitRow,
})
