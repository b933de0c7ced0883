import type { Ask } from './definition'
import { inDates, literal, PAYMENT_EVENTS } from './sql'

/** The last sealed date: balances of dates up to it stand in account_day. */
const SEALED = `(SELECT coalesce(max(business_date), DATE '-infinity') FROM journal_seal)`

/** A partner has two accounts: what it has paid in, and what it owes. Its balance is the first less the second. */
const accountsOf = ({ parameters: { partner = '' } }: Ask) => ({
  prepaid: literal(`prepaid/${partner}`),
  receivable: literal(`receivable/${partner}`),
})
const both = (ask: Ask): string => Object.values(accountsOf(ask)).join(', ')
const KIND = `split_part(l.account, '/', 1) COLLATE "C"`

/** A partner's currency never changes, so that dates which are sealed stay what they are. */
export const currencyOf = ({ parameters: { partner = '' } }: Ask): string =>
  `coalesce((SELECT currency FROM partner WHERE code = ${literal(partner)}), 'CNY')`

/** Each line of the journal on one of its accounts, as l of j: income is a credit, expense a debit. */
const journalLines = (
  ask: Ask,
): string => `journal j CROSS JOIN LATERAL unnest(j.accounts, j.amounts_fen) WITH ORDINALITY l (account, fen, n)
  WHERE ${inDates('j.business_date', ask.parameters)} AND j.accounts && ARRAY[${both(ask)}]::text[] AND l.account IN (${both(ask)})`

/** Of a payment, the offers of one way of paying that the partner pays for, as o and f. */
const fundedOffers = ({
  parameters: { partner = '' },
}: Ask): string => `jsonb_array_elements(j.detail -> 'offers') WITH ORDINALITY o (offer, n)
  CROSS JOIN LATERAL jsonb_array_elements(o.offer -> 'funders') f WHERE f ->> 'partner' = ${literal(partner)} AND (f ->> 'amountFen')::bigint <> 0`
const KIND_OF_OFFER = `CASE o.offer ->> 'paymentMode' WHEN 'prepay' THEN 'prepaid' ELSE 'receivable' END`

/** What people wrote when money moved, and what the bank calls it; of a payment, its offers. */
const summary = (ask: Ask): string => `CASE WHEN j.event IN ${PAYMENT_EVENTS}
  THEN coalesce((SELECT string_agg(o.offer ->> 'name', '；' ORDER BY o.n) FROM ${fundedOffers(ask)} AND ${KIND_OF_OFFER} = ${KIND}), '')
  ELSE concat_ws(' ', j.detail ->> 'bankReference', j.detail ->> 'payoutAccount', j.detail ->> 'reason') END`

/** The balance before each date of the report that is asked for, or as of now: what is sealed, and what was posted since. */
export const balances = (ask: Ask, before = `DATE 'infinity'`): string => {
  const { prepaid, receivable } = accountsOf(ask)
  const closing = (account: string) =>
    `(SELECT account, closing_fen AS fen FROM account_day WHERE account = ${account} AND business_date < ${before} ORDER BY business_date DESC LIMIT 1)`
  return `SELECT coalesce(-sum(fen) FILTER (WHERE account = ${prepaid}), 0)::bigint AS prepaid,
      coalesce(sum(fen) FILTER (WHERE account = ${receivable}), 0)::bigint AS owed, coalesce(-sum(fen), 0)::bigint AS balance
    FROM (
      ${closing(prepaid)} UNION ALL ${closing(receivable)} UNION ALL
      SELECT l.account, l.fen FROM journal j CROSS JOIN LATERAL unnest(j.accounts, j.amounts_fen) l (account, fen)
      WHERE j.business_date > ${SEALED} AND j.business_date < ${before} AND l.account IN (${both(ask)})
    ) b`
}

const LINE = `j.business_date AS date, j.id AS entry, l.n AS part, ${KIND} AS account, greatest(-l.fen, 0) AS income, greatest(l.fen, 0) AS expense`
const RUNNING = `(o.balance + sum(m.income - m.expense) OVER (ORDER BY m.date, m.entry, m.part))::bigint AS balance`

/** Every movement in the order of the books, with the balance after each. */
export const entries = (ask: Ask): string => `
  SELECT m.*, ${RUNNING}, ${currencyOf(ask)} AS currency
  FROM (
    SELECT ${LINE}, coalesce((j.detail ->> 'at')::timestamptz, j.posted_at) AS at, j.event, j.client, j.serial,
      coalesce(j.original_serial, '') AS original_serial, ${summary(ask)} AS summary, coalesce(j.merchant, '') AS merchant
    FROM ${journalLines(ask)}
  ) m CROSS JOIN (${balances(ask, firstDate(ask))}) o`

const firstDate = ({ parameters: { from } }: Ask): string => `DATE ${literal(from)}`

/** What its accounts moved by date: of sealed dates as the seal booked it, of others as the journal has it. */
const moved = (ask: Ask): string => `
  SELECT l.business_date AS date, ${KIND} AS account, l.credit_fen AS income, l.debit_fen AS expense
  FROM account_day l WHERE ${inDates('l.business_date', ask.parameters)} AND l.account IN (${both(ask)})
  UNION ALL
  SELECT j.business_date, ${KIND}, greatest(-l.fen, 0), greatest(l.fen, 0) FROM ${journalLines(ask)} AND j.business_date > ${SEALED}`

/** The dates that are asked for and have come. Of a sealed range, all of them. */
const dates = ({ parameters: { from, to }, timeZone }: Ask): string => `
  SELECT d::date AS date FROM generate_series(DATE ${literal(from)}, least(DATE ${literal(to)},
    greatest((now() AT TIME ZONE ${literal(timeZone)})::date, (SELECT max(business_date) FROM journal), (SELECT max(business_date) FROM journal_seal))), interval '1 day') d`

