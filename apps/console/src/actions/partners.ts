import { defineAction, type Field, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { amount, bankReference, byCode, code, evidence, only, reason, valueDate } from './fields'

const KINDS = [
  { value: 'bank', label: words('银行', 'Bank') },
  { value: 'platform', label: words('平台', 'Platform') },
  { value: 'card_scheme', label: words('卡组织', 'Card scheme') },
  { value: 'government', label: words('政府', 'Government') },
  { value: 'merchant', label: words('商户', 'Merchant') },
  { value: 'own_institution', label: words('本机构', 'Own institution') },
]
const MODES = [
  { value: 'prepay', label: words('预付', 'Prepaid') },
  { value: 'postpay', label: words('后付', 'Postpaid') },
]
const STATUS = [
  { value: 'active', label: words('正常', 'Active') },
  { value: 'suspended', label: words('已停用', 'Suspended') },
  { value: 'closed', label: words('已关闭', 'Closed') },
]
const NUMBER = words('不填则保留原账号；加密保存', 'Left out: the stored one stays. It is stored encrypted')
const account = <Name extends 'depositAccount' | 'payoutAccount'>(name: Name, zh: string, en: string) =>
  [
    { name: `${name}.bank`, kind: 'text', label: words(`${zh}：开户行`, `${en}: bank`) },
    { name: `${name}.holder`, kind: 'text', label: words(`${zh}：户名`, `${en}: holder`) },
    { name: `${name}.number`, kind: 'secret', label: words(`${zh}：账号`, `${en}: number`), hint: NUMBER },
  ] as const satisfies readonly Field<`${Name}.${string}`>[]

const partnerFields = [
  { name: 'name', kind: 'text', needed: true },
  { name: 'kind', kind: 'choice', options: KINDS, first: 'bank' },
  { name: 'paymentMode', kind: 'choice', options: MODES, first: 'prepay' },
  { name: 'status', kind: 'choice', options: STATUS, first: 'active' },
  ...account('depositAccount', '入款账户', 'Deposit account'),
  ...account('payoutAccount', '出款账户', 'Payout account'),
  { name: 'warnBelow.amount', kind: 'money', label: words('余额低于此数时提醒', 'Warn when the balance is below') },
  {
    name: 'warnBelow.ppm',
    kind: 'percent',
    label: words('余额低于入款的比例时提醒', 'Warn below this part of what was paid in'),
  },
  {
    name: 'contacts',
    kind: 'json',
    label: words('联系人（JSON）', 'Contacts (JSON)'),
    hint: words('例如 [{"name":"王经理","phone":"…"}]', 'Such as [{"name":"Wang","phone":"…"}]'),
  },
] as const satisfies readonly Field[]

/** An account's number is masked in the answer: the stored one stays unless another is typed. */
function partnerStands(subject: Subject): Subject {
  const stands = structuredClone(
    only(
      'name',
      'kind',
      'paymentMode',
      'currency',
      'status',
      'contacts',
      'warnBelow',
      'depositAccount',
      'payoutAccount',
    )(subject),
  ) as Record<string, Record<string, unknown> | undefined>
  delete stands['depositAccount']?.['number']
  delete stands['payoutAccount']?.['number']
  return stands
}

const isClosed = ({ status }: Subject) =>
  status === 'closed' ? words('合作方已关闭。', 'The partner is closed.') : undefined
const cycle = {
  name: 'cycle',
  kind: 'count',
  needed: true,
  label: words('账期编号', 'Id of the cycle'),
  hint: words('见“合作方账期”', 'It stands in “Partner cycles”'),
} as const

const at = { list: '/partners', at: 'record', path: byCode } as const

export const partnerActions = [
  defineAction({
    operation: 'putPartner',
    key: 'newPartner',
    title: words('新建合作方', 'New partner'),
    list: '/partners',
    at: 'new',
    fields: [
      code,
      ...partnerFields,
      {
        name: 'currency',
        kind: 'text',
        hint: words('首次设定后不变；不填为 CNY', 'Fixed with the first change; left out: CNY'),
      },
    ],
  }),
  defineAction({
    ...at,
    operation: 'putPartner',
    title: words('修改', 'Change'),
    fields: partnerFields,
    stands: partnerStands,
  }),
  defineAction({
    ...at,
    operation: 'proposeReceipt',
    title: words('登记入款', 'Enter a receipt'),
    fields: [amount, valueDate, bankReference, evidence],
    not: isClosed,
  }),
  defineAction({
    ...at,
    operation: 'proposeWithdrawal',
    title: words('退还余额', 'Pay back'),
    fields: [
      amount,
      { name: 'campaign', kind: 'text', hint: words('只退这个活动剩余的资金', 'Only what is left of this campaign') },
      reason,
    ],
    not: (subject) =>
      subject['status'] === 'suspended'
        ? words('合作方已停用，不付款。', 'The partner is suspended: nothing is paid out.')
        : isClosed(subject),
  }),
  defineAction({
    ...at,
    operation: 'proposeCreditLine',
    title: words('调整授信', 'Change the credit line'),
    fields: [{ name: 'creditLine', kind: 'money', needed: true }, reason],
    stands: only('creditLine'),
    not: isClosed,
  }),
  defineAction({
    ...at,
    operation: 'proposeCollection',
    title: words('收款核销', 'Enter a collection'),
    fields: [cycle, amount, valueDate, bankReference, evidence],
  }),
  defineAction({
    ...at,
    operation: 'proposeCycleAdjustment',
    title: words('账期调整', 'Adjust a cycle'),
    fields: [cycle, amount, reason],
  }),
  defineAction({
    operation: 'proposeTransfer',
    title: words('备付金划转', 'Transfer of reserve'),
    list: '/partners',
    at: 'new',
    fields: [
      {
        name: 'to',
        kind: 'choice',
        needed: true,
        label: words('划入', 'Into'),
        options: [
          { value: 'own', label: words('自有资金', 'Own funds') },
          { value: 'reserve', label: words('备付金', 'Client reserve') },
        ],
      },
      amount,
      valueDate,
      bankReference,
      reason,
    ],
  }),
]
