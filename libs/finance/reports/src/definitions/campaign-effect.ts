import { REASON_WORDS } from '@lijian/contracts/marketing'
import type { ReportColumn } from '@lijian/contracts/finance'
import type { Ask, ReportDefinition, Section } from '../definition'
import { literal } from '../sql'
import {
  budgetKey,
  documentOf,
  eventsOf,
  isOurs,
  ownerOf,
  refusalsOf,
  refusedOffersOf,
  usesOf,
  withoutOf,
} from './campaign-effect-sql'
import { promises } from './campaign-promises'

const integer = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'integer' })
const amount = (key: string, zh: string, en: string): ReportColumn => ({ key, zh, en, type: 'amount' })
const currency: ReportColumn = { key: 'currency', zh: '币种', en: 'Currency', type: 'text' }

/** The last dates by whose pace the budget goes on. */
const PACE_DAYS = 7
/** A forecast beyond ten years is none. */
const FORECAST_DAYS = 3650

const money: readonly ReportColumn[] = [
  amount('amount', '交易金额', 'Amount'),
  amount('average', '笔均金额', 'Average ticket'),
  amount('cost', '优惠金额', 'Cost'),
  amount('given_back', '退回优惠', 'Given back'),
  amount('net', '净优惠', 'Net cost'),
  amount('cost_per_use', '每笔成本', 'Net cost per use'),
  integer('without', '未优惠笔数', 'Answers without an offer'),
  amount('amount_without', '未优惠金额', 'Amount without'),
  amount('average_without', '未优惠笔均', 'Average ticket without'),
]
const moneySums = ['amount', 'cost', 'given_back', 'net', 'without', 'amount_without']

const FIGURES = `count(*) FILTER (WHERE event = 'capture')::bigint AS uses, count(*) FILTER (WHERE event IN ('void', 'reversal'))::bigint AS undone,
  count(*) FILTER (WHERE event = 'refund')::bigint AS refunds, count(DISTINCT merchant) FILTER (WHERE event = 'capture')::bigint AS merchants,
  coalesce(sum(amount) FILTER (WHERE event = 'capture'), 0)::bigint AS amount, coalesce(sum(cost) FILTER (WHERE event = 'capture'), 0)::bigint AS cost,
  coalesce(sum(cost) FILTER (WHERE event <> 'capture'), 0)::bigint AS given_back`
/** Of a row with uses and without: whole fen, rounded down. */
const MEANS = `coalesce(amount, 0)::bigint AS amount, amount / nullif(uses, 0) AS average, coalesce(cost, 0)::bigint AS cost,
  coalesce(given_back, 0)::bigint AS given_back, coalesce(cost - given_back, 0)::bigint AS net, (cost - given_back) / nullif(uses, 0) AS cost_per_use,
  coalesce(without, 0)::bigint AS without, coalesce(amount_without, 0)::bigint AS amount_without, amount_without / nullif(without, 0) AS average_without`

/** What the campaign gave on the last dates of the report, per currency. */
const pace = (ask: Ask): string => {
  const to = `DATE ${literal(ask.parameters.to)}`
  const dates = `j.business_date BETWEEN ${to} - ${PACE_DAYS - 1} AND ${to}`
  return `SELECT currency, sum(CASE WHEN event = 'capture' THEN cost ELSE -cost END)::bigint AS moved_fen, count(*) FILTER (WHERE event = 'capture')::bigint AS moved_uses
    FROM (${eventsOf(ask, dates)}) e GROUP BY currency`
}

/** Days until what is left is gone; null: nothing moves, or there is no such limit. */
const daysUntil = (left: string, moved: string): string =>
  `CASE WHEN ${left} <= 0 THEN 0 WHEN ${moved} > 0 THEN ceil(${left}::numeric * pace_days / ${moved}) END`

