import type { ReportColumn } from '@lijian/contracts/finance'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { Ask, ReportDefinition, Section } from '../definition'
import { dateOf, inInstants, second } from '../instants'
import { equals, literal, where } from '../sql'

const text = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'text' })
const integer = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'integer' })
const amount = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'amount' })
const rate = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'rate' })
const currency = text('currency', '币种', 'Currency')
const date = (zh: string, en: string): ReportColumn => ({ key: 'date', zh, en, type: 'date' })
const CURRENCY = `${literal(DEFAULT_CURRENCY)} AS currency`
const share = (part: string, whole: string) => `div((${part})::numeric * 1000000, nullif(${whole}, 0))::bigint`

/** Payments that were routed, by the date on which they came in. What a result has told of the card counts. */
const routesOf = (ask: Ask): string => `
  SELECT client, serial, state, merchant, amount_fen, attempts, record, ${dateOf('created_at', ask)} AS date, record -> 'facts' ->> 'method' AS method,
    coalesce(record -> 'learnt' ->> 'cardType', record -> 'facts' ->> 'cardType') AS card_type
  FROM route WHERE ${where(
    inInstants('created_at', ask),
    equals('merchant', ask.parameters.merchant),
    equals(`record -> 'facts' ->> 'method'`, ask.parameters.method),
  )}`

/** An attempt each, in their order; a failure without a class was the channel's (contracts, routeResultRequest). */
const attemptsOf = (ask: Ask): string => `
  SELECT r.client, r.serial, r.date, r.card_type, a ->> 'channel' AS channel, a ->> 'mid' AS mid, a ->> 'pool' AS pool, a ->> 'state' AS state,
    coalesce((a -> 'instead' ->> 'amountFen')::bigint, r.amount_fen) AS amount, round((a ->> 'costFen')::numeric)::bigint AS cost,
    CASE WHEN a ->> 'state' = 'succeeded' THEN '' WHEN a ->> 'state' = 'failed' THEN coalesce(a ->> 'failure', 'channel_error')
      ELSE coalesce(a ->> 'failure', '') END AS failure, a AS attempt, n
  FROM (${routesOf(ask)}) r CROSS JOIN LATERAL jsonb_array_elements(r.attempts) WITH ORDINALITY x (a, n)`

const CREDIT = `coalesce(sum(amount) FILTER (WHERE state = 'succeeded' AND card_type = 'credit'), 0)`
const CARDS = `coalesce(sum(amount) FILTER (WHERE state = 'succeeded' AND card_type IN ('credit', 'debit')), 0)`
const FIGURES = `count(*)::bigint AS attempts, count(*) FILTER (WHERE state = 'succeeded')::bigint AS succeeded,
  count(*) FILTER (WHERE failure = 'declined')::bigint AS declined, count(*) FILTER (WHERE failure = 'channel_error')::bigint AS channel_errors,
  count(*) FILTER (WHERE failure = 'timeout')::bigint AS timeouts, count(*) FILTER (WHERE state = 'reserved')::bigint AS open,
  count(*) FILTER (WHERE state = 'expired')::bigint AS expired,
  ${share(`count(*) FILTER (WHERE state = 'succeeded')`, `count(*) FILTER (WHERE state IN ('succeeded', 'failed'))`)} AS success,
  coalesce(sum(amount) FILTER (WHERE state = 'succeeded'), 0)::bigint AS amount, coalesce(sum(cost) FILTER (WHERE state = 'succeeded'), 0)::bigint AS cost,
  ${CREDIT}::bigint AS credit, ${share(CREDIT, CARDS)} AS credit_share`
const figures: readonly ReportColumn[] = [
  integer('attempts', '尝试次数', 'Attempts'),
  integer('succeeded', '成功', 'Succeeded'),
  integer('declined', '发卡行拒绝', 'Declined'),
  integer('channel_errors', '渠道错误', 'Channel errors'),
  integer('timeouts', '超时', 'Timeouts'),
  integer('open', '未决', 'Open'),
  integer('expired', '过期', 'Expired'),
  rate('success', '成功率', 'Success rate'),
  amount('amount', '成功金额', 'Amount'),
  amount('cost', '渠道成本', 'Cost'),
  amount('credit', '贷记卡金额', 'Credit cards'),
  rate('credit_share', '贷记卡占比', 'Share of credit cards'),
]
const figureSums = figures.filter(({ type }) => type !== 'rate').map(({ key }) => key)

