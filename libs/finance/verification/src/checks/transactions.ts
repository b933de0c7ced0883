import { CHANGED_SINCE, scanOf, type Scan } from '../check'

/** Read once per row: each look into `record` would unpack it again. */
const FROM = `(SELECT * FROM marketing_transaction t WHERE ${CHANGED_SINCE}) t, LATERAL jsonb_to_record(t.record)
  AS r ("discountFen" bigint, offers jsonb, released jsonb, first jsonb, result jsonb, refunds jsonb, tellers jsonb, "emptyBecause" text)`

const offersOf = (list: string, name: string) =>
  `jsonb_to_recordset(${list}) AS ${name} (campaign text, code text, kind text, discount bigint, funders jsonb)`

/** What was granted at the query stands, by offer, either among what is open or captured or among what was released. */
const HOLD_SPLIT = `(r.first IS NOT NULL AND (
  EXISTS (SELECT FROM ${offersOf(`r.first -> 'offers'`, 'f')}
    FULL JOIN (SELECT * FROM ${offersOf('r.offers', 'o')} UNION ALL SELECT * FROM ${offersOf('r.released', 'o')}) g
      ON (g.campaign, g.code) = (f.campaign, f.code)
    WHERE f.code IS NULL OR g.code IS NULL OR (f.kind = 'amount' AND f.discount <> g.discount))
  OR jsonb_array_length(r.first -> 'offers') <> jsonb_array_length(r.offers) + jsonb_array_length(r.released)))`

/** What a charge took is what it still takes and what refunds gave back; on prepaid balances that is the partner's share, to the fen. */
const CHARGES_SPLIT = `(t.charges_are <> 'none' AND t.state IN ('held', 'confirmed', 'partially_refunded', 'refunded') AND EXISTS (
  SELECT FROM jsonb_to_recordset(t.charges) AS c (key text, fen bigint, offer text, "ofFen" bigint)
  WHERE c.fen < 0 OR c.fen > coalesce(c."ofFen", c.fen) OR (c.key LIKE '@funds/%' AND c.fen <> (
    SELECT coalesce(sum((f ->> 'amount')::bigint), 0) FROM ${offersOf('r.offers', 'o')}, jsonb_array_elements(o.funders) f
    WHERE o.code = c.offer AND '@funds/' || (f ->> 'partner') || '||total' = c.key
  ) - (
    SELECT coalesce(sum((f ->> 'amount')::bigint), 0)
    FROM jsonb_array_elements(r.refunds) x, jsonb_array_elements(x -> 'part' -> 'offers') o, jsonb_array_elements(o -> 'funders') f
    WHERE x ->> 'state' = 'done' AND o ->> 'code' = c.offer AND '@funds/' || (f ->> 'partner') || '||total' = c.key
  ))))`

const refundsWhere = (condition: string) =>
  `(r.refunds IS NOT NULL AND EXISTS (SELECT FROM jsonb_array_elements(r.refunds) x, LATERAL (SELECT (x ->> 'amountFen')::bigint AS amount,
    (x -> 'part' ->> 'payerFen')::bigint AS payer, (x -> 'part' ->> 'discountFen')::bigint AS discount) p WHERE ${condition}))`

const REFUNDED_TOO_MUCH = `(r.refunds IS NOT NULL AND EXISTS (
  SELECT FROM (SELECT sum((x ->> 'amountFen')::bigint) AS amount, sum((x -> 'part' ->> 'payerFen')::bigint) AS payer
    FROM jsonb_array_elements(r.refunds) x WHERE x ->> 'state' <> 'waiting') s
  WHERE s.amount > t.amount_fen OR s.payer > t.payable_fen
  UNION ALL
  SELECT FROM (SELECT o ->> 'code' AS code, sum((o ->> 'discountFen')::bigint) AS back
    FROM jsonb_array_elements(r.refunds) x, jsonb_array_elements(x -> 'part' -> 'offers') o WHERE x ->> 'state' <> 'waiting' GROUP BY 1) b
  LEFT JOIN ${offersOf('r.offers', 'o')} ON o.code = b.code WHERE b.back < 0 OR b.back > coalesce(o.discount, 0)))`

/** Those who told something else have withdrawn: all of them, and it is undone; some of them, and it stands. Older rows do not say. */
const UNDONE_WRONGLY = `(r.tellers IS NOT NULL AND (t.state = 'no_offer' AND coalesce(r."emptyBecause", '') = 'deadline') =
  EXISTS (SELECT FROM jsonb_array_elements(r.tellers) x WHERE NOT x ? 'withdrawn'))`

/** The outbox holds the case until Temporal has taken it; then its flow opens it at once. */
const MONEY_WITHOUT_CASE = `(r.result ->> 'outcome' = 'success' AND (t.state = 'unfunded' OR (r.result ->> 'paidFen')::bigint <> t.payable_fen)
  AND t.updated_at < now() - interval '1 minute'
  AND NOT EXISTS (SELECT FROM reconciliation_case c WHERE c.client = t.client AND c.serial = t.serial AND c.kind IN ('unfunded', 'paid_mismatch'))
  AND NOT EXISTS (SELECT FROM outbox o WHERE o.client = t.client AND o.serial = t.serial AND o.snapshot ->> 'case' IS NOT NULL))`

export const transactionChecks: readonly Scan[] = [
  scanOf('transactions', 't.client, t.serial, t.state', FROM, {
    'payable + discount = amount': 't.payable_fen + r."discountFen" <> t.amount_fen',
    'funder shares sum to each discount': `EXISTS (SELECT FROM ${offersOf('r.offers', 'o')} WHERE o.discount <>
      (SELECT coalesce(sum((f ->> 'amount')::bigint), 0) FROM jsonb_array_elements(o.funders) f))`,
    'per hold: captured + released + open = amount': `${HOLD_SPLIT} OR ${CHARGES_SPLIT}`,
    'payer + discount = amount, for every refund': refundsWhere(
      'p.payer + p.discount <> p.amount OR p.payer < 0 OR p.discount < 0',
    ),
    'no more is refunded than was captured': REFUNDED_TOO_MUCH,
    'a hold is undone exactly when nobody tells of it': UNDONE_WRONGLY,
    'money that is not what stands is a case': MONEY_WITHOUT_CASE,
  }),
  {
    names: ['a refund stands in its original as in its own row'],
    looksAt: 'refunds',
    sql: `SELECT r.client, r.serial, r.original_serial, r.state FROM reverse_transaction r
      LEFT JOIN marketing_transaction t ON t.client = r.client AND t.serial = r.original_serial
      WHERE r.kind = 'refund' AND r.state IN ('waiting', 'refund_held', 'done') AND r.updated_at >= SINCE - interval '1 day'
        AND r.state IS DISTINCT FROM (SELECT x ->> 'state' FROM jsonb_array_elements(t.record -> 'refunds') x WHERE x ->> 'serial' = r.serial)`,
  },
  {
    names: ['one reverse transaction for each undone one'],
    looksAt: 'reverses',
    sql: `SELECT coalesce(t.client, r.client) AS client, coalesce(t.serial, r.serial) AS serial, t.state, r.n AS reverses
      FROM (SELECT client, serial, state, updated_at FROM marketing_transaction) t
      FULL JOIN (SELECT client, original_serial AS serial, count(*) AS n FROM reverse_transaction WHERE kind <> 'refund' GROUP BY 1, 2) r
        ON r.client = t.client AND r.serial = t.serial
      WHERE (coalesce(t.state, '') IN ('reversed', 'voided')) <> (coalesce(r.n, 0) = 1) AND (t.client IS NULL OR ${CHANGED_SINCE})`,
  },
]