const summary: Section = {
  section: 'summary',
  zh: '汇总',
  en: 'Summary',
  columns: [
    currency,
    integer('uses', '使用笔数', 'Uses'),
    integer('undone', '撤销冲正笔数', 'Voids and reversals'),
    integer('refunds', '退款笔数', 'Refunds'),
    integer('merchants', '商户数', 'Merchants'),
    integer('payers', '参与卡数', 'Cards'),
    integer('returning_cards', '复用卡数', 'Cards that came again'),
    integer('uses_without_card', '无卡使用笔数', 'Uses without a card'),
    ...money,
    amount('budget', '预算', 'Budget'),
    amount('budget_used', '已用预算', 'Budget used'),
    amount('budget_held', '占用预算', 'Budget held'),
    amount('budget_left', '剩余预算', 'Budget left'),
    integer('uses_left', '剩余名额', 'Uses left'),
    amount('burn_per_day', '近7日日均消耗', 'Burn per day, last 7 days'),
    { key: 'ends_on', zh: '预计用尽日', en: 'Budget ends on', type: 'date' },
  ],
  keys: ['currency'],
  sums: [],
  rows: (ask) => `
    WITH figures AS (SELECT currency, ${FIGURES} FROM (${eventsOf(ask)}) e GROUP BY currency),
    cards AS (SELECT currency, count(card)::bigint AS payers, count(card) FILTER (WHERE n > 1)::bigint AS returning_cards,
        coalesce(sum(n) FILTER (WHERE card IS NULL), 0)::bigint AS uses_without_card
      FROM (SELECT currency, card, count(*) AS n FROM (${usesOf(ask)}) u GROUP BY currency, card) c GROUP BY currency),
    nothing AS (SELECT currency, sum(without)::bigint AS without, sum(amount_without)::bigint AS amount_without FROM (${withoutOf(ask)}) w GROUP BY currency),
    document AS (${documentOf(ask)}),
    budget AS (SELECT d.currency, k.limit_fen, k.used_fen, k.held_fen, k.limit_fen - k.used_fen - k.held_fen - k.over_fen AS left_fen,
        k.limit_count - k.used_count - k.held_count - k.over_count AS left_count
      FROM document d JOIN counter k ON k.key = ${budgetKey(ask)})
    SELECT currency, coalesce(uses, 0)::bigint AS uses, coalesce(undone, 0)::bigint AS undone, coalesce(refunds, 0)::bigint AS refunds,
      coalesce(merchants, 0)::bigint AS merchants, coalesce(payers, 0)::bigint AS payers, coalesce(returning_cards, 0)::bigint AS returning_cards,
      coalesce(uses_without_card, 0)::bigint AS uses_without_card, ${MEANS},
      limit_fen AS budget, used_fen AS budget_used, held_fen AS budget_held, left_fen AS budget_left, left_count AS uses_left,
      div(coalesce(moved_fen, 0), pace_days)::bigint AS burn_per_day,
      CASE WHEN days <= ${FORECAST_DAYS} THEN DATE ${literal(ask.parameters.to)} + days::integer END AS ends_on
    FROM (SELECT currency FROM document UNION SELECT currency FROM figures UNION SELECT currency FROM nothing) c LEFT JOIN figures USING (currency)
    LEFT JOIN cards USING (currency) LEFT JOIN nothing USING (currency) LEFT JOIN budget USING (currency) LEFT JOIN (${pace(ask)}) p USING (currency)
    CROSS JOIN LATERAL (SELECT coalesce((SELECT greatest(1, least(${PACE_DAYS}, DATE ${literal(ask.parameters.to)} - starts + 1)) FROM document),
      ${PACE_DAYS}) AS pace_days) q
    CROSS JOIN LATERAL (SELECT least(${daysUntil('left_fen', 'moved_fen')}, ${daysUntil('left_count', 'moved_uses')}) AS days) r`,
}

