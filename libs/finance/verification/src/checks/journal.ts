import { CHANGED_SINCE, scanOf, type Scan } from '../check'

const OF_PAYMENTS = `event IN ('capture', 'void', 'reversal', 'refund') AND client NOT LIKE '@%'`

export const journalChecks: readonly Scan[] = [
  scanOf(
    'postings',
    'j.business_date::text, j.id, j.client, j.serial, j.event',
    `(SELECT j.*, b.frozen_at FROM journal j LEFT JOIN business_day b USING (business_date) WHERE j.business_date >= SINCE) j`,
    {
      'debits = credits': `cardinality(j.accounts) <> cardinality(j.amounts_fen) OR (SELECT coalesce(sum(a), 0) FROM unnest(j.amounts_fen) a) <> 0`,
      // docs/reference/postings.md: receivable/ and prepaid/ carry what partners bear; the share of @merchant is booked on nobody.
      'partners are charged what they bear of what is given': `${OF_PAYMENTS} AND (
          SELECT coalesce(sum(l.fen), 0) * CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END
          FROM unnest(j.accounts, j.amounts_fen) AS l (account, fen) WHERE l.account LIKE 'receivable/%' OR l.account LIKE 'prepaid/%'
        ) <> (
          SELECT coalesce(sum(f."amountFen"), 0) FROM jsonb_to_recordset(j.detail -> 'offers') AS o (funders jsonb),
            jsonb_to_recordset(o.funders) AS f (partner text, "amountFen" bigint) WHERE f.partner <> '@merchant'
        )`,
      'nothing is posted on a closed date': `j.posted_at > j.frozen_at`,
    },
  ),
  {
    names: ['what is posted for a transaction = what it gives'],
    looksAt: 'transactions',
    sql: `WITH since AS (SELECT client, serial, state, record FROM marketing_transaction t WHERE ${CHANGED_SINCE}),
      posted AS (
        SELECT client, coalesce(original_serial, serial) AS serial,
          sum(CASE WHEN event = 'capture' THEN 1 ELSE -1 END
            * (SELECT coalesce(sum(o."discountFen"), 0) FROM jsonb_to_recordset(detail -> 'offers') AS o ("discountFen" bigint))) AS fen
        FROM journal WHERE ${OF_PAYMENTS}
          AND (business_date >= SINCE OR (client, coalesce(original_serial, serial)) IN (SELECT client, serial FROM since))
        GROUP BY 1, 2
      ), given AS (
        SELECT t.client, t.serial, t.state, CASE WHEN t.state IN ('confirmed', 'partially_refunded', 'refunded') THEN
          (SELECT coalesce(sum(o.discount), 0) FROM jsonb_to_recordset(t.record -> 'offers') AS o (discount bigint))
          - coalesce((SELECT sum((o ->> 'discountFen')::bigint) FROM jsonb_array_elements(t.record -> 'refunds') r,
              jsonb_array_elements(r -> 'part' -> 'offers') o WHERE r ->> 'state' = 'done'), 0) ELSE 0 END AS fen
        FROM since t
      )
      SELECT client, serial, g.state, coalesce(p.fen, 0)::float8 AS posted_fen, coalesce(g.fen, 0)::float8 AS given_fen
      FROM posted p FULL JOIN given g USING (client, serial) WHERE coalesce(p.fen, 0) <> coalesce(g.fen, 0)`,
  },
  {
    names: ['a void, reversal or refund is posted on the date it is recorded on'],
    looksAt: 'reverses',
    sql: `SELECT j.client, j.serial, j.event, j.business_date::text AS posted_on, r.business_date::text AS recorded_on
      FROM journal j LEFT JOIN reverse_transaction r ON r.client = j.client AND r.serial = j.serial
      WHERE j.event IN ('void', 'reversal', 'refund') AND j.client NOT LIKE '@%' AND j.business_date >= SINCE
        AND (r.business_date IS DISTINCT FROM j.business_date OR r.kind IS DISTINCT FROM j.event OR r.state <> 'done')`,
  },
]
