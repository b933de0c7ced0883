import { readable } from '@lijian/contracts/text'
import { CHANGED_SINCE, type Scan } from '../check'

/** Of so many newest dates the log is read again: it is the longest table of all. */
const LOG_DATES = 7

/** Payments of sealed dates as the seal found them; recomputed here another way than the seal does it. */
const OF_SEALED = `
  SELECT j.business_date, j.event, coalesce(j.merchant, '') AS merchant, j.clearing_system, j.detail FROM journal j JOIN journal_seal USING (business_date)
  WHERE j.business_date >= SINCE AND j.event IN ('capture', 'void', 'reversal', 'refund') AND j.client NOT LIKE '@%'
  UNION ALL
  SELECT u.business_date, u.event, u.merchant, u.clearing_system, u.detail FROM unposted_result u JOIN journal_seal USING (business_date)
  WHERE u.business_date >= SINCE`

const OFFER = ['o.campaign', 'o.code', 'o.name', 'o.kind', 'o.delivery', 'o."paymentMode"', 'f.partner']
  .map((column) => `coalesce(${column}, '')`)
  .join(', ')
/** The shares of one payment, where there are several: which of them stand together. */
const TOGETHER = `
  SELECT d.business_date, d.event, d.merchant, d.currency, d.method, s.shares, d.payments FROM payment_day d CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(campaign, offer, partner) ORDER BY part) AS shares FROM payment_share_day s
    WHERE s.business_date = d.business_date AND s.n = d.n
  ) s WHERE d.business_date >= SINCE AND jsonb_array_length(s.shares) > 1`
const TOGETHER_PAID = `
  SELECT p.business_date, p.event, p.merchant, p.currency, p.method, s.shares FROM paid p CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(coalesce(o.offer ->> 'campaign', ''), coalesce(o.offer ->> 'code', ''), coalesce(f.share ->> 'partner', '')) ORDER BY o.k, f.k) AS shares
    FROM jsonb_array_elements(p.offers) WITH ORDINALITY AS o (offer, k) CROSS JOIN LATERAL jsonb_array_elements(o.offer -> 'funders') WITH ORDINALITY AS f (share, k)
  ) s WHERE jsonb_array_length(s.shares) > 1`

const nth = (...keys: string[]): string =>
  `row_number() OVER (PARTITION BY s.business_date, s.n, ${keys.map((key) => `s.${key}`).join(', ')} ORDER BY s.part) = 1`
/** Bits of `firsts` of payment_share_day, from 2 on. */
const FIRSTS = [
  ['campaign'],
  ['offer'],
  ['campaign', 'offer'],
  ['partner'],
  ['campaign', 'partner'],
  ['offer', 'partner'],
  ['campaign', 'offer', 'partner'],
]
  .map((keys, i) => `CASE WHEN ${nth(...keys)} THEN ${2 << i} ELSE 0 END`)
  .join(' + ')
const given = (of: string, condition: string) => `coalesce(sum(s.amount_fen) FILTER (WHERE ${condition}), 0) AS ${of}`

/** What a row has of others: a share its payment, a payment its gifts. */
const COPIES = `
  SELECT s.business_date::text, 'copy', s.merchant, s.currency, s.method, s.campaign, s.offer, s.partner, s.payments::float8, s.paid_fen::float8,
    d.payments::float8, d.amount_fen::float8
  FROM (SELECT s.*, ${FIRSTS} AS firsts_counted FROM payment_share_day s WHERE s.business_date >= SINCE) s LEFT JOIN payment_day d USING (business_date, n)
  WHERE (s.event, s.merchant, s.currency, s.method, s.payments, s.paid_fen, s.firsts::integer)
    IS DISTINCT FROM (d.event, d.merchant, d.currency, d.method, d.payments, d.amount_fen, s.firsts_counted)
  UNION ALL
  SELECT d.business_date::text, 'gifts', d.merchant, d.currency, d.method, '', '', '', d.payments::float8, NULL, NULL, NULL
  FROM payment_day d LEFT JOIN (
    SELECT business_date, n, ${given('discount', `kind = 'amount' AND delivery = 'instant'`)}, ${given('fee_saved', `kind = 'fee'`)},
      ${given('rebate', `kind = 'amount' AND delivery = 'rebate'`)}, ${given('prepaid', `payment_mode = 'prepay'`)}, ${given('postpaid', `payment_mode = 'postpay'`)}
    FROM payment_share_day s WHERE business_date >= SINCE GROUP BY 1, 2
  ) g USING (business_date, n)
  WHERE d.business_date >= SINCE AND (d.discount_fen, d.fee_saved_fen, d.rebate_fen, d.prepaid_fen, d.postpaid_fen)
    IS DISTINCT FROM (coalesce(g.discount, 0), coalesce(g.fee_saved, 0), coalesce(g.rebate, 0), coalesce(g.prepaid, 0), coalesce(g.postpaid, 0))`

