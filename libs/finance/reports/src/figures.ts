import type { ReportColumn } from '@lijian/contracts/finance'
import { amountColumn, integerColumn, textColumn } from './columns'
import type { Ask, Section } from './definition'
import { datesBefore, MEASURES, payments, RETURNS, type ShareKey } from './payments'

export const MERCHANT = textColumn('merchant', '商户', 'Merchant')
export const MERCHANT_NAME = textColumn('merchant_name', '商户名称', 'Merchant name')
export const CAMPAIGN = textColumn('campaign', '活动', 'Campaign')
export const OFFER = textColumn('offer', '优惠', 'Offer')
export const OFFER_NAME = textColumn('offer_name', '优惠名称', 'Offer name')
export const METHOD = textColumn('method', '支付方式', 'Method')

/** A figure of a group of payments: its column, and its sum over rows of `payments`. */
export interface Figure {
  column: ReportColumn
  sql: string
}

const sum = (of: string, condition: string): string => `coalesce(sum(${of}) FILTER (WHERE ${condition}), 0)::bigint`
const captured = `event = 'capture'`
const returned = `event IN ${RETURNS}`
const GIFTS = 'discount + fee_saved + rebate'
export const NET = `CASE WHEN ${captured} THEN 1 WHEN ${returned} THEN -1 ELSE 0 END`

export const GIVEN: readonly Figure[] = [
  { column: integerColumn('payments', '成功笔数', 'Payments'), sql: sum('payments', captured) },
  { column: amountColumn('amount', '交易金额', 'Amount'), sql: sum('amount', captured) },
  { column: amountColumn('discount', '立减金额', 'Discount'), sql: sum('discount', captured) },
  { column: amountColumn('fee_saved', '减免手续费', 'Fee saved'), sql: sum('fee_saved', captured) },
  { column: amountColumn('rebate', '返现金额', 'Rebates'), sql: sum('rebate', captured) },
]
export const RETURNED: readonly Figure[] = [
  { column: integerColumn('undone', '撤销冲正笔数', 'Voids and reversals'), sql: sum('payments', `event IN ('void', 'reversal')`) }, // prettier-ignore
  { column: integerColumn('refunds', '退款笔数', 'Refunds'), sql: sum('payments', `event = 'refund'`) },
  { column: amountColumn('returned', '退回交易金额', 'Amount returned'), sql: sum('amount', returned) },
  { column: amountColumn('gifts_returned', '退回优惠金额', 'Offers returned'), sql: sum(GIFTS, returned) },
]
export const NOT_POSTED: readonly Figure[] = [
  { column: integerColumn('failed', '失败笔数', 'Failed'), sql: sum('payments', `event = 'failed'`) },
  { column: amountColumn('failed_amount', '失败金额', 'Amount failed'), sql: sum('amount', `event = 'failed'`) },
  { column: integerColumn('unfunded', '未获资金笔数', 'Unfunded'), sql: sum('payments', `event = 'unfunded'`) },
  {
    column: amountColumn('unfunded_amount', '未获资金交易金额', 'Amount unfunded'),
    sql: sum('amount', `event = 'unfunded'`),
  },
  {
    column: amountColumn('unfunded_gifts', '未获资金优惠金额', 'Offers unfunded'),
    sql: sum(GIFTS, `event = 'unfunded'`),
  },
]
/** Given less returned: what the ledger says. */
export const NET_GIFTS: Figure = {
  column: amountColumn('net', '优惠净额', 'Offers, net'),
  sql: `coalesce(sum((${NET}) * (${GIFTS})), 0)::bigint`,
}

export const columnsOf = (figures: readonly Figure[]): ReportColumn[] => figures.map(({ column }) => column)
const selected = (figures: readonly Figure[]): string =>
  figures.map(({ column, sql }) => `${sql} AS ${column.key}`).join(', ')

/** A section of payments in groups. */
export interface Groups {
  section: string
  zh: string
  en: string
  columns: readonly ReportColumn[]
  /** Columns of `payments` that make a group, with the currency. */
  by: readonly ('date' | 'merchant' | 'method' | ShareKey)[]
  figures: readonly Figure[]
  /** A rank by amount, and the change against as many dates before. */
  compared?: boolean
  /** More columns and joins, over the groups g. */
  more?: (ask: Ask) => { select: string; join: string }
  /** Extra aggregates of a group, over rows that are one for each event and value of `apart`. */
  aggregates?: { sql: string; apart: readonly string[] }
  charts?: Section['charts']
}