/** A row for each date, also for those on which nothing moved. */
export const days = (ask: Ask): string => {
  const running = (what: string) => `sum(coalesce(sum(${what}), 0)) OVER (ORDER BY d.date)`
  return `
  SELECT m.date, ${currencyOf(ask)} AS currency, (o.balance + m.balance - m.income + m.expense)::bigint AS opening, m.income, m.expense,
    (o.balance + m.balance)::bigint AS closing, (o.prepaid + m.prepaid)::bigint AS prepaid, (o.owed + m.prepaid - m.balance)::bigint AS owed
  FROM (
    SELECT d.date, coalesce(sum(m.income), 0)::bigint AS income, coalesce(sum(m.expense), 0)::bigint AS expense,
      ${running('m.income - m.expense')} AS balance, ${running(`CASE m.account WHEN 'prepaid' THEN m.income - m.expense ELSE 0 END`)} AS prepaid
    FROM (${dates(ask)}) d LEFT JOIN (${moved(ask)}) m ON m.date = d.date GROUP BY d.date
  ) m CROSS JOIN (${balances(ask, firstDate(ask))}) o`
}

/** What income and expense consist of: payments by the campaigns of their offers, and everything else by its event. */
export const parts = (ask: Ask): string => `
  SELECT date, account, event, campaign, greatest(fen, 0) AS income, greatest(-fen, 0) AS expense, id FROM (
    SELECT j.business_date AS date, ${KIND_OF_OFFER} AS account, j.event, coalesce(o.offer ->> 'campaign', '') AS campaign,
      (f ->> 'amountFen')::bigint * CASE j.event WHEN 'capture' THEN -1 ELSE 1 END AS fen, j.id
    FROM journal j CROSS JOIN LATERAL ${fundedOffers(ask)} AND ${inDates('j.business_date', ask.parameters)} AND j.event IN ${PAYMENT_EVENTS}
    UNION ALL
    SELECT j.business_date, ${KIND}, j.event, coalesce(j.detail ->> 'campaign', ''), -l.fen, j.id FROM ${journalLines(ask)} AND j.event NOT IN ${PAYMENT_EVENTS}
  ) p`

/** What a partner has now, beside what payments hold of it: empty for dates that are past or sealed. */
export const standing = (ask: Ask): string => {
  const { parameters, timeZone } = ask
  const { partner = '', to } = parameters
  return `
  SELECT p.code AS partner, p.name, p.currency, b.prepaid, b.owed, coalesce(c.held_fen, 0)::bigint AS held, p.credit_line_fen AS credit_line,
    (p.funded_fen + p.credit_line_fen - coalesce(c.used_fen, 0) - coalesce(c.held_fen, 0))::bigint AS available,
    (p.funded_fen - coalesce(c.used_fen, 0))::bigint AS unspent
  FROM partner p LEFT JOIN counter c ON c.key = '@funds/' || p.code || '||total' CROSS JOIN (${balances(ask)}) b
  WHERE p.code = ${literal(partner)} AND DATE ${literal(to)} >= (now() AT TIME ZONE ${literal(timeZone)})::date AND DATE ${literal(to)} > ${SEALED}`
}

/**
 * Income and expense consist of their parts; what the seal booked is what was posted, and opens with what was there before; the last balance of a
 * date is its closing; what payments may still spend is what stands in the account.
 */
export const fundsProofs = (ask: Ask): string => {
  const agree = (rows: string, of: string) => `
    SELECT concat_ws(' ', ${literal(of)}, date, account, side) AS what, CASE side WHEN 'income' THEN coalesce(x.income, 0) ELSE coalesce(x.expense, 0) END::bigint AS ours,
      CASE side WHEN 'income' THEN coalesce(b.income, 0) ELSE coalesce(b.expense, 0) END::bigint AS ledger
    FROM (SELECT date, account, sum(income) AS income, sum(expense) AS expense FROM ${rows} GROUP BY 1, 2) x FULL JOIN booked b USING (date, account)
      CROSS JOIN (VALUES ('income'), ('expense')) s (side)`
  return `
  WITH line AS MATERIALIZED (SELECT ${LINE} FROM ${journalLines(ask)}),
  booked AS MATERIALIZED (SELECT date, account, sum(income) AS income, sum(expense) AS expense FROM (${moved(ask)}) x GROUP BY 1, 2)
  ${agree(`(${parts(ask)}) p`, 'parts of')} UNION ALL
  ${agree('line', 'entries of')} UNION ALL
  SELECT concat_ws(' ', 'opening of', business_date, account), before, opening_fen FROM (
    SELECT business_date, account, opening_fen, lag(closing_fen, 1, 0::bigint) OVER (PARTITION BY account ORDER BY business_date) AS before
    FROM account_day WHERE account IN (${both(ask)}) AND business_date <= DATE ${literal(ask.parameters.to)}) chain UNION ALL
  SELECT concat_ws(' ', 'closing of', d.date), d.closing, e.balance FROM (${days(ask)}) d JOIN (
    SELECT DISTINCT ON (date) date, balance
    FROM (SELECT m.date, m.entry, m.part, ${RUNNING} FROM line m CROSS JOIN (${balances(ask, firstDate(ask))}) o) r ORDER BY date, entry DESC, part DESC
  ) e ON e.date = d.date UNION ALL
  SELECT 'balance now', unspent, prepaid FROM (${standing(ask)}) n`
}
