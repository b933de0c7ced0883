import type { ReportColumn } from '@lijian/contracts/finance'
import type { Ask, ReportDefinition, Section } from '../definition'
import { CURRENCY, equals, inDates, literal, PAYMENT_EVENTS, SIGN, where } from '../sql'

const offerText = (key: string) => `coalesce(o.offer ->> '${key}', '')`
const offerFen = (condition: string) =>
  `CASE WHEN ${condition} THEN (o.offer ->> 'discountFen')::bigint * ${SIGN} ELSE 0 END`
const IS_AMOUNT = `o.offer ->> 'kind' = 'amount' AND o.offer ->> 'delivery' = 'instant'`
const IS_FEE = `o.offer ->> 'kind' = 'fee'`
const IS_REBATE = `o.offer ->> 'kind' = 'amount' AND o.offer ->> 'delivery' = 'rebate'`

/** One row per payment event and offer; the payment's own amount stands with its first offer only, so that sums are right. */
const events = ({ parameters }: Ask): string => `
  SELECT j.business_date AS date, j.id, o.n, j.event, j.client, j.serial, coalesce(j.original_serial, '') AS original_serial,
    coalesce(j.merchant, '') AS merchant, ${CURRENCY} AS currency, coalesce(j.detail ->> 'paymentMethod', '') AS method, j.detail ->> 'at' AS at,
    ${offerText('campaign')} AS campaign, ${offerText('code')} AS offer, ${offerText('name')} AS offer_name,
    CASE WHEN o.n = 1 THEN 1 ELSE 0 END AS counts, CASE WHEN o.n = 1 THEN (j.detail ->> 'amountFen')::bigint * ${SIGN} ELSE 0 END AS amount,
    ${offerFen(IS_AMOUNT)} AS discount, ${offerFen(IS_FEE)} AS fee_saved, ${offerFen(IS_REBATE)} AS rebate
  FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail -> 'offers') WITH ORDINALITY o (offer, n)
  WHERE ${where(
    inDates('j.business_date', parameters),
    `j.event IN ${PAYMENT_EVENTS}`,
    equals('j.merchant', parameters.merchant),
    equals(`j.detail ->> 'paymentMethod'`, parameters.method),
    equals(`o.offer ->> 'campaign'`, parameters.campaign),
    equals(`o.offer ->> 'code'`, parameters.offer),
    equals(CURRENCY, parameters.currency),
    parameters.partner !== undefined &&
      `o.offer -> 'funders' @> jsonb_build_array(jsonb_build_object('partner', ${literal(parameters.partner)}))`,
  )}`

const FIGURES = `count(*) FILTER (WHERE event = 'capture' AND counts = 1)::bigint AS payments,
  coalesce(sum(amount) FILTER (WHERE event = 'capture'), 0)::bigint AS amount, sum(discount)::bigint AS discount, sum(fee_saved)::bigint AS fee_saved,
  sum(rebate)::bigint AS rebate, count(*) FILTER (WHERE event <> 'capture' AND counts = 1)::bigint AS returns,
  coalesce(-sum(amount) FILTER (WHERE event <> 'capture'), 0)::bigint AS returned`

const figureColumns: readonly ReportColumn[] = [
  { key: 'payments', zh: '成功笔数', en: 'Payments', type: 'integer' },
  { key: 'amount', zh: '交易金额', en: 'Amount', type: 'amount' },
  { key: 'discount', zh: '立减金额', en: 'Discount', type: 'amount' },
  { key: 'fee_saved', zh: '减免手续费', en: 'Fee saved', type: 'amount' },
  { key: 'rebate', zh: '返现金额', en: 'Rebates', type: 'amount' },
  { key: 'returns', zh: '撤销退款笔数', en: 'Returns', type: 'integer' },
  { key: 'returned', zh: '撤销退款金额', en: 'Returned', type: 'amount' },
]
const sums = figureColumns.map(({ key }) => key)
const date: ReportColumn = { key: 'date', zh: '业务日期', en: 'Business date', type: 'date' }
const currency: ReportColumn = { key: 'currency', zh: '币种', en: 'Currency', type: 'text' }
const merchant: ReportColumn = { key: 'merchant', zh: '商户', en: 'Merchant', type: 'text' }

const days: Section = {
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [date, currency, { key: 'merchants', zh: '参与商户数', en: 'Merchants', type: 'integer' }, ...figureColumns],
  keys: ['date', 'currency'],
  sums,
  rows: (ask) =>
    `SELECT date, currency, count(DISTINCT merchant)::bigint AS merchants, ${FIGURES} FROM (${events(ask)}) e GROUP BY date, currency`,
  charts: (rows) => [
    {
      kind: 'line',
      zh: '每日立减金额',
      en: 'Discount per day',
      type: 'amount',
      categories: rows.map((row) => String(row['date'])),
      series: [{ zh: '立减金额', en: 'Discount', values: rows.map((row) => Number(row['discount'])) }],
    },
  ],
}

const merchants: Section = {
  section: 'merchants',
  zh: '按商户',
  en: 'Merchants',
  columns: [merchant, currency, ...figureColumns],
  keys: ['merchant', 'currency'],
  sums,
  rows: (ask) => `SELECT merchant, currency, ${FIGURES} FROM (${events(ask)}) e GROUP BY merchant, currency`,
}

const details: Section = {
  section: 'details',
  zh: '明细',
  en: 'Details',
  columns: [
    date,
    { key: 'entry', zh: '账务编号', en: 'Entry', type: 'integer' },
    { key: 'part', zh: '序号', en: 'Part', type: 'integer' },
    { key: 'at', zh: '交易时间', en: 'Time', type: 'instant' },
    { key: 'event', zh: '事件', en: 'Event', type: 'text' },
    { key: 'client', zh: '交易系统', en: 'Client', type: 'text' },
    { key: 'serial', zh: '流水号', en: 'Serial', type: 'text' },
    { key: 'original_serial', zh: '原流水号', en: 'Original serial', type: 'text' },
    merchant,
    currency,
    { key: 'method', zh: '支付方式', en: 'Method', type: 'text' },
    { key: 'campaign', zh: '活动', en: 'Campaign', type: 'text' },
    { key: 'offer_name', zh: '优惠', en: 'Offer', type: 'text' },
    { key: 'amount', zh: '交易金额', en: 'Amount', type: 'amount' },
    { key: 'discount', zh: '立减金额', en: 'Discount', type: 'amount' },
    { key: 'fee_saved', zh: '减免手续费', en: 'Fee saved', type: 'amount' },
    { key: 'rebate', zh: '返现金额', en: 'Rebates', type: 'amount' },
  ],
  keys: ['date', 'entry', 'part'],
  sums: ['amount', 'discount', 'fee_saved', 'rebate'],
  rows: (
    ask,
  ) => `SELECT date, id AS entry, n AS part, at::timestamptz AS at, event, client, serial, original_serial, merchant, currency,
    method, campaign, offer_name, amount, discount, fee_saved, rebate FROM (${events(ask)}) e`,
}

/** 商户报表: what merchants took part in, and what they got. */
export const merchantReport: ReportDefinition = {
  kind: 'merchant',
  zh: '商户报表',
  en: 'Merchants',
  scopes: ['finance', 'read'],
  needs: [],
  takes: ['merchant', 'partner', 'campaign', 'offer', 'method', 'currency'],
  version: 1,
  basis: 'books',
  sections: [days, merchants, details],
}