const SHARE_KEYS: readonly string[] = ['campaign', 'offer', 'partner']
const added = MEASURES.map((of) => `sum(${of})::bigint AS ${of}`).join(', ')
const NO_MORE = { sql: '', apart: [] }

/** As it was on the last date. */
export const LAST_OFFER_NAME = {
  sql: `, (array_agg(offer_name ORDER BY date DESC, offer_name COLLATE "C"))[1] AS offer_name`,
  apart: ['date', 'offer_name'],
}

export function groups({
  by,
  figures,
  compared = false,
  more,
  aggregates = NO_MORE,
  charts,
  ...section
}: Groups): Section {
  const shareKeys = by.filter((key): key is ShareKey => SHARE_KEYS.includes(key))
  const keys = [...by, 'currency']
  return {
    section: section.section,
    zh: section.zh,
    en: section.en,
    columns: [...section.columns, ...columnsOf(figures), ...(compared ? COMPARED : [])],
    keys,
    grouped: true,
    sums: columnsOf(figures).map(({ key }) => key),
    rows: (ask) => {
      const extra = more?.(ask) ?? { select: '', join: '' }
      const apart = [...keys, 'event', ...aggregates.apart.filter((key) => !keys.includes(key))].join(', ')
      const asked = payments(ask, { by: shareKeys, dates: ask.parameters })
      // First few sums over many rows, then the many figures over few. Of a merchant's day there are few from the first.
      const events = isFine(by) ? asked : `SELECT ${apart}, ${added} FROM (${asked}) p GROUP BY ${apart}`
      const rows = `SELECT ${keys.join(', ')}${aggregates.sql}, ${selected(figures)} FROM (${events}) e GROUP BY ${keys.join(', ')}`
      if (!compared) return `SELECT g.*${extra.select} FROM (${rows}) g ${extra.join}`
      const earlier = datesBefore(ask.parameters)
      const before = `SELECT ${keys.join(', ')}, sum(amount)::bigint AS amount_before FROM (${payments(ask, { by: shareKeys, dates: earlier })}) p
        WHERE ${captured} GROUP BY ${keys.join(', ')}`
      return `SELECT g.*${extra.select}, rank() OVER (PARTITION BY g.currency ORDER BY g.amount DESC) AS place, coalesce(b.amount_before, 0) AS amount_before,
          CASE WHEN b.amount_before > 0 THEN round((g.amount - b.amount_before)::numeric * 1000000 / b.amount_before)::bigint END AS change
        FROM (${rows}) g LEFT JOIN (${before}) b USING (${keys.join(', ')}) ${extra.join}`
    },
    ...(shareKeys.length === 0 ? {} : { remark: COUNTED_IN_EACH }),
    ...(charts === undefined ? {} : { charts }),
  }
}

const isFine = (by: readonly string[]) => by.includes('date') && by.includes('merchant')

/** Rows of campaigns, offers and funders overlap: their sums are greater than what merchants took. */
const COUNTED_IN_EACH = {
  zh: '一笔交易有几项优惠或几个出资方时，在其每一行各计一次；合计为各行之和，笔数与交易金额可大于按商户的合计。',
  en: 'A payment with several offers or funders counts in a row of each. Totals add up the rows, so counts and amounts may exceed those of merchants.',
}

const COMPARED: readonly ReportColumn[] = [
  integerColumn('place', '排名', 'Rank'),
  amountColumn('amount_before', '上期交易金额', 'Amount of the period before'),
  { key: 'change', zh: '环比', en: 'Change', type: 'rate' },
]

/** The greatest as bars. */
export const bars =
  (key: string, of: { column: ReportColumn }, zh: string, en: string): NonNullable<Section['charts']> =>
  (rows) => {
    const shown = [...rows].sort((a, b) => Number(b[of.column.key]) - Number(a[of.column.key])).slice(0, 10)
    return [
      {
        kind: 'bar',
        zh,
        en,
        type: of.column.type,
        categories: shown.map((row) => String(row[key])),
        series: [{ zh: of.column.zh, en: of.column.en, values: shown.map((row) => Number(row[of.column.key])) }],
      },
    ]
  }