const days: Section = {
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [
    date('日期', 'Date'),
    currency,
    integer('payments', '支付笔数', 'Payments'),
    integer('refused', '无可用通道', 'Without a route'),
    integer('fallbacks', '换道笔数', 'Payments with a fallback'),
    ...figures,
  ],
  keys: ['date', 'currency'],
  sums: ['payments', 'refused', 'fallbacks', ...figureSums],
  rows: (ask) => `SELECT p.date, ${CURRENCY}, payments, refused, fallbacks, ${figures
    .map(({ key, type }) => (type === 'rate' ? key : `coalesce(${key}, 0)::bigint AS ${key}`))
    .join(', ')}
    FROM (SELECT date, count(*)::bigint AS payments, count(*) FILTER (WHERE state = 'no_route')::bigint AS refused,
        count(*) FILTER (WHERE jsonb_array_length(attempts) > 1)::bigint AS fallbacks FROM (${routesOf(ask)}) r GROUP BY date) p
    LEFT JOIN (SELECT date, ${FIGURES} FROM (${attemptsOf(ask)}) a GROUP BY date) f USING (date)`,
  charts: (rows) => [
    {
      kind: 'line',
      zh: '成功率',
      en: 'Success rate',
      type: 'rate',
      categories: rows.map((row) => String(row['date'])),
      series: [{ zh: '成功率', en: 'Success rate', values: rows.map((row) => Number(row['success'])) }],
    },
  ],
}

const part = text('part', '类别', 'Part')
const code = text('code', '编号', 'Code')

/** Each attempt stands with its channel, its MID and its pool: the rows of one part add up to all, those of all parts do not. */
const parts: Section = {
  section: 'parts',
  zh: '渠道、商户号与池',
  en: 'Channels, MIDs, pools',
  columns: [part, code, currency, ...figures],
  keys: ['part', 'code', 'currency'],
  sums: [],
  rows: (ask) => `SELECT part, code, ${CURRENCY}, ${FIGURES} FROM (${attemptsOf(ask)}) a
    CROSS JOIN LATERAL (VALUES ('channel', channel), ('mid', mid), ('pool', pool)) p (part, code) GROUP BY part, code`,
  charts: (rows) => {
    const channels = rows.filter((row) => row['part'] === 'channel')
    const values = (key: string) => channels.map((row) => Number(row[key]))
    return [
      {
        ...{ kind: 'bar', zh: '各渠道结果', en: 'Outcomes by channel', type: 'integer' },
        categories: channels.map((row) => String(row['code'])),
        series: [
          { zh: '成功', en: 'Succeeded', values: values('succeeded') },
          { zh: '发卡行拒绝', en: 'Declined', values: values('declined') },
          { zh: '渠道错误', en: 'Channel errors', values: values('channel_errors') },
          { zh: '超时', en: 'Timeouts', values: values('timeouts') },
        ],
      },
    ]
  },
}

const TAKEN_FEN = 'k.held_fen + k.used_fen + k.over_fen'
const TAKEN_COUNT = 'k.held_count + k.used_count + k.over_count'

/** Daily counters that attempts of these payments took from (libs/core/limits: "@route/" kind "/" code "|" day), whole, as they stand now. */
const load: Section = {
  section: 'load',
  zh: '限额使用',
  en: 'Load against limits',
  columns: [
    date('限额日期', 'Day of the limit'),
    part,
    code,
    currency,
    amount('limit_amount', '日限额', 'Daily limit'),
    amount('taken', '已用金额', 'Taken'),
    rate('share', '金额使用率', 'Share of the amount'),
    integer('limit_count', '日限次', 'Daily count'),
    integer('taken_count', '已用次数', 'Taken, count'),
    rate('share_count', '次数使用率', 'Share of the count'),
    { key: 'exhausts_at', zh: '预计用尽时间', en: 'Used up at', type: 'instant' },
  ],
  keys: ['date', 'part', 'code'],
  sums: [],
  rows: (
    ask,
  ) => `SELECT split_part(k.key, '|', 2)::date AS date, split_part(k.key, '/', 2) AS part, regexp_replace(split_part(k.key, '|', 1), '^@route/[^/]*/', '') AS code,
      ${CURRENCY}, k.limit_fen AS limit_amount, ${TAKEN_FEN} AS taken, ${share(TAKEN_FEN, 'k.limit_fen')} AS share,
      k.limit_count, ${TAKEN_COUNT} AS taken_count, ${share(TAKEN_COUNT, 'k.limit_count')} AS share_count,
      (SELECT ${second('min(c.exhausts_at)')} FROM route_capacity c WHERE c.ref = split_part(k.key, '|', 1) AND c.day = split_part(k.key, '|', 2)::date) AS exhausts_at
    FROM (SELECT DISTINCT c ->> 'key' AS key FROM (${attemptsOf(ask)}) a, jsonb_array_elements(coalesce(attempt -> 'charges', '[]') || coalesce(attempt -> 'over', '[]')) c
      WHERE c ->> 'key' ~ '^@route/(channel|mid|pool)/[^|]*[|]\\d{4}-\\d\\d-\\d\\d$') t JOIN counter k ON k.key = t.key
    WHERE split_part(k.key, '|', 2) BETWEEN ${literal(ask.parameters.from)} AND ${literal(ask.parameters.to)}`,
}

