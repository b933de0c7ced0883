import type { ReadArea, Scope } from './clients'

/** What one kind of decision is called, and who may propose and decide: any one of the scopes; `area`: who reads it beside them. */
export interface ApprovalKindSpec {
  en: string
  zh: string
  make: readonly Scope[]
  check: readonly Scope[]
  area: ReadArea
}

const funding = { make: ['funding.make'], check: ['funding.check'], area: 'read.money' } as const
const campaigns = { make: ['campaigns.make'], check: ['campaigns.check'], area: 'read.marketing' } as const
const stopped = {
  make: ['campaigns.make', 'campaigns.check'],
  check: ['campaigns.make', 'campaigns.check'],
  area: 'read.marketing',
} as const
const routing = { make: ['routing'], check: ['routing'], area: 'read.routing' } as const
const finance = { make: ['finance'], check: ['finance'], area: 'read.clearing' } as const
const admin = { make: ['admin'], check: ['admin'], area: 'read.people' } as const

/** Every decision that takes more than one person. Beside these a policy may ask for roles, for two approvers, or for another branch. */
export const APPROVAL_KINDS = {
  campaign: { en: 'Campaign version', zh: '活动版本', ...campaigns },
  rule_template: { en: 'Rule template', zh: '规则模版', ...campaigns },
  resume: { en: 'Resume what is suspended', zh: '恢复已停用', ...stopped },
  partner: { en: 'Partner', zh: '合作方', make: ['partners'], check: ['funding.check'], area: 'read.money' },
  receipt: { en: 'Receipt', zh: '入款', ...funding },
  withdrawal: { en: 'Withdrawal', zh: '退款出账', ...funding },
  credit_line: { en: 'Credit line', zh: '授信额度', ...funding },
  transfer: { en: 'Transfer', zh: '备付金划转', ...funding },
  collection: { en: 'Collection', zh: '收款核销', ...funding },
  cycle_adjustment: { en: 'Adjustment of a cycle', zh: '账期调整', ...funding },
  case_resolution: {
    en: 'Resolution of a case',
    zh: '差错处理',
    make: ['cases'],
    check: ['cases'],
    area: 'read.clearing',
  },
  card_usage: {
    en: 'Explanation of card usage',
    zh: '用卡说明',
    make: ['routing', 'cases'],
    check: ['routing', 'cases'],
    area: 'read.routing',
  },
  routing: { en: 'Routing document', zh: '路由文档', ...routing },
  resume_route: { en: 'Resume a part of routing', zh: '恢复路由', ...routing },
  shared_pool: { en: 'Shared merchant number', zh: '共享商户号', ...routing },
  merchant_fees: {
    en: 'Fees of a merchant',
    zh: '商户费率',
    make: ['merchants'],
    check: ['campaigns.check'],
    area: 'read.marketing',
  },
  card_group: {
    en: 'Card group of a live campaign',
    zh: '卡组',
    make: ['card-groups'],
    check: ['campaigns.check'],
    area: 'read.marketing',
  },
  customer_group: {
    en: 'Customer group of a live campaign',
    zh: '客群',
    make: ['card-groups'],
    check: ['campaigns.check'],
    area: 'read.marketing',
  },
  merchant_group: {
    en: 'Merchant group of a live campaign',
    zh: '商户组',
    make: ['merchants'],
    check: ['campaigns.check'],
    area: 'read.marketing',
  },
  clearing_system: { en: 'Layout of clearing files', zh: '清算文件格式', ...finance },
  bill_layout: {
    en: 'Layout of bills',
    zh: '账单格式',
    make: ['reconciliation', 'finance'],
    check: ['reconciliation', 'finance'],
    area: 'read.clearing',
  },
  acknowledgement: { en: 'Acknowledgement by hand', zh: '人工回执', ...finance },
  early_close: { en: 'Early close of a date', zh: '提前日切', ...finance },
  replacement: { en: 'Replacement of a clearing file', zh: '清算文件重出', ...finance },
  client: { en: 'Client and its webhook', zh: '接入方与通知地址', ...admin },
  api_key: { en: 'API key with power', zh: '有权限的密钥', ...admin },
  branch: { en: 'Branch', zh: '分公司', ...admin },
  person: { en: 'Person and roles', zh: '人员与角色', ...admin },
  recovery: { en: 'Recovery of an account', zh: '账号恢复', ...admin },
  role: { en: 'Role', zh: '角色', ...admin },
  approval_policy: { en: 'Policy of approvals', zh: '审批策略', ...admin },
  delegation: { en: 'Delegation during an absence', zh: '请假代审', ...admin },
  erasure: {
    en: 'Erasure of a customer',
    zh: '客户信息删除',
    make: ['admin', 'cases'],
    check: ['admin', 'cases'],
    area: 'read.audit',
  },
} as const satisfies Record<string, ApprovalKindSpec>
export type ApprovalKindName = keyof typeof APPROVAL_KINDS
export const APPROVAL_KIND_NAMES = Object.keys(APPROVAL_KINDS) as [ApprovalKindName, ...ApprovalKindName[]]

export const approvalKindSpec = (kind: string): ApprovalKindSpec | undefined =>
  Object.hasOwn(APPROVAL_KINDS, kind) ? APPROVAL_KINDS[kind as ApprovalKindName] : undefined
