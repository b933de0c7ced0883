import { defineAction, type Field, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { branch, byCode, byId, code, CODE_HINT, only } from './fields'

const merchantFields = [
  { name: 'name', kind: 'text', needed: true },
  { name: 'mcc', kind: 'text', label: words('MCC', 'MCC') },
  { name: 'region', kind: 'text' },
  { name: 'country', kind: 'text', label: words('国家或地区', 'Country') },
  branch,
  { name: 'parent', kind: 'text', label: words('上级商户', 'Merchant above') },
  { name: 'subMerchants', kind: 'tags' },
  { name: 'clearingSystem', kind: 'text' },
  {
    name: 'feeOnRefund',
    kind: 'choice',
    label: words('退款时手续费', 'Fee on a refund'),
    options: [
      { value: 'return', label: words('退还', 'Given back') },
      { value: 'keep', label: words('不退', 'Kept') },
    ],
  },
  { name: 'fees', kind: 'json', label: words('费率（JSON）', 'Fees (JSON)') },
] as const satisfies readonly Field[]
const KEPT = ['id', 'name', 'mcc', 'region', 'country', 'subMerchants', 'parent', 'branch', 'clearingSystem', 'fees', 'feeOnRefund', 'status'] // prettier-ignore

const mode = {
  name: 'mode',
  kind: 'choice',
  at: 'query',
  needed: true,
  label: words('方式', 'How'),
  options: [
    { value: 'add', label: words('增加或更新', 'Add and change') },
    { value: 'replace', label: words('整体替换', 'Replace the whole') },
    { value: 'remove', label: words('移除', 'Remove') },
  ],
  first: 'add',
} as const
const fileField = { name: 'file', kind: 'file', needed: true, label: words('文件', 'File') } as const
const left = ({ status }: Subject) => (status === 'left' ? words('商户已退出。', 'The merchant has left.') : undefined)

const merchants = [
  defineAction({
    operation: 'putMerchant',
    key: 'newMerchant',
    title: words('登记商户', 'Enrol a merchant'),
    list: '/merchants',
    at: 'new',
    fields: [
      { name: 'id', kind: 'text', needed: true, label: words('商户号', 'Merchant'), hint: CODE_HINT, alsoAt: 'path' },
      ...merchantFields,
    ],
  }),
  defineAction({
    operation: 'importMerchants',
    title: words('导入商户', 'Import merchants'),
    list: '/merchants',
    at: 'new',
    file: { type: 'application/x-ndjson', isPacked: true, imports: '/v1/imports' },
    fields: [{ ...fileField, hint: words('NDJSON：每行一个商户', 'NDJSON: a merchant a line') }, mode],
  }),
  defineAction({
    operation: 'putMerchant',
    title: words('修改', 'Change'),
    list: '/merchants',
    at: 'record',
    path: byId,
    fields: merchantFields,
    stands: only(...KEPT),
    not: left,
  }),
  defineAction({
    operation: 'leaveMerchant',
    title: words('退出营销', 'Leave'),
    list: '/merchants',
    at: 'record',
    isDangerous: true,
    effect: words('商户不再参加任何活动。', 'The merchant takes part in no campaign any more.'),
    path: byId,
    not: left,
  }),
]

interface GroupKind {
  list: string
  members: Field<'merchants' | 'customers' | 'cards' | 'bins'>[]
  zh: string
  en: string
  hint: { zh: string; en: string }
}
const nameField = { name: 'name', kind: 'text' } as const

const GROUPS: readonly (GroupKind & {
  put: 'putMerchantGroup' | 'putCardGroup' | 'putCustomerGroup'
  import: 'importMerchantGroup' | 'importCardGroup' | 'importCustomerGroup'
})[] = [
  // prettier-ignore
  {
    ...{ list: '/merchant-groups', put: 'putMerchantGroup', import: 'importMerchantGroup', zh: '商户组', en: 'merchant group' },
    members: [{ name: 'merchants', kind: 'tags' }],
    hint: words('每行一个商户号', 'The id of a merchant a line'),
  },
  {
    ...{ list: '/card-groups', put: 'putCardGroup', import: 'importCardGroup', zh: '卡组', en: 'card group' },
    members: [{ name: 'bins', kind: 'tags', label: words('卡 BIN', 'BINs') }],
    hint: words('每行一个卡 BIN 或卡标记', 'A BIN or a token of a card a line'),
  },
  {
    ...{
      list: '/customer-groups',
      put: 'putCustomerGroup',
      import: 'importCustomerGroup',
      zh: '客群',
      en: 'customer group',
    },
    members: [{ name: 'customers', kind: 'tags', label: words('客户号', 'Customers') }],
    hint: words('每行一个客户号', 'A customer a line'),
  },
]

const groups = GROUPS.flatMap(({ list, put, import: load, members, zh, en, hint }) => [
  defineAction({
    operation: put,
    title: words(`新建${zh}`, `New ${en}`),
    list,
    at: 'new',
    fields: [{ ...code, alsoAt: 'body' }, nameField, ...members],
  }),
  defineAction({
    operation: load,
    title: words('导入成员', 'Import members'),
    list,
    at: 'record',
    path: byCode,
    file: { type: 'text/plain', isPacked: true, imports: '/v1/imports' },
    fields: [{ ...fileField, hint }, mode],
  }),
])

const imports = [
  defineAction({
    operation: 'cancelImport',
    title: words('停止导入', 'Stop the import'),
    list: '/imports',
    at: 'record',
    isDangerous: true,
    effect: words('这次导入不留下任何内容。', 'Nothing of it stays.'),
    path: byId,
    not: ({ state }) => (state === 'running' ? undefined : words('导入已经结束。', 'The import has ended.')),
  }),
]

export const merchantActions = [...merchants, ...groups, ...imports]
