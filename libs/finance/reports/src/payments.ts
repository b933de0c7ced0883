import { readable } from '@lijian/contracts/text'
import { escapeLiteral } from 'pg'
import type { Ask } from './definition'
import { CURRENCY, equals, PAYMENT_EVENTS, where } from './sql'

/** First and last business date. */
export interface Dates {
  from: string
  to: string
}

const DAY_MS = 86_400_000
const movedBy = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

/** As many dates, just before. */
export function datesBefore({ from, to }: Dates): Dates {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return { from: movedBy(from, -days), to: movedBy(from, -1) }
}

const within = (column: string, { from, to }: Dates): string =>
  `${column} BETWEEN DATE ${escapeLiteral(from)} AND DATE ${escapeLiteral(to)}`

/** The last sealed date: up to it roll-ups stand for the journal. */
export const SEALED = `(SELECT coalesce(max(business_date), '-infinity') FROM journal_seal)`
/** What came back, and what never was. */
export const RETURNS = `('void', 'reversal', 'refund')`

/** Journal rows of payments and results that posted nothing, as j; the ids of the latter are below 0. */
export const entries = (dates: Dates, { open }: { open: boolean }): string => `
  SELECT business_date, id, event, client, serial, original_serial, merchant, clearing_system, detail FROM journal
  WHERE ${within('business_date', dates)} AND event IN ${PAYMENT_EVENTS} AND client NOT LIKE '@%'${open ? ` AND business_date > ${SEALED}` : ''}
  UNION ALL
  SELECT business_date, -id, event, client, serial, NULL, merchant, clearing_system, detail FROM unposted_result
  WHERE ${within('business_date', dates)}${open ? ` AND business_date > ${SEALED}` : ''}`

/** What an offer gives, by the columns of a share. */
const GIFTS = {
  discount: `kind = 'amount' AND delivery = 'instant'`,
  fee_saved: `kind = 'fee'`,
  rebate: `kind = 'amount' AND delivery = 'rebate'`,
  prepaid: `mode = 'prepay'`,
  postpaid: `mode = 'postpay'`,
}
/** What can be added up over payments. */
export const MEASURES: readonly string[] = ['payments', 'amount', ...Object.keys(GIFTS)]

const OPEN_PAYMENT = `j.event, coalesce(j.merchant, '') COLLATE "C" AS merchant, ${CURRENCY} AS currency, coalesce(j.detail ->> 'paymentMethod', '') COLLATE "C" AS method`

/** Payments with what all their offers give: of sealed dates many as one row, of open dates one by one. */
const sales = (dates: Dates): string => `
  SELECT business_date AS date, event, merchant, currency, method, payments, amount_fen AS amount,
    discount_fen AS discount, fee_saved_fen AS fee_saved, rebate_fen AS rebate, prepaid_fen AS prepaid, postpaid_fen AS postpaid
  FROM payment_day WHERE ${within('business_date', dates)}
  UNION ALL
  SELECT j.business_date, ${OPEN_PAYMENT}, 1, (j.detail ->> 'amountFen')::bigint, g.* FROM (${entries(dates, { open: true })}) j CROSS JOIN LATERAL (
    SELECT ${Object.values(GIFTS)
      .map((condition) => `coalesce(sum(fen) FILTER (WHERE ${condition}), 0)::bigint`)
      .join(', ')} FROM (
      SELECT o ->> 'kind' AS kind, o ->> 'delivery' AS delivery, o ->> 'paymentMode' AS mode, (f ->> 'amountFen')::bigint AS fen
      FROM jsonb_array_elements(j.detail -> 'offers') o CROSS JOIN LATERAL jsonb_array_elements(o -> 'funders') f
    ) s
  ) g`

export type ShareKey = 'campaign' | 'offer' | 'partner'
const SHARE_KEYS: readonly ShareKey[] = ['campaign', 'offer', 'partner']

/** As column `firsts` of `payment_share_day` has it: the bit of a set of keys. */
const firstBit = (keys: ReadonlySet<ShareKey>): number =>
  1 << SHARE_KEYS.reduce((set, key, bit) => set + (keys.has(key) ? 1 << bit : 0), 0)

