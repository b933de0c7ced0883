import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { readable } from '@lijian/contracts/text'
import type { Ask } from '../definition'
import { dateOf, inInstants } from '../instants'
import { CURRENCY, equals, inDates, literal, PAYMENT_EVENTS, where } from '../sql'

/** The campaign of the report, and one offer of it if it is asked for. */
const about = ({ parameters: { campaign = '', offer } }: Ask) => ({ campaign, offer })

/** The document in force, else the newest. */
export const documentOf = (ask: Ask): string => `
  SELECT d, coalesce(d ->> 'currency', ${literal(DEFAULT_CURRENCY)}) AS currency, (d ->> 'from')::date AS starts FROM (
    SELECT ${readable('v.document')} AS d FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = coalesce(c.live_version, c.latest_version)
    WHERE c.code = ${literal(about(ask).campaign)}) document`

/** A payment event that gave something of the campaign, or took it back: a row each. `cost` is what the offers gave, `borne` what funders bear of it. */
export function eventsOf(ask: Ask, dates = inDates('j.business_date', ask.parameters)): string {
  const { campaign, offer } = about(ask)
  const mine = where(equals(`o ->> 'campaign'`, campaign), equals(`o ->> 'code'`, offer))
  return `
  SELECT j.business_date AS date, ${CURRENCY} AS currency, j.event, j.client, j.serial, j.merchant, (j.detail ->> 'amountFen')::bigint AS amount, g.cost, g.borne
  FROM journal j CROSS JOIN LATERAL (
    SELECT sum((o ->> 'discountFen')::bigint)::bigint AS cost,
      sum((SELECT sum((f ->> 'amountFen')::bigint) FROM jsonb_array_elements(o -> 'funders') f))::bigint AS borne
    FROM jsonb_array_elements(j.detail -> 'offers') o WHERE ${mine}) g
  WHERE ${dates} AND j.event IN ${PAYMENT_EVENTS} AND g.cost IS NOT NULL`
}

/** Of the transaction of a row by its key: a lookup each, where PostgreSQL would hash the transactions of all months for a join. */
const ofTransaction = (value: string, row: string): string =>
  `(SELECT ${value} FROM marketing_transaction t WHERE t.client = ${row}.client AND t.serial = ${row}.serial LIMIT 1)`

/** Captures with the token of their card; the journal itself holds nothing personal. */
export const usesOf = (ask: Ask): string => `
  SELECT e.*, ${ofTransaction(`t.record -> 'facts' ->> 'cardToken'`, 'e')} AS card FROM (${eventsOf(ask)}) e WHERE e.event = 'capture'`

/**
 * Payments that were answered without an offer, each once, by its last answer: from the decision log, and rows that hold nothing. One that got an
 * offer under the same serial later is none of them.
 */
export const answersOf = (ask: Ask): string => `
  SELECT DISTINCT ON (a.client, a.serial) a.*, ${dateOf('a.at', ask)} AS date FROM (
    SELECT l.client, l.serial, l.answered_at AS at, l.merchant, coalesce(l.d -> 'facts' ->> 'currency', ${literal(DEFAULT_CURRENCY)}) AS currency,
      (l.d ->> 'amountFen')::bigint AS amount, coalesce(l.d ->> 'because', '') AS because, l.d -> 'basis' AS basis, 1 AS logged, l.id
    FROM (SELECT client, serial, answered_at, id, merchant, ${readable('decision')} AS d FROM decision_log WHERE ${inInstants('answered_at', ask)}) l
    UNION ALL
    SELECT client, serial, created_at, merchant, coalesce(record -> 'facts' ->> 'currency', ${literal(DEFAULT_CURRENCY)}), amount_fen,
      record ->> 'emptyBecause', NULL, 0, NULL
    FROM marketing_transaction
    WHERE ${inInstants('created_at', ask)} AND state = 'no_offer' AND record ->> 'emptyBecause' IN ('deadline', 'offers_released')) a
  WHERE coalesce(${ofTransaction('t.state', 'a')}, 'no_offer') = 'no_offer'
  ORDER BY a.client, a.serial, a.logged DESC, a.at DESC, a.id DESC`

/** Answers without an offer at merchants where the campaign was used in the same dates; a payment that was undone before it was asked about is no ticket. */
export const withoutOf = (ask: Ask): string => `
  SELECT a.date, a.currency, count(*)::bigint AS without, sum(a.amount)::bigint AS amount_without FROM (${answersOf(ask)}) a
  WHERE a.because <> 'reversed_before' AND a.merchant = ANY (ARRAY(SELECT DISTINCT merchant FROM (${eventsOf(ask)}) e WHERE e.event = 'capture')) GROUP BY a.date, a.currency`

/** Counters of the campaign by the grammar of libs/core/limits: owner = campaign ["/" offer] "#" limit. */
export function isOurs(key: string, ask: Ask): string {
  const { campaign, offer } = about(ask)
  return `(${key} ^@ ${literal(`${campaign}#`)} OR ${key} ^@ ${literal(offer === undefined ? `${campaign}/` : `${campaign}/${offer}#`)})`
}
export const ownerOf = (key: string): string => `split_part(${key}, '|', 1)`
/** The counter of the budget: the offer's own when one offer is asked for. */
export const budgetKey = (ask: Ask): string => {
  const { campaign, offer } = about(ask)
  return literal(`${campaign}${offer === undefined ? '' : `/${offer}`}#budget||total`)
}