const KEYS = 'business_date, event, merchant, currency, method, campaign, code, name, kind, delivery, mode, partner'

export const rollUpChecks: readonly Scan[] = [
  {
    names: ['roll-ups of sealed dates = their payments'],
    looksAt: 'paymentDays',
    // Once for each payment (without an offer) and once for each of its shares: a share with the wrong payments is found by their number.
    sql: `WITH booked AS (
        SELECT d.business_date, d.event, d.merchant, d.currency, d.method, '' AS campaign, '' AS code, '' AS name, '' AS kind, '' AS delivery, '' AS mode,
          '' AS partner, sum(d.payments) AS payments, sum(d.amount_fen) AS fen
        FROM payment_day d WHERE d.business_date >= SINCE GROUP BY 1, 2, 3, 4, 5
        UNION ALL
        SELECT s.business_date, s.event, s.merchant, s.currency, s.method, s.campaign, s.offer, s.offer_name, s.kind, s.delivery, s.payment_mode,
          s.partner, sum(s.payments), sum(s.amount_fen)
        FROM payment_share_day s WHERE s.business_date >= SINCE GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
      ), paid AS (
        SELECT e.business_date, e.event, e.merchant, coalesce(nullif(split_part(e.clearing_system, '@', 2), ''), 'CNY') AS currency,
          coalesce(d."paymentMethod", '') AS method, d."amountFen" AS amount, d.offers
        FROM (${OF_SEALED}) e CROSS JOIN LATERAL jsonb_to_record(e.detail) AS d ("paymentMethod" text, "amountFen" bigint, offers jsonb)
      ), counted AS (
        SELECT business_date, event, merchant, currency, method, '', '', '', '', '', '', '', count(*) AS payments, coalesce(sum(amount), 0) AS fen
        FROM paid GROUP BY 1, 2, 3, 4, 5
        UNION ALL
        SELECT business_date, event, merchant, currency, method, ${OFFER}, count(*), coalesce(sum(f."amountFen"), 0)
        FROM paid CROSS JOIN LATERAL jsonb_to_recordset(offers)
            AS o (campaign text, code text, name text, kind text, delivery text, "paymentMode" text, funders jsonb)
          CROSS JOIN LATERAL jsonb_to_recordset(o.funders) AS f (partner text, "amountFen" bigint)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
      )
      SELECT business_date::text, event, merchant, currency, method, campaign, code AS offer, partner, b.payments::float8 AS payments, b.fen::float8 AS fen,
        c.payments::float8 AS payments_counted, c.fen::float8 AS fen_counted
      FROM booked b FULL JOIN counted c (${KEYS}, payments, fen) USING (${KEYS})
      WHERE (b.payments, b.fen) IS DISTINCT FROM (c.payments, c.fen)
      UNION ALL
      SELECT business_date::text, event, merchant, currency, method, 'together', shares::text, '', b.payments::float8, NULL, c.payments::float8, NULL
      FROM (SELECT business_date, event, merchant, currency, method, shares, sum(payments) AS payments FROM (${TOGETHER}) t GROUP BY 1, 2, 3, 4, 5, 6) b
        FULL JOIN (SELECT business_date, event, merchant, currency, method, shares, count(*) AS payments FROM (${TOGETHER_PAID}) t GROUP BY 1, 2, 3, 4, 5, 6) c
        USING (business_date, event, merchant, currency, method, shares) WHERE b.payments IS DISTINCT FROM c.payments
      UNION ALL ${COPIES}
      UNION ALL
      SELECT business_date::text, 'posted', account, '', '', '', '', '', NULL, b.fen::float8, NULL, c.fen::float8
      FROM (SELECT * FROM payment_posting_day WHERE business_date >= SINCE) b FULL JOIN (
        SELECT j.business_date, l.account COLLATE "C" AS account, sum(l.fen)::bigint AS fen
        FROM journal j JOIN journal_seal USING (business_date), unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.business_date >= SINCE AND j.event IN ('capture', 'void', 'reversal', 'refund') AND j.client NOT LIKE '@%' GROUP BY 1, 2
      ) c USING (business_date, account) WHERE b.fen IS DISTINCT FROM c.fen
      UNION ALL
      SELECT d.business_date::text, 'merchant', d.merchant, '', '', '', '', '', NULL, NULL, NULL, NULL FROM payment_day d
      WHERE d.business_date >= SINCE AND NOT EXISTS (SELECT FROM merchant_day m WHERE m.business_date = d.business_date AND m.merchant = d.merchant)`,
  },
  {
    names: ['a result that posts nothing is written down'],
    looksAt: 'transactions',
    sql: `SELECT t.client, t.serial, t.state FROM marketing_transaction t WHERE t.state IN ('cancelled', 'unfunded') AND t.business_date IS NOT NULL
      AND ${CHANGED_SINCE} AND NOT EXISTS (SELECT FROM unposted_result u WHERE u.client = t.client AND u.serial = t.serial
        AND u.event = CASE t.state WHEN 'cancelled' THEN 'failed' ELSE 'unfunded' END)`,
  },
  {
    names: ['roll-ups of refusals = the log of their date'],
    looksAt: 'refusalDays',
    // Logs grow old and are dropped, and what PostgreSQL was away for is logged late: a date is compared whose log has the answers that were counted.
    sql: `WITH dates AS (
        SELECT c.date, c.answers, c.date::timestamp AT TIME ZONE c.zone AS first, (c.date + 1)::timestamp AT TIME ZONE c.zone AS until
        FROM refusal_day_count c WHERE c.date >= SINCE ORDER BY c.date DESC LIMIT ${LOG_DATES}
      ), answers AS (
        SELECT d.date, d.answers, l.client, l.serial, l.answered_at, l.id, l.decision FROM dates d
        JOIN LATERAL (SELECT client, serial, answered_at, id, ${readable('decision')} AS decision FROM decision_log
          WHERE answered_at >= d.first AND answered_at < d.until) l ON true
      ), whole AS (SELECT date FROM dates WHERE answers = (SELECT count(*) FROM answers a WHERE a.date = dates.date)
      ), counted AS (
        SELECT a.date, r.key AS ref, r.value AS reason, coalesce(a.decision #>> '{facts,currency}', 'CNY') AS currency, count(*) AS payments,
          sum((a.decision ->> 'amountFen')::bigint) AS fen
        FROM answers a JOIN whole USING (date), json_each_text(a.decision -> 'refused') r
        WHERE NOT EXISTS (SELECT FROM answers b WHERE b.date = a.date AND b.client = a.client AND b.serial = a.serial
          AND (b.answered_at, b.id) > (a.answered_at, a.id))
        GROUP BY 1, 2, 3, 4
      ), booked AS (
        SELECT date, campaign || '/' || offer AS ref, reason, currency, payments, amount_fen AS fen FROM refusal_day JOIN whole USING (date)
      )
      SELECT date::text, ref, reason, currency, b.payments::float8 AS payments, b.fen::float8 AS fen, c.payments::float8 AS payments_counted,
        c.fen::float8 AS fen_counted
      FROM booked b FULL JOIN counted c USING (date, ref, reason, currency) WHERE (b.payments, b.fen) IS DISTINCT FROM (c.payments, c.fen)
      UNION ALL
      SELECT r.date::text, 'not counted', '', '', NULL, NULL, NULL, NULL FROM (SELECT DISTINCT date FROM refusal_day WHERE date >= SINCE) r
      WHERE NOT EXISTS (SELECT FROM refusal_day_count c WHERE c.date = r.date)`,
  },
]
