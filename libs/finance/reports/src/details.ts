import { readable } from '@lijian/contracts/text'
import { BUSINESS_DATE, CURRENCY_CODE, EVENT, integerColumn, textColumn } from './columns'
import type { ReportColumn } from '@lijian/contracts/finance'
import type { Ask } from './definition'
import {
  CAMPAIGN,
  columnsOf,
  GIVEN,
  MERCHANT,
  MERCHANT_NAME,
  METHOD,
  NET_GIFTS,
  NOT_POSTED,
  OFFER,
  OFFER_NAME,
  RETURNED as RETURNED_FIGURES,
  type Figure,
} from './figures'
import { entries, RETURNS } from './payments'
import { CURRENCY, equals, where } from './sql'

const CAPTURED = `e.event = 'capture'`
const RETURNED = `e.event IN ${RETURNS}`
const FIRST = 'coalesce(o.part, 1) = 1'
const only = (fen: string, ...conditions: string[]) =>
  `CASE WHEN ${conditions.map((one) => `(${one})`).join(' AND ')} THEN coalesce(${fen}, 0) ELSE 0 END::bigint`
/** Each is a figure of the sections in groups under the same key, so that its sum is the same. */
const AMOUNTS: Readonly<Record<string, string>> = {
  amount: only('e.amount', CAPTURED, FIRST),
  discount: only('o.fen', CAPTURED, `o.kind = 'amount' AND o.delivery = 'instant'`),
  fee_saved: only('o.fen', CAPTURED, `o.kind = 'fee'`),
  rebate: only('o.fen', CAPTURED, `o.kind = 'amount' AND o.delivery = 'rebate'`),
  returned: only('e.amount', RETURNED, FIRST),
  gifts_returned: only('o.fen', RETURNED),
  net: `${only('o.fen', CAPTURED)} - ${only('o.fen', RETURNED)}`,
  failed_amount: only('e.amount', `e.event = 'failed'`, FIRST),
  unfunded_amount: only('e.amount', `e.event = 'unfunded'`, FIRST),
  unfunded_gifts: only('o.fen', `e.event = 'unfunded'`),
}
const selected = Object.entries(AMOUNTS).map(([key, sql]) => `${sql} AS ${key}`)

/** One row for each offer of each payment; the payment's own amount stands with the first of them only, so that sums are right. */
export function details(ask: Ask, { events, mode }: { events?: string; mode?: 'prepay' | 'postpay' } = {}): string {
  const { parameters } = ask
  const { merchant, method, currency, campaign, offer, partner } = parameters
  const wanted = [
    equals(`o ->> 'campaign'`, campaign),
    equals(`o ->> 'code'`, offer),
    equals(`o ->> 'paymentMode'`, mode),
  ]
  const shares = equals(`f ->> 'partner'`, partner)
  const all = [...wanted, shares].every((one) => one === false)
  return `
    SELECT e.business_date AS date, e.event, abs(e.id) AS entry, coalesce(o.part, 1) AS part, (e.detail ->> 'at')::timestamptz AS at, e.client, e.serial,
      coalesce(e.original_serial, '') AS original_serial, e.shop AS merchant, coalesce(d.name, ${readable('m.document')} ->> 'name', '') AS merchant_name, e.currency, e.method,
      coalesce(o.campaign, '') AS campaign, coalesce(o.offer, '') AS offer, coalesce(o.offer_name, '') AS offer_name, coalesce(o.mode, '') AS mode,
      ${selected.join(',\n      ')}
    FROM (
      SELECT j.*, coalesce(j.merchant, '') COLLATE "C" AS shop, ${CURRENCY} AS currency, coalesce(j.detail ->> 'paymentMethod', '') AS method,
        (j.detail ->> 'amountFen')::bigint AS amount FROM (${entries(parameters, { open: false })}) j
    ) e ${all ? 'LEFT JOIN' : 'JOIN'} LATERAL (
      SELECT row_number() OVER (ORDER BY w.n) AS part, w.o ->> 'campaign' AS campaign, w.o ->> 'code' AS offer, w.o ->> 'name' AS offer_name,
        w.o ->> 'kind' AS kind, w.o ->> 'delivery' AS delivery, w.o ->> 'paymentMode' AS mode, w.fen
      FROM (
        SELECT o, n, (SELECT sum((f ->> 'amountFen')::bigint) FROM jsonb_array_elements(o -> 'funders') f WHERE ${where(shares)}) AS fen
        FROM jsonb_array_elements(e.detail -> 'offers') WITH ORDINALITY AS x (o, n) WHERE ${where(...wanted)}
      ) w WHERE w.fen IS NOT NULL
    ) o ON true
    LEFT JOIN merchant_day d ON d.business_date = e.business_date AND d.merchant = e.shop LEFT JOIN merchant m ON m.id = e.shop
    WHERE ${where(
      equals('e.shop', merchant),
      equals('e.method', method),
      equals('e.currency', currency),
      events !== undefined && `e.event IN ${events}`,
    )}`
}

export const DETAIL_KEYS = ['date', 'event', 'entry', 'part']
export const DETAIL_COLUMNS: readonly ReportColumn[] = [
  BUSINESS_DATE,
  EVENT,
  integerColumn('entry', '账务编号', 'Entry'),
  integerColumn('part', '序号', 'Part'),
  { key: 'at', zh: '交易时间', en: 'Time', type: 'instant' },
  textColumn('client', '交易系统', 'Client'),
  textColumn('serial', '流水号', 'Serial'),
  textColumn('original_serial', '原流水号', 'Original serial'),
  MERCHANT,
  MERCHANT_NAME,
  CURRENCY_CODE,
  METHOD,
  CAMPAIGN,
  OFFER,
  OFFER_NAME,
]
const amountsOf = (figures: readonly Figure[]) => columnsOf(figures).filter(({ key }) => key in AMOUNTS)
export const DETAIL_AMOUNTS: readonly ReportColumn[] = amountsOf([...GIVEN, ...RETURNED_FIGURES, NET_GIFTS])
export const DETAIL_NOT_POSTED: readonly ReportColumn[] = amountsOf(NOT_POSTED)
