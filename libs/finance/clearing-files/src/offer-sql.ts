import type { ClearingKind } from '@lijian/contracts/finance'
import { readable } from '@lijian/contracts/text'

/** Which rows a file has. */
export interface OfferRows {
  businessDate: string
  settlementDate: string
  kind: ClearingKind
  clearingSystem: string
  /** Of the institution: instants are shown in it. */
  timeZone: string
}

/** Text as an SQL literal; COPY takes no parameters. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

// Below, `j` is a row of the journal and `o.offer` one of its offers.

/** Events of the journal that clearing files show. */
export const CLEARED_EVENTS = `('capture', 'void', 'reversal', 'refund')`

/** The kind of file that an offer stands in. */
export const KIND_OF_OFFER = `CASE WHEN o.offer->>'kind' = 'fee' THEN 'fee' WHEN o.offer->>'delivery' = 'rebate' THEN 'rebate' ELSE 'amount' END`
/** The same as a condition. */
export const IS_KIND: Readonly<Record<ClearingKind, string>> = {
  amount: `o.offer->>'kind' = 'amount' AND o.offer->>'delivery' = 'instant'`,
  fee: `o.offer->>'kind' = 'fee'`,
  rebate: `o.offer->>'kind' = 'amount' AND o.offer->>'delivery' = 'rebate'`,
}

const MERCHANT_BEARS = `o.offer->'funders' @> '[{"partner":"@merchant"}]' AND NOT (${IS_KIND.rebate})`

/**
 * Of an offer without the share that its merchant bears itself; a rebate is paid whole. Positive, also of what comes back. No subquery: it
 * would keep PostgreSQL from making lines in several processes.
 */
export const SETTLE_FEN = `((o.offer->'discountFen')::numeric - CASE WHEN ${MERCHANT_BEARS}
  THEN (jsonb_path_query_first(o.offer, '$.funders[*] ? (@.partner == "@merchant").amountFen'))::numeric ELSE 0 END)`
/** The same as text, without arithmetic where nothing is taken off. */
export const SETTLE_TEXT = `CASE WHEN ${MERCHANT_BEARS} THEN ${SETTLE_FEN}::text ELSE o.offer->>'discountFen' END`

/**
 * T+n of a rebate by the version of the document that granted it; what is taken back is due at once. A document that is none as we know them
 * stops no date: it counts as one that says nothing.
 */
export const REBATE_DATE = `CASE WHEN j.event <> 'capture' THEN j.business_date ELSE coalesce((
  SELECT CASE WHEN d->>'rebateFrom' = 'end' THEN greatest(j.business_date, coalesce(d->'rule'->'window'->>'to', ${readable('v.document')}->>'to')::date) ELSE j.business_date END
    + CASE WHEN d->>'rebateAfterDays' ~ '^[0-9]{1,4}$' THEN (d->>'rebateAfterDays')::int ELSE 0 END
  FROM campaign_version v CROSS JOIN LATERAL json_array_elements(
    CASE WHEN json_typeof(${readable('v.document')}->'offers') = 'array' THEN ${readable('v.document')}->'offers' ELSE '[]' END) d
  WHERE v.code = o.offer->>'campaign' AND v.version = (o.offer->>'version')::int AND json_typeof(d) = 'object' AND d->>'code' = o.offer->>'code'), j.business_date) END`