/** What was tried next after an attempt that failed, and how often that went well. */
const fallbacks: Section = {
  section: 'fallbacks',
  zh: '换道',
  en: 'Fallbacks',
  columns: [
    text('from_channel', '原渠道', 'From'),
    text('to_channel', '换至渠道', 'To'),
    text('failure', '原因', 'Failure'),
    currency,
    integer('payments', '换道次数', 'Fallbacks'),
    integer('succeeded', '换道成功', 'Succeeded'),
    amount('amount', '成功金额', 'Amount'),
  ],
  keys: ['from_channel', 'to_channel', 'failure'],
  sums: ['payments', 'succeeded', 'amount'],
  rows: (
    ask,
  ) => `SELECT from_channel, channel AS to_channel, from_failure AS failure, ${CURRENCY}, count(*)::bigint AS payments,
      count(*) FILTER (WHERE state = 'succeeded')::bigint AS succeeded, coalesce(sum(amount) FILTER (WHERE state = 'succeeded'), 0)::bigint AS amount
    FROM (SELECT *, lag(channel) OVER turn AS from_channel, lag(failure) OVER turn AS from_failure FROM (${attemptsOf(ask)}) a
      WINDOW turn AS (PARTITION BY client, serial ORDER BY n)) a
    WHERE from_channel IS NOT NULL GROUP BY from_channel, channel, from_failure`,
}

/** Questions that no MID could answer. Why is not stored: `GET /v1/routes/{serial}?explain=true` makes one decision again. */
const refusals: Section = {
  section: 'refusals',
  zh: '无可用通道',
  en: 'Refusals',
  columns: [
    text('merchant', '商户', 'Merchant'),
    text('method', '支付方式', 'Method'),
    currency,
    integer('at_first', '首次即无通道', 'At the first question'),
    integer('after_failures', '失败后无通道', 'After failures'),
    integer('without_counters', '未查限额', 'Without counters'),
    amount('amount', '支付金额', 'Amount'),
  ],
  keys: ['merchant', 'method'],
  sums: ['at_first', 'after_failures', 'without_counters', 'amount'],
  rows: (
    ask,
  ) => `SELECT merchant, method, ${CURRENCY}, count(*) FILTER (WHERE jsonb_array_length(d -> 'exclude') = 0)::bigint AS at_first,
      count(*) FILTER (WHERE jsonb_array_length(d -> 'exclude') > 0)::bigint AS after_failures, count(*) FILTER (WHERE d ? 'withoutCounters')::bigint AS without_counters,
      sum((d ->> 'amountFen')::bigint)::bigint AS amount
    FROM (${routesOf(ask)}) r CROSS JOIN LATERAL jsonb_array_elements(record -> 'decisions') d WHERE d ->> 'mid' IS NULL GROUP BY merchant, method`,
}

/** Successes of cards in months and on days of the report, of whom attempts of these payments were counted for. No token is shown. */
const cards: Section = {
  section: 'cards',
  zh: '用卡情况',
  en: 'Card usage',
  columns: [
    text('kind', '主体类别', 'Kind'),
    text('holder', '主体', 'Merchant or parent'),
    text('period', '周期', 'Period'),
    integer('cards', '卡数', 'Cards'),
    integer('payments', '成功笔数', 'Payments'),
    integer('most', '单卡最多', 'Most of one card'),
    integer('over', '超限卡数', 'Cards over'),
  ],
  keys: ['kind', 'holder', 'period'],
  sums: [],
  rows: (ask) => {
    const { from, to } = ask.parameters
    return `SELECT u.kind, u.holder, u.period, count(*)::bigint AS cards, sum(u.count)::bigint AS payments, max(u.count)::bigint AS most,
      (SELECT count(DISTINCT o.card_token) FROM card_over o WHERE u.kind = 'merchant' AND o.merchant = u.holder AND o.period = u.period)::bigint AS over
    FROM (SELECT 'merchant' AS kind, attempt -> 'usage' ->> 'merchant' AS holder FROM (${attemptsOf(ask)}) a WHERE attempt ? 'usage'
      UNION SELECT 'parent', jsonb_array_elements_text(attempt -> 'usage' -> 'parents') FROM (${attemptsOf(ask)}) a WHERE attempt ? 'usage') h
    JOIN card_usage u ON u.kind = h.kind AND u.holder = h.holder AND u.period BETWEEN ${literal(from.slice(0, 7))} AND ${literal(to)}
    WHERE length(u.period) = 7 OR u.period >= ${literal(from)} GROUP BY u.kind, u.holder, u.period`
  },
}

/** 路由: how payments were carried, what it cost, how near the limits are, and who got no route. Routes are in yuan. */
export const routingReport: ReportDefinition = {
  kind: 'routing',
  zh: '路由报表',
  en: 'Routing',
  scopes: ['routing', 'read.routing'],
  needs: [],
  takes: ['merchant', 'method'],
  version: 1,
  basis: 'live',
  sections: [days, parts, load, fallbacks, refusals, cards],
}
