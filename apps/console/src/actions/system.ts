import { defineAction, type Field, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { branch, byCode, byId, code, only, reason } from './fields'

const roles = {
  name: 'roles',
  kind: 'many',
  needed: true,
  optionsFrom: { from: '/v1/roles', rows: 'roles', value: 'code', name: 'nameZh' },
} as const
const language = {
  name: 'language',
  kind: 'choice',
  options: [
    { value: 'zh-CN', label: words('中文', '中文') },
    { value: 'en', label: words('English', 'English') },
  ],
  first: 'zh-CN',
} as const
const name = { name: 'name', kind: 'text', needed: true } as const
const person = { list: '/persons', at: 'record', path: byId } as const
const own = ({ id }: Subject, me: { id: string }) =>
  id === me.id
    ? words('自己的角色、分公司和状态由他人变更。', 'Other people change your own roles, branch and status.')
    : undefined

const persons = [
  defineAction({
    operation: 'makePerson',
    title: words('新建人员', 'New person'),
    list: '/persons',
    at: 'new',
    fields: [{ name: 'login', kind: 'text', needed: true }, name, { ...branch, needed: true }, roles, language],
  }),
  defineAction({
    ...person,
    operation: 'putPerson',
    title: words('修改', 'Change'),
    fields: [
      name,
      { ...branch, needed: true },
      roles,
      {
        name: 'status',
        kind: 'choice',
        needed: true,
        options: [
          { value: 'active', label: words('正常', 'Active') },
          { value: 'disabled', label: words('已停用', 'Disabled') },
        ],
      },
      { ...language, needed: true },
    ],
    stands: only('name', 'branch', 'roles', 'status', 'language'),
    not: own,
  }),
  defineAction({
    ...person,
    operation: 'recoverPerson',
    title: words('重置密码和验证器', 'Reset password and authenticator'),
    effect: words(
      '批准后原密码、验证器、会话和令牌全部失效。',
      'Once approved, password, authenticator, sessions and tokens are void.',
    ),
    fields: [reason],
    not: own,
  }),
  defineAction({
    ...person,
    operation: 'makePersonEnrolment',
    title: words('生成激活码', 'Make an enrolment code'),
    effect: words('由提出新建或重置的人生成，一天内有效；再次生成使前一个失效。', 'By whoever proposed the person or the reset. It is good for a day; another one makes it void.'), // prettier-ignore
    once: ['enrolment', 'expiresAt'],
    not: ({ hasPassword }) =>
      hasPassword === true ? words('此人已有密码；先重置。', 'The person has a password: reset it first.') : undefined,
  }),
  defineAction({
    ...person,
    operation: 'disablePerson',
    title: words('立即停用', 'Shut out now'),
    isDangerous: true,
    effect: words(
      '会话和令牌立即结束。恢复须两名管理员。',
      'Sessions and tokens end at once. Two administrators bring the person back.',
    ),
    shows: ({ status }) => status === 'active',
    not: own,
  }),
]

export const SCOPES = ['transactions', 'campaigns.make', 'campaigns.check', 'merchants', 'routing', 'card-groups', 'partners', 'funding.make', 'funding.check', 'cases', 'reconciliation', 'finance', 'read', 'read.marketing', 'read.transactions', 'read.money', 'read.clearing', 'read.routing', 'read.audit', 'read.people', 'admin'] // prettier-ignore
const scopes = { name: 'scopes', kind: 'many', needed: true, options: SCOPES.map((value) => ({ value })) } as const

const roleFields = [
  { name: 'nameZh', kind: 'text', needed: true },
  { ...name, label: words('英文名', 'English name') },
  scopes,
  {
    name: 'conflicts',
    kind: 'json',
    label: words('互斥角色（JSON）', 'Never beside (JSON)'),
    hint: words(
      '例如 [{"role": "auditor", "why": "审计不作变更"}]',
      'Such as [{"role": "auditor", "why": "who audits changes nothing"}]',
    ),
  },
] as const satisfies readonly Field[]
const branchFields = [name, { ...branch, name: 'parent' }] as const satisfies readonly Field[]

const organisation = [
  defineAction({ operation: 'putRole', key: 'newRole', title: words('新建角色', 'New role'), list: '/roles', at: 'new', fields: [code, ...roleFields] }), // prettier-ignore
  defineAction({
    operation: 'putRole',
    title: words('修改', 'Change'),
    list: '/roles',
    at: 'record',
    path: byCode,
    fields: roleFields,
    stands: only('name', 'nameZh', 'scopes', 'conflicts'),
    not: ({ code: role }, me) =>
      me.roles?.includes(String(role)) === true
        ? words('您自己的角色由他人变更。', 'Other people change a role that you hold.')
        : undefined,
  }),
  defineAction({ operation: 'putBranch', key: 'newBranch', title: words('新建分公司', 'New branch'), list: '/branches', at: 'new', fields: [code, ...branchFields] }), // prettier-ignore
  defineAction({
    operation: 'putBranch',
    title: words('修改', 'Change'),
    list: '/branches',
    at: 'record',
    path: byCode,
    fields: branchFields,
    stands: only('name', 'parent'),
  }),
  defineAction({
    operation: 'putApprovalPolicy',
    title: words('修改', 'Change'),
    list: '/approval-policies',
    at: 'record',
    path: ({ kind }) => ({ kind }),
    fields: [
      {
        name: 'policies',
        kind: 'json',
        needed: true,
        label: words('规则（JSON，金额以分计）', 'Policies (JSON, amounts in fen)'),
      },
    ],
    stands: only('policies'),
  }),
]

const clientFields = [
  name,
  {
    name: 'webhookUrl',
    kind: 'text',
    hint: words('修改通知地址须他人审核', 'Another person approves another address'),
  },
  { name: 'ratePerSecond', kind: 'count' },
  { name: 'deadlineMs', kind: 'count', label: words('答复时限（毫秒）', 'Deadline, ms') },
  { name: 'mayOmitPaid', kind: 'yes', label: words('成功结果可不报实付金额', 'A success may leave out what was paid') },
  {
    name: 'serialsMayLookLikeCards',
    kind: 'yes',
    label: words('流水号可能形似卡号', 'Serials may look like card numbers'),
  },
] as const satisfies readonly Field[]

const clients = [
  defineAction({
    operation: 'putClient',
    key: 'newClient',
    title: words('新建交易系统', 'New client'),
    list: '/clients',
    at: 'new',
    fields: [code, ...clientFields],
    once: ['webhookSecret'],
  }),
  defineAction({
    operation: 'putClient',
    title: words('修改', 'Change'),
    list: '/clients',
    at: 'record',
    path: byCode,
    fields: clientFields,
    stands: only('name', 'webhookUrl', 'ratePerSecond', 'deadlineMs', 'mayOmitPaid', 'serialsMayLookLikeCards'),
    once: ['webhookSecret'],
  }),
  defineAction({
    operation: 'rotateWebhookSecret',
    title: words('轮换通知密钥', 'Rotate the secret'),
    list: '/clients',
    at: 'record',
    path: byCode,
    fields: [
      { name: 'serial', kind: 'serial' },
      {
        name: 'overlapHours',
        kind: 'count',
        hint: words('旧密钥同时有效的小时数；不填为 24', 'How long the one before signs too; left out: 24 hours'),
      },
    ],
    once: ['secret', 'webhookSecret'],
    not: ({ webhookUrl }) =>
      webhookUrl === undefined
        ? words('没有通知地址，不需要密钥。', 'Without a webhook there is no secret.')
        : undefined,
  }),
]

const keys = [
  defineAction({
    operation: 'makeApiKey',
    title: words('新建密钥', 'New key'),
    list: '/api-keys',
    at: 'new',
    fields: [
      {
        name: 'client',
        kind: 'choice',
        needed: true,
        optionsFrom: { from: '/v1/clients', rows: 'clients', value: 'code', name: 'name' },
      },
      name,
      scopes,
    ],
    once: ['key'],
  }),
  defineAction({
    operation: 'revokeApiKey',
    title: words('吊销', 'Revoke'),
    list: '/api-keys',
    at: 'record',
    isDangerous: true,
    path: byId,
    effect: words('立即失效，不能恢复。', 'It is void at once, for good.'),
    shows: ({ revokedAt }) => revokedAt === undefined,
  }),
  defineAction({
    operation: 'makeToken',
    title: words('新建令牌', 'New token'),
    list: '/tokens',
    at: 'new',
    fields: [
      { ...name, hint: words('用途，例如放在哪台机器上', 'What it is for, such as the machine that keeps it') },
      scopes,
      {
        name: 'expiresInDays',
        kind: 'count',
        needed: true,
        label: words('有效天数（最多 90）', 'Days until it ends, at most 90'),
        first: 30,
      },
    ],
    once: ['token'],
  }),
  defineAction({
    operation: 'revokeToken',
    title: words('吊销', 'Revoke'),
    list: '/tokens',
    at: 'record',
    isDangerous: true,
    path: byId,
    shows: ({ revokedAt }) => revokedAt === undefined,
  }),
  defineAction({
    operation: 'endSession',
    title: words('结束会话', 'End it'),
    list: '/sessions',
    at: 'record',
    isDangerous: true,
    path: byId,
    not: ({ current }) =>
      current === true
        ? words('这是当前会话；请用右上角退出。', 'This is the one that you use: sign out instead.')
        : undefined,
  }),
]

export const systemActions = [...persons, ...organisation, ...clients, ...keys]
