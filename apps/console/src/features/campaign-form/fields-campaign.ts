import { words } from '../../texts'
import type { Section } from './field'
import { budgetFields, fundersField, limitsField } from './fields-shared'

/** What of a campaign stands beside its offers. */
export const CAMPAIGN: readonly Section[] = [
  {
    key: 'basics',
    title: words('基本信息', 'Basics'),
    fields: [
      { key: 'name', label: words('活动名称', 'Name'), widget: 'text', span: 14, hint: words('例如：建行餐饮满100减15', 'Such as: Dining, 15 off 100') }, // prettier-ignore
      { key: 'code', label: words('活动编码', 'Code'), widget: 'code', span: 10, hint: words('字母、数字和 . _ -', 'Letters, digits and . _ -') }, // prettier-ignore
      { key: 'from', label: words('开始日期', 'First day'), widget: 'date', span: 8 },
      { key: 'to', label: words('结束日期', 'Last day'), widget: 'date', span: 8, hint: words('不填则长期有效', 'Left out: no end') }, // prettier-ignore
    ],
  },
  {
    key: 'money',
    title: words('谁出钱、出多少', 'Who pays, and how much'),
    fields: [
      fundersField(words('出资方', 'Funders'), words('各方比例合计须为 100%', 'The shares are 100% together')),
      ...budgetFields(words('活动预算', 'Budget'), words('活动总次数', 'Uses in all')),
      {
        key: 'paymentMode',
        label: words('付款方式', 'Paid'),
        widget: 'choice',
        span: 8,
        options: [
          { value: 'postpay', label: words('后付款', 'afterwards') },
          { value: 'prepay', label: words('先付款（扣预付余额）', 'in advance, out of balances') },
        ],
      },
      {
        key: 'fundingCycle',
        label: words('结算周期', 'Billed'),
        widget: 'choice',
        span: 8,
        options: [
          { value: 'day', label: words('每天', 'each day') },
          { value: 'week', label: words('每周', 'each week') },
          { value: 'month', label: words('每月', 'each month') },
          { value: 'quarter', label: words('每季度', 'each quarter') },
          { value: 'end', label: words('活动结束后', 'after its end') },
        ],
      },
    ],
  },
  {
    key: 'shared',
    title: words('所有子活动共用的限额', 'Limits that all offers share'),
    isShut: true,
    fields: [limitsField(words('共用限额', 'Shared limits'), true)],
  },
  {
    key: 'place',
    title: words('时区、币种、日切', 'Time zone, currency, edge of the day'),
    isShut: true,
    usual: { timeZone: 'Asia/Shanghai', currency: 'CNY' },
    fields: [
      { key: 'timeZone', label: words('时区', 'Time zone'), widget: 'text', span: 8 },
      { key: 'currency', label: words('币种', 'Currency'), widget: 'text', span: 8, hint: words('不填则人民币 CNY', 'Left out: CNY') }, // prettier-ignore
      { key: 'dayStart', label: words('活动日开始于', 'A day begins at'), widget: 'clock', span: 8, hint: words('不填则零点', 'Left out: midnight') }, // prettier-ignore
      { key: '$schema', label: words('JSON Schema 地址（编辑器用）', 'Address of the JSON Schema, for editors'), widget: 'text', span: 24, when: () => false }, // prettier-ignore
    ],
  },
]