/** What offers give, by funder, each with its payment; the payment and its amount count once for the same values of `keys`. */
function shares(dates: Dates, keys: ReadonlySet<ShareKey>): string {
  const same = SHARE_KEYS.filter((key) => keys.has(key)).join(', ')
  const once = (value: string) => `CASE WHEN firsts & ${firstBit(keys)} <> 0 THEN ${value} ELSE 0 END`
  return `
    SELECT business_date AS date, event, merchant, currency, method, ${once('payments')} AS payments, ${once('paid_fen')} AS amount,
      campaign, offer, offer_name, kind, delivery, payment_mode AS mode, partner, amount_fen AS fen
    FROM payment_share_day WHERE ${within('business_date', dates)}
    UNION ALL
    SELECT j.business_date, ${OPEN_PAYMENT}, CASE WHEN g.nth = 1 THEN 1 ELSE 0 END, CASE WHEN g.nth = 1 THEN (j.detail ->> 'amountFen')::bigint ELSE 0 END,
      g.campaign, g.offer, g.offer_name, g.kind, g.delivery, g.mode, g.partner, g.fen
    FROM (${entries(dates, { open: true })}) j CROSS JOIN LATERAL (
      SELECT s.*, row_number() OVER (${same === '' ? '' : `PARTITION BY ${same}`}) AS nth FROM (
        SELECT (o ->> 'campaign') COLLATE "C" AS campaign, (o ->> 'code') COLLATE "C" AS offer, o ->> 'name' AS offer_name, o ->> 'kind' AS kind,
          o ->> 'delivery' AS delivery, o ->> 'paymentMode' AS mode, (f ->> 'partner') COLLATE "C" AS partner, (f ->> 'amountFen')::bigint AS fen
        FROM jsonb_array_elements(j.detail -> 'offers') o CROSS JOIN LATERAL jsonb_array_elements(o -> 'funders') f
      ) s
    ) g`
}

const offerWanted = ({ parameters: { campaign, offer, partner } }: Ask): (string | false)[] => [
  equals('campaign', campaign),
  equals('offer', offer),
  equals('partner', partner),
]

const paymentWanted = ({ parameters: { merchant, method, currency } }: Ask): (string | false)[] => [
  equals('merchant', merchant),
  equals('method', method),
  equals('currency', currency),
]

/**
 * Payments that are asked for, each once for each value of `by`; their gifts are those that are asked for: of a partner its shares. Without a condition on
 * offers, payments whose offers give nothing are there too.
 */
export function payments(ask: Ask, { by = [], dates }: { by?: readonly ShareKey[]; dates: Dates }): string {
  const keys = new Set([...by, ...SHARE_KEYS.filter((key) => ask.parameters[key] !== undefined)])
  if (keys.size === 0) return `SELECT * FROM (${sales(dates)}) s WHERE ${where(...paymentWanted(ask))}`
  const gifts = Object.entries(GIFTS).map(([as, condition]) => `CASE WHEN ${condition} THEN fen ELSE 0 END AS ${as}`)
  return `
    SELECT date, event, merchant, currency, method, payments, amount, campaign, offer, offer_name, partner, ${gifts.join(', ')}
    FROM (${shares(dates, keys)}) s WHERE ${where(...paymentWanted(ask), ...offerWanted(ask))}`
}

/** How many campaigns gave something to payments that are asked for, by date or merchant and currency. */
export function campaignCounts(ask: Ask, by: 'date' | 'merchant'): string {
  return `
    SELECT ${by}, currency, count(*) AS campaigns FROM (
      SELECT DISTINCT ${by}, currency, campaign FROM (${payments(ask, { by: ['campaign'], dates: ask.parameters })}) s WHERE event = 'capture'
    ) c GROUP BY ${by}, currency`
}

/** Shares of these dates with the payment they belong to, whatever else is asked for: what proofs hold against the ledger. */
export const allShares = (dates: Dates): string => `
  SELECT s.*, CASE s.event WHEN 'capture' THEN 1 WHEN 'failed' THEN 0 WHEN 'unfunded' THEN 0 ELSE -1 END AS sign
  FROM (${shares(dates, new Set(SHARE_KEYS))}) s`

/** What payments have posted, by account: credits negative. Of sealed dates as the seal added it up. */
export const posted = (dates: Dates): string => `
  SELECT account, sum(fen)::bigint AS fen FROM (
    SELECT account, fen FROM payment_posting_day WHERE ${within('business_date', dates)}
    UNION ALL
    SELECT l.account COLLATE "C", l.fen FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
    WHERE ${within('j.business_date', dates)} AND j.business_date > ${SEALED} AND j.event IN ${PAYMENT_EVENTS} AND j.client NOT LIKE '@%'
  ) p GROUP BY account`

const READABLE = readable('document')

/** A name and a region for each merchant: as they were at the last seal, or today's while a date of the report is open. */
export const merchantNames = (dates: Dates): string => `
  SELECT DISTINCT ON (merchant) merchant, name, region FROM (
    SELECT business_date, merchant, name, region FROM merchant_day WHERE ${within('business_date', dates)}
    UNION ALL
    SELECT 'infinity', id COLLATE "C", ${READABLE} ->> 'name', coalesce(${READABLE} ->> 'region', '') FROM merchant
    WHERE DATE ${escapeLiteral(dates.to)} > ${SEALED}
  ) m ORDER BY merchant, business_date DESC`