const days: Section = {
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [
    { key: 'date', zh: '业务日期', en: 'Business date', type: 'date' },
    currency,
    integer('uses', '使用笔数', 'Uses'),
    integer('payers', '参与卡数', 'Cards'),
    integer('new_cards', '新卡数', 'New cards'),
    integer('returning_cards', '回头卡数', 'Returning cards'),
    ...money,
  ],
  keys: ['date', 'currency'],
  sums: ['uses', 'new_cards', ...moneySums],
  // A card is new on the date of its first use within the range, and returning on every later date.
  rows: (ask) => `
    WITH figures AS (SELECT date, currency, ${FIGURES} FROM (${eventsOf(ask)}) e GROUP BY date, currency),
    cards AS (SELECT date, currency, count(*)::bigint AS payers, count(*) FILTER (WHERE date = first)::bigint AS new_cards,
        count(*) FILTER (WHERE date > first)::bigint AS returning_cards
      FROM (SELECT DISTINCT date, currency, card, min(date) OVER (PARTITION BY currency, card) AS first FROM (${usesOf(ask)}) u WHERE card IS NOT NULL) c
      GROUP BY date, currency)
    SELECT date, currency, coalesce(uses, 0)::bigint AS uses, coalesce(payers, 0)::bigint AS payers, coalesce(new_cards, 0)::bigint AS new_cards,
      coalesce(returning_cards, 0)::bigint AS returning_cards, ${MEANS}
    FROM figures FULL JOIN (${withoutOf(ask)}) w USING (date, currency) LEFT JOIN cards USING (date, currency)`,
  charts: (rows) => {
    const values = (key: string) => rows.map((row) => Number(row[key]))
    const categories = rows.map((row) => String(row['date']))
    return [
      {
        ...{ kind: 'line', zh: '每日净优惠', en: 'Net cost per day', type: 'amount', categories },
        series: [{ zh: '净优惠', en: 'Net cost', values: values('net') }],
      },
      {
        ...{ kind: 'bar', zh: '新卡与回头卡', en: 'New and returning cards', type: 'integer', categories },
        series: [
          { zh: '新卡', en: 'New', values: values('new_cards') },
          { zh: '回头卡', en: 'Returning', values: values('returning_cards') },
        ],
      },
    ]
  },
}

/** What a whole payment is told, and two more, where no single offer can be blamed (`refusalsOf`). */
const REFUSAL_WORDS = {
  ...REASON_WORDS,
  conditions: { zh: '条件不符', en: 'conditions not met' },
  too_little_left: { zh: '剩余额度不足', en: 'too little left of a limit' },
}
const reasonColumn: ReportColumn = { key: 'reason', zh: '原因', en: 'Reason', type: 'text', words: REFUSAL_WORDS }
const refusedColumns = [integer('payments', '笔数', 'Payments'), amount('amount', '交易金额', 'Amount')]

const refusals: Section = {
  section: 'refusals',
  zh: '未优惠原因',
  en: 'Refusals',
  columns: [reasonColumn, currency, ...refusedColumns],
  keys: ['reason', 'currency'],
  sums: ['payments', 'amount'],
  rows: (ask) =>
    `SELECT reason, currency, count(*)::bigint AS payments, sum(amount)::bigint AS amount FROM (${refusalsOf(ask)}) r GROUP BY reason, currency`,
  charts: (rows) => [
    {
      kind: 'bar',
      zh: '未优惠原因',
      en: 'Refusals by reason',
      type: 'integer',
      categories: rows.map((row) => String(row['reason'])),
      series: [{ zh: '笔数', en: 'Payments', values: rows.map((row) => Number(row['payments'])) }],
    },
  ],
}

/** Each offer of the campaign for itself: which condition or counter refused it. A payment stands in a row of each. */
const offers: Section = {
  section: 'offers',
  zh: '子活动未优惠原因',
  en: 'Refusals by offer',
  columns: [{ key: 'offer', zh: '子活动', en: 'Offer', type: 'text' }, reasonColumn, currency, ...refusedColumns],
  keys: ['offer', 'reason', 'currency'],
  sums: [],
  rows: (ask) => `SELECT offer, reason, currency, sum(payments)::bigint AS payments, sum(amount)::bigint AS amount
    FROM (${refusedOffersOf(ask)}) r GROUP BY offer, reason, currency`,
  remark: {
    zh: '只计得不到任何优惠的付款；同一付款在其商户的每个子活动各计一行，同日多次询问以最后一次为准。',
    en: 'Of payments that got no offer at all: each stands in a row of every offer at its merchant; asked again on a date, by its last answer.',
  },
}