const isSuspended = (ask: Ask) => {
  const { campaign, offer } = about(ask)
  const refs = offer === undefined ? `ref ^@ ${literal(`${campaign}/`)}` : `ref = ${literal(`${campaign}/${offer}`)}`
  return `EXISTS (SELECT FROM json_array_elements_text(a.basis -> 'suspended') ref WHERE ref = ${literal(campaign)} OR ${refs})`
}

/**
 * What an answer found on the counters of the campaign (libs/core/limits, seen.ts). A limit that was not kept with the answer is that of the
 * counter's row. An offer whose counters were asked met its conditions; without an offer in the end, one of its counters refused it.
 */
const seen = (ask: Ask) => `
  SELECT count(*) > 0 AS asked, coalesce(bool_or(kind = 'block' AND taken_count > 0), false) AS blocked,
    coalesce(bool_or(kind = 'limit' AND is_full), false) AS limit_full, coalesce(bool_or(kind = 'budget' AND is_full), false) AS budget_full
  FROM (
    SELECT CASE WHEN ${ownerOf('s.key')} LIKE '%#block' THEN 'block' WHEN ${ownerOf('s.key')} LIKE '%#budget' THEN 'budget' ELSE 'limit' END AS kind, n.taken_count,
      n.taken_fen >= n.limit_fen OR n.taken_count >= n.limit_count AS is_full
    FROM json_each(a.basis -> 'counters') s LEFT JOIN counter k ON k.key = s.key CROSS JOIN LATERAL (SELECT
      coalesce((s.value ->> 0)::bigint, 0) + coalesce((s.value ->> 2)::bigint, 0) + coalesce((s.value ->> 6)::bigint, 0) AS taken_fen,
      coalesce((s.value ->> 1)::bigint, 0) + coalesce((s.value ->> 3)::bigint, 0) + coalesce((s.value ->> 7)::bigint, 0) AS taken_count,
      CASE WHEN json_array_length(s.value) > 4 THEN (s.value ->> 4)::bigint ELSE k.limit_fen END AS limit_fen,
      CASE WHEN json_array_length(s.value) > 4 THEN (s.value ->> 5)::bigint ELSE k.limit_count END AS limit_count) n
    WHERE ${isOurs('s.key', ask)}) c`

/** Why the campaign gave nothing, an answer each: at merchants that its document names or where it was used, or wherever it came into question. */
export function refusalsOf(ask: Ask): string {
  const { offer } = about(ask)
  return `
  WITH merchants AS MATERIALIZED (
    SELECT merchant FROM (${eventsOf(ask)}) e WHERE e.event = 'capture'
    UNION SELECT m FROM (${documentOf(ask)}) d, json_array_elements(d.d -> 'offers') o, json_array_elements_text(o -> 'merchants') m
      WHERE ${where(equals(`o ->> 'code'`, offer))})
  SELECT a.currency, a.amount, CASE WHEN a.because <> '' THEN a.because WHEN a.suspended THEN 'suspended' WHEN s.blocked THEN 'blocked_after_refund'
      WHEN s.limit_full THEN 'limit_exhausted' WHEN s.budget_full THEN 'budget_exhausted' WHEN s.asked THEN 'too_little_left' ELSE 'conditions' END AS reason
  FROM (SELECT a.*, ${isSuspended(ask)} AS suspended FROM (${answersOf(ask)}) a) a CROSS JOIN LATERAL (${seen(ask)}) s
  WHERE a.suspended OR s.asked OR a.merchant IN (SELECT merchant FROM merchants)`
}

/**
 * Offers of the campaign with why they were not given, and to how many payments: of dates that are added up (migration 0030) as they are there, of
 * the others from the log, of each payment its last answer of the date.
 */
export function refusedOffersOf(ask: Ask): string {
  const { campaign, offer } = about(ask)
  const wanted = (column: string) => equals(column, offer)
  return `
  SELECT offer, reason, currency, payments, amount_fen AS amount FROM refusal_day
  WHERE ${where(inDates('date', ask.parameters), equals('campaign', campaign), wanted('offer'))}
  UNION ALL
  SELECT split_part(r.key, '/', 2) COLLATE "C", r.value COLLATE "C", l.currency, 1, l.amount_fen
  FROM generate_series(timestamp ${literal(ask.parameters.from)}, timestamp ${literal(ask.parameters.to)}, interval '1 day') d
    CROSS JOIN LATERAL refusals_logged(d::date, ${literal(ask.timeZone)}) l CROSS JOIN LATERAL json_each_text(l.refused) r
  WHERE NOT EXISTS (SELECT FROM refusal_day_count c WHERE c.date = d::date)
    AND ${where(equals(`split_part(r.key, '/', 1)`, campaign), wanted(`split_part(r.key, '/', 2)`))}`
}
