import { defineAction, type Field } from '../kit/define-action'
import { CAMPAIGN, MERCHANT, PARTNER } from '../lists/heads'
import { words } from '../texts'
import { byCode, code, only } from './fields'

const RANGES = [
  { value: 'yesterday', label: words('前一日', 'The day before') },
  { value: 'business_day_before', label: words('前一工作日', 'The workday before') },
  { value: 'last_7_days', label: words('前七日', 'The seven days before') },
  { value: 'last_week', label: words('上周', 'The week before') },
  { value: 'last_month', label: words('上月', 'The month before') },
]
const WEEKDAYS = [
  { value: 'monday', label: words('周一', 'Monday') },
  { value: 'tuesday', label: words('周二', 'Tuesday') },
  { value: 'wednesday', label: words('周三', 'Wednesday') },
  { value: 'thursday', label: words('周四', 'Thursday') },
  { value: 'friday', label: words('周五', 'Friday') },
  { value: 'saturday', label: words('周六', 'Saturday') },
  { value: 'sunday', label: words('周日', 'Sunday') },
]
const filter = (
  name: 'partner' | 'merchant' | 'campaign',
  label = { partner: PARTNER, merchant: MERCHANT, campaign: CAMPAIGN }[name],
) => ({ name: `parameters.${name}`, kind: 'text', label }) as const

const schedule = [
  { name: 'name', kind: 'text' },
  {
    name: 'kind',
    kind: 'choice',
    needed: true,
    label: words('报表', 'Report'),
    optionsFrom: { from: '/v1/reports', rows: 'reports', value: 'kind', isWords: true },
  },
  {
    name: 'range',
    kind: 'choice',
    needed: true,
    label: words('日期范围', 'Dates'),
    options: RANGES,
    first: 'yesterday',
  },
  filter('partner'),
  filter('merchant'),
  { ...filter('campaign'), when: ({ kind }) => kind !== 'audit' && kind !== 'partner-funds' },
  {
    name: 'format',
    kind: 'choice',
    needed: true,
    label: words('格式', 'Format'),
    options: [{ value: 'xlsx' }, { value: 'csv' }, { value: 'pdf' }],
    first: 'xlsx',
  },
  {
    name: 'language',
    kind: 'choice',
    needed: true,
    options: [
      { value: 'zh', label: words('中文', '中文') },
      { value: 'en', label: words('English', 'English') },
    ],
    first: 'zh',
  },
  {
    name: 'at',
    kind: 'text',
    needed: true,
    label: words('时刻', 'At'),
    hint: words('机构时区的 24 小时制时刻，例如 07:30', 'Time of day in the zone of the institution, such as 07:30'),
    first: '07:30',
  },
  {
    name: 'when.every',
    kind: 'choice',
    needed: true,
    label: words('频率', 'How often'),
    options: [
      { value: 'day', label: words('每天', 'Every day') },
      { value: 'week', label: words('每周的某几天', 'Days of the week') },
    ],
    hint: words('每月的某几天只能经 API 设置', 'Days of the month are set over the API'),
    first: 'day',
  },
  {
    name: 'when.on',
    kind: 'many',
    needed: true,
    label: words('星期', 'Days'),
    options: WEEKDAYS,
    when: (typed) => typed['when.every'] === 'week',
  },
  {
    name: 'deliverTo',
    kind: 'tags',
    label: words('送往', 'Sent to'),
    hint: words(
      'LIJIAN_REPORT_TARGETS 里的名称；不填则只保留在系统里',
      'Names in LIJIAN_REPORT_TARGETS; none: it is kept here only',
    ),
  },
] as const satisfies readonly Field[]

const one = { list: '/report-schedules', at: 'record', path: byCode } as const

export const reportActions = [
  defineAction({
    operation: 'putReportSchedule',
    title: words('新建定时报表', 'New schedule'),
    list: '/report-schedules',
    at: 'new',
    effect: words(
      '到时生成并送出；编码已存在时替换原来的。',
      'It is made and sent on time; one with this code is replaced.',
    ),
    fields: [code, ...schedule],
  }),
  defineAction({
    ...one,
    operation: 'putReportSchedule',
    key: 'resumeReportSchedule',
    title: words('重新启用', 'Begin again'),
    stands: (subject) => ({
      ...only('name', 'kind', 'parameters', 'range', 'section', 'format', 'language', 'encoding', 'at', 'when', 'zone', 'deliverTo')(subject), // prettier-ignore
      active: true,
    }),
    shows: ({ active, stopped }) => active !== true || stopped !== undefined,
  }),
  defineAction({
    ...one,
    operation: 'endReportSchedule',
    title: words('停止', 'End'),
    effect: words('不再生成；已有的文件保留。', 'Nothing more is made; files stay.'),
    shows: ({ active }) => active === true,
  }),
]
