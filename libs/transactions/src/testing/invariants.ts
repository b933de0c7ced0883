import type { Client } from 'pg'

/** Each query finds what must not be; a sound database answers none of them with a row. */
const MUST_BE_EMPTY = {
  'counters = sum of what transactions hold and use': `
    WITH charge AS (
      SELECT c ->> 'key' AS key, t.charges_are, (c ->> 'fen')::bigint AS fen, (c ->> 'count')::bigint AS count
      FROM marketing_transaction t, jsonb_array_elements(t.charges) c WHERE t.charges_are <> 'none'
    ), sums AS (
      SELECT key,
        coalesce(sum(fen) FILTER (WHERE charges_are = 'held'), 0) AS held_fen, coalesce(sum(count) FILTER (WHERE charges_are = 'held'), 0) AS held_count,
        coalesce(sum(fen) FILTER (WHERE charges_are = 'used'), 0) AS used_fen, coalesce(sum(count) FILTER (WHERE charges_are = 'used'), 0) AS used_count
      FROM charge GROUP BY key
    )
    SELECT coalesce(c.key, s.key) AS key FROM counter c FULL JOIN sums s USING (key)
    WHERE (coalesce(c.held_fen, 0), coalesce(c.held_count, 0), coalesce(c.used_fen, 0), coalesce(c.used_count, 0))
      <> (coalesce(s.held_fen, 0), coalesce(s.held_count, 0), coalesce(s.used_fen, 0), coalesce(s.used_count, 0))`,
  'held + used within every limit': `
    SELECT key FROM counter WHERE held_fen + used_fen > limit_fen OR held_count + used_count > limit_count`,
  'payable + discount = amount': `
    SELECT serial FROM marketing_transaction WHERE payable_fen + (record ->> 'discountFen')::bigint <> amount_fen`,
  'funder shares sum to each discount': `
    SELECT t.serial FROM marketing_transaction t, jsonb_array_elements(t.record -> 'offers') o
    WHERE (o ->> 'discount')::bigint <> (SELECT sum((f ->> 'amount')::bigint) FROM jsonb_array_elements(o -> 'funders') f)`,
  'debits = credits': `
    SELECT serial FROM journal WHERE (SELECT sum(a) FROM unnest(amounts_fen) a) <> 0`,
  'what is posted for a transaction = what it gives': `
    WITH posted AS (
      SELECT client, coalesce(original_serial, serial) AS serial,
        sum(CASE WHEN event = 'capture' THEN 1 ELSE -1 END * (SELECT coalesce(sum((o ->> 'discountFen')::bigint), 0) FROM jsonb_array_elements(detail -> 'offers') o)) AS fen
      FROM journal WHERE event IN ('capture', 'void', 'reversal', 'refund') GROUP BY 1, 2
    ), given AS (
      SELECT client, serial, (SELECT sum((o ->> 'discount')::bigint) FROM jsonb_array_elements(t.record -> 'offers') o)
        - coalesce((SELECT sum((o ->> 'discountFen')::bigint) FROM jsonb_array_elements(t.record -> 'refunds') r, jsonb_array_elements(r -> 'part' -> 'offers') o
          WHERE r ->> 'state' = 'done'), 0) AS fen
      FROM marketing_transaction t WHERE t.state IN ('confirmed', 'partially_refunded', 'refunded')
    )
    SELECT serial FROM posted p FULL JOIN given g USING (client, serial) WHERE coalesce(p.fen, 0) <> coalesce(g.fen, 0)`,
  'prepaid balances have paid what was posted on them': `
    WITH posted AS (
      SELECT substr(account, 9) AS partner, sum(amount) AS fen
      FROM journal, unnest(accounts, amounts_fen) AS l (account, amount)
      WHERE account LIKE 'prepaid/%' AND event IN ('capture', 'void', 'reversal', 'refund') GROUP BY 1
    )
    SELECT p.partner FROM posted p LEFT JOIN counter c ON c.key = '@funds/' || p.partner || '||total'
    WHERE coalesce(c.used_fen, 0) <> p.fen`,
  'payer + discount = amount, for every refund': `
    SELECT t.serial FROM marketing_transaction t, jsonb_array_elements(t.record -> 'refunds') r
    WHERE jsonb_typeof(r -> 'part') = 'object' AND ((r -> 'part' ->> 'payerFen')::bigint + (r -> 'part' ->> 'discountFen')::bigint <> (r ->> 'amountFen')::bigint
      OR (r -> 'part' ->> 'payerFen')::bigint < 0 OR (r -> 'part' ->> 'discountFen')::bigint < 0)`,
  'no more is refunded than was captured': `
    SELECT t.serial FROM marketing_transaction t
    WHERE (SELECT sum((r ->> 'amountFen')::bigint) FROM jsonb_array_elements(t.record -> 'refunds') r WHERE r ->> 'state' <> 'waiting') > t.amount_fen
      OR (SELECT sum((r -> 'part' ->> 'payerFen')::bigint) FROM jsonb_array_elements(t.record -> 'refunds') r WHERE r ->> 'state' <> 'waiting') > t.payable_fen`,
  'a refund stands in its original as in its own row': `
    SELECT r.serial FROM reverse_transaction r JOIN marketing_transaction t ON t.client = r.client AND t.serial = r.original_serial
    WHERE r.kind = 'refund' AND r.state IN ('waiting', 'refund_held', 'done')
      AND r.state IS DISTINCT FROM (SELECT x ->> 'state' FROM jsonb_array_elements(t.record -> 'refunds') x WHERE x ->> 'serial' = r.serial)`,
  'one reverse transaction for each undone one': `
    SELECT t.serial FROM marketing_transaction t
    WHERE (t.state IN ('reversed', 'voided')) <> ((SELECT count(*) FROM reverse_transaction r WHERE r.client = t.client AND r.original_serial = t.serial AND r.kind <> 'refund') = 1)`,
}

/** The names of broken invariants with the rows that break them; empty when the books agree. */
export async function brokenInvariants(sql: Client): Promise<Record<string, unknown[]>> {
  const broken: Record<string, unknown[]> = {}
  for (const [name, query] of Object.entries(MUST_BE_EMPTY)) {
    const { rows } = await sql.query(query)
    if (rows.length > 0) broken[name] = rows
  }
  return broken
}
