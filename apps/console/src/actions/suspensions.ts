import { defineAction, type Subject } from '../kit/define-action'
import { words } from '../texts'
import { byCode } from './fields'

const STOP = words('停用', 'Suspend')
const RESUME = words('恢复', 'Resume')
const STOPS = words(
  '从下一笔支付起生效，一人即可。恢复须两人。',
  'It acts on the next payment; one person is enough. Two resume it.',
)
const RESUMES = words(
  '第一个人申请，另一个人再点一次即恢复。',
  'The first person asks; another one who does the same resumes it.',
)

interface Stopped {
  ref: string
}
const stopped = ({ suspensions }: Subject) => ((suspensions ?? []) as Stopped[]).map(({ ref }) => ref)
const isWhole = (subject: Subject) => stopped(subject).includes(String(subject['code']))
const offersOf = ({ document }: Subject) =>
  (((document as Subject | undefined)?.['offers'] ?? []) as { code: string; name?: string }[]).map(
    ({ code, name = code }) => ({ value: code, label: words(name, name) }),
  )
const offersStopped = (subject: Subject) =>
  stopped(subject)
    .filter((ref) => ref.includes('/'))
    .map((ref) => ({ value: ref.split('/')[1]! }))

const campaign = { list: '/campaigns', at: 'record', path: byCode } as const
const offer = { name: 'offer', kind: 'choice', at: 'path', needed: true, label: words('子活动', 'Offer') } as const

const campaigns = [
  defineAction({ ...campaign, operation: 'suspendCampaign', title: STOP, isDangerous: true, effect: STOPS, shows: (one) => !isWhole(one) }), // prettier-ignore
  defineAction({ ...campaign, operation: 'resumeCampaign', title: RESUME, effect: RESUMES, shows: isWhole }),
  defineAction({
    ...campaign,
    operation: 'suspendOffer',
    title: words('停用子活动', 'Suspend an offer'),
    isDangerous: true,
    effect: STOPS,
    fields: [{ ...offer, options: offersOf }],
    shows: (subject) => offersOf(subject).length > 1,
  }),
  defineAction({
    ...campaign,
    operation: 'resumeOffer',
    title: words('恢复子活动', 'Resume an offer'),
    effect: RESUMES,
    fields: [{ ...offer, options: offersStopped }],
    shows: (subject) => offersStopped(subject).length > 0,
  }),
]

const PARTS = [
  { value: 'channels', label: words('通道', 'Channel') },
  { value: 'mids', label: words('交易号（MID）', 'Merchant number (MID)') },
  { value: 'pools', label: words('商户池', 'Pool') },
]
const partFields = [
  { name: 'part', kind: 'choice', at: 'path', needed: true, options: PARTS, first: 'channels' },
  { name: 'code', kind: 'text', at: 'path', needed: true },
] as const
const BY_REF = /^@route\/(channel|mid|pool)\/(.+)$/
/** Of a row of capacity its part and code; of a suspension what its name says. */
const byPart = ({ part, code, ref }: Subject) => {
  const [, one, named] = BY_REF.exec(String(ref)) ?? []
  return one === undefined ? { part, code } : { part: `${one}s`, code: named }
}

const routing = [
  ...(['/suspensions', '/capacity'] as const).map((list) =>
    defineAction({
      operation: 'suspendRoutingPart',
      key: `suspendRoutingPart${list}`,
      title: words('停用通道、交易号或池', 'Suspend a part'),
      list,
      at: 'new',
      isDangerous: true,
      effect: STOPS,
      fields: partFields,
    }),
  ),
  defineAction({
    operation: 'suspendRoutingPart',
    key: 'suspendRow',
    title: STOP,
    list: '/capacity',
    at: 'record',
    isDangerous: true,
    effect: STOPS,
    path: byPart,
  }),
  defineAction({
    operation: 'resumeRoutingPart',
    title: RESUME,
    list: '/suspensions',
    at: 'record',
    effect: RESUMES,
    path: byPart,
    // A merchant's method goes on when its card usage is explained.
    shows: ({ ref }) => BY_REF.test(String(ref)),
  }),
]

const cardUsage = [
  defineAction({
    operation: 'explainCardUsage',
    title: words('提交说明', 'Hand in an explanation'),
    list: '/card-usage-cases',
    at: 'record',
    path: ({ id }) => ({ id }),
    fields: [
      { name: 'file', kind: 'text', needed: true, label: words('说明材料的位置', 'Where the papers are kept') },
      { name: 'note', kind: 'long', label: words('备注', 'Note') },
    ],
    not: ({ state }) =>
      state === 'waiting_explanation' ? undefined : words('现在不等待说明。', 'No explanation is awaited now.'),
  }),
  defineAction({
    operation: 'rejectCardUsageExplanation',
    title: words('退回说明', 'Send it back'),
    list: '/card-usage-cases',
    at: 'record',
    path: ({ id }) => ({ id }),
    fields: [
      { name: 'reason', kind: 'long', needed: true },
      {
        name: 'keepSuspended',
        kind: 'yes',
        label: words('不再接受说明，保持停用', 'No further explanation: it stays suspended'),
      },
    ],
    beside: ({ proposal }) => ({ hash: (proposal as { hash?: string } | undefined)?.hash }),
    shows: ({ state }) => state === 'waiting_review',
    not: ({ explanation }, me) =>
      (explanation as { by?: string } | undefined)?.by === (me.login ?? me.id)
        ? words('您自己提交的说明须由他人审核。', 'You have handed it in: another person decides it.')
        : undefined,
  }),
]

export const stoppingActions = [...campaigns, ...routing, ...cardUsage]
