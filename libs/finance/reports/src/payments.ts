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

/** Payments: of sealed dates many as one row, of open dates one by one. */
const sales = (dates: Dates): string => `
  SELECT business_date AS date, n::bigint AS id, event, merchant, currency, method, payments, amount_fen AS amount FROM payment_day
  WHERE ${within('business_date', dates)}
  UNION ALL
  SELECT j.business_date, j.id, j.event, coalesce(j.merchant, '') COLLATE "C", ${CURRENCY},
    coalesce(j.detail ->> 'paymentMethod', '') COLLATE "C", 1, (j.detail ->> 'amountFen')::bigint
  FROM (${entries(dates, { open: true })}) j`

/** What their offers give, by funder. */
const shares = (dates: Dates): string => `
  SELECT business_date AS date, n::bigint AS id, campaign, offer, offer_name, kind, delivery, payment_mode AS mode, partner, amount_fen AS fen
  FROM payment_share_day WHERE ${within('business_date', dates)}
  UNION ALL
  SELECT j.business_date, j.id, (o ->> 'campaign') COLLATE "C", (o ->> 'code') COLLATE "C", o ->> 'name', o ->> 'kind', o ->> 'delivery',
    o ->> 'paymentMode', (f ->> 'partner') COLLATE "C", (f ->> 'amountFen')::bigint
  FROM (${entries(dates, { open: true })}) j CROSS JOIN LATERAL jsonb_array_elements(j.detail -> 'offers') o
    CROSS JOIN LATERAL jsonb_array_elements(o -> 'funders') f`

const offerWanted = ({ parameters: { campaign, offer, partner } }: Ask): (string | false)[] => [
  equals('campaign', campaign),
  equals('offer', offer),
  equals('partner', partner),
]

const paymentWanted = ({ parameters: { merchant, method, currency } }: Ask): (string | false)[] => [
  equals('s.merchant', merchant),
  equals('s.method', method),
  equals('s.currency', currency),
]

export type ShareKey = 'campaign' | 'offer' | 'partner'

/**
 * Payments that are asked for, each once for each value of `by`; their gifts are those that are asked for: of a partner its shares. Without a condition on
 * offers, payments whose offers give nothing are there too.
 */
export function payments(ask: Ask, { by = [], dates }: { by?: readonly ShareKey[]; dates: Dates }): string {
  const wanted = offerWanted(ask)
  const all = by.length === 0 && wanted.every((one) => one === false)
  const keys = by.map((key) => `, ${key}`).join('')
  const name = by.includes('offer') ? `, (array_agg(offer_name ORDER BY offer_name COLLATE "C"))[1] AS offer_name` : ''
  const gift = (condition: string, as: string) => `, coalesce(sum(fen) FILTER (WHERE ${condition}), 0)::bigint AS ${as}`
  return `
    SELECT s.*${by.map((key) => `, g.${key}`).join('')}${by.includes('offer') ? ', g.offer_name' : ''},
      coalesce(g.discount, 0) AS discount, coalesce(g.fee_saved, 0) AS fee_saved, coalesce(g.rebate, 0) AS rebate,
      coalesce(g.prepaid, 0) AS prepaid, coalesce(g.postpaid, 0) AS postpaid
    FROM (${sales(dates)}) s ${all ? 'LEFT JOIN' : 'JOIN'} (
      SELECT date, id${keys}${name}${gift(`kind = 'amount' AND delivery = 'instant'`, 'discount')}${gift(`kind = 'fee'`, 'fee_saved')}
        ${gift(`kind = 'amount' AND delivery = 'rebate'`, 'rebate')}${gift(`mode = 'prepay'`, 'prepaid')}${gift(`mode = 'postpay'`, 'postpaid')}
      FROM (${shares(dates)}) g WHERE ${where(...wanted)} GROUP BY date, id${keys}
    ) g ON g.date = s.date AND g.id = s.id
    WHERE ${where(...paymentWanted(ask))}`
}

/** How many campaigns gave something to payments that are asked for, by date or merchant and currency. */
export function campaignCounts(ask: Ask, by: 'date' | 'merchant'): string {
  const { parameters: dates } = ask
  return `
    SELECT ${by}, currency, count(*) AS campaigns FROM (
      SELECT DISTINCT s.${by}, s.currency, g.campaign FROM (${sales(dates)}) s
        JOIN (SELECT date, id, campaign FROM (${shares(dates)}) g WHERE ${where(...offerWanted(ask))}) g ON g.date = s.date AND g.id = s.id
      WHERE ${where(`s.event = 'capture'`, ...paymentWanted(ask))}
    ) c GROUP BY ${by}, currency`
}

/** Shares of these dates with the payment they belong to, whatever else is asked for: what proofs hold against the ledger. */
export const allShares = (dates: Dates): string => `
  SELECT g.*, s.event, s.merchant, s.currency, CASE s.event WHEN 'capture' THEN 1 WHEN 'failed' THEN 0 WHEN 'unfunded' THEN 0 ELSE -1 END AS sign
  FROM (${sales(dates)}) s JOIN (${shares(dates)}) g ON g.date = s.date AND g.id = s.id`

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