const TAKEN_FEN = 'held_fen + used_fen + over_fen'
const TAKEN_COUNT = 'held_count + used_count + over_count'
const ppm = (taken: string, of: string) => `div((${taken})::numeric * 1000000, ${of})`

/** Counters as they stand now: of all time, of periods that begin in the dates, and of the last period that had begun by the first of them. */
const limits: Section = {
  section: 'limits',
  zh: '限额',
  en: 'Limits',
  columns: [
    { key: 'limit', zh: '限额', en: 'Limit', type: 'text' },
    { key: 'period', zh: '周期', en: 'Period', type: 'text' },
    currency,
    integer('counters', '计数器数', 'Counters'),
    integer('met', '已用尽', 'Limits met'),
    amount('limit_amount', '金额上限', 'Limit, amount'),
    amount('used', '已用金额', 'Used'),
    amount('held', '占用金额', 'Held'),
    integer('limit_count', '次数上限', 'Limit, count'),
    integer('used_count', '已用次数', 'Used, count'),
    integer('held_count', '占用次数', 'Held, count'),
    { key: 'fullest', zh: '最高使用率', en: 'Share of the fullest', type: 'rate' },
  ],
  keys: ['limit', 'period'],
  sums: [],
  rows: (ask) => `
    SELECT "limit", period, (SELECT currency FROM (${documentOf(ask)}) d) AS currency, count(*)::bigint AS counters,
      count(*) FILTER (WHERE ${TAKEN_FEN} >= limit_fen OR ${TAKEN_COUNT} >= limit_count)::bigint AS met, max(limit_fen) AS limit_amount,
      sum(used_fen)::bigint AS used, sum(held_fen)::bigint AS held, max(limit_count) AS limit_count, sum(used_count)::bigint AS used_count,
      sum(held_count)::bigint AS held_count, max(greatest(${ppm(TAKEN_FEN, 'limit_fen')}, ${ppm(TAKEN_COUNT, 'limit_count')}))::bigint AS fullest
    FROM (SELECT k.*, max(period) FILTER (WHERE period <= ${literal(ask.parameters.from)}) OVER (PARTITION BY "limit") AS before
      FROM (SELECT *, ${ownerOf('key')} AS "limit", regexp_replace(key, '^.*[|]', '') COLLATE "C" AS period FROM counter WHERE ${isOurs('key', ask)}) k) k
    WHERE period = 'total' OR period = before OR (period > ${literal(ask.parameters.from)} AND period <= ${literal(ask.parameters.to)})
    GROUP BY "limit", period`,
}

/** 活动效果: what a campaign gave to whom, what it cost, how long its budget lasts, and why others got nothing. */
export const campaignEffectReport: ReportDefinition = {
  kind: 'campaign-effect',
  zh: '活动效果报表',
  en: 'Effect of a campaign',
  scopes: ['finance', 'read.marketing', 'campaigns.make', 'campaigns.check'],
  needs: ['campaign'],
  takes: ['offer'],
  version: 3,
  basis: 'live',
  sections: [summary, days, refusals, offers, limits, promises],
  proofs: (ask) => `
    SELECT 'given by ' || ${literal(ask.parameters.campaign ?? '')} || ', borne by its funders, ' || currency AS what,
      sum(CASE WHEN event = 'capture' THEN cost ELSE -cost END)::bigint AS ours, sum(CASE WHEN event = 'capture' THEN borne ELSE -borne END)::bigint AS ledger
    FROM (${eventsOf(ask)}) e GROUP BY currency`,
}
