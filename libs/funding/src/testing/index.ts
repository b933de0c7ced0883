import type { Client } from 'pg'

/** What must not be about partners' money; a sound database answers none of them with a row. */
const MUST_BE_EMPTY = {
  'what a partner has paid in = receipts − withdrawals of the journal': `
    WITH posted AS (
      SELECT substr(l.account, 9) AS code, -sum(l.fen) AS fen FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
      WHERE j.event NOT IN ('capture', 'void', 'reversal', 'refund') AND l.account LIKE 'prepaid/%' GROUP BY 1
    )
    SELECT p.code FROM partner p LEFT JOIN posted USING (code) WHERE p.funded_fen <> coalesce(posted.fen, 0)`,
  'the limit of a balance = paid in + credit line': `
    SELECT p.code FROM partner p JOIN counter c ON c.key = '@funds/' || p.code || '||total' WHERE c.limit_fen <> p.funded_fen + p.credit_line_fen`,
  'balances = what transactions hold and use of them': `
    WITH charge AS (
      SELECT c ->> 'key' AS key, t.charges_are, (c ->> 'fen')::bigint AS fen
      FROM marketing_transaction t, jsonb_array_elements(t.charges) c WHERE t.charges_are <> 'none' AND c ->> 'key' LIKE '@funds/%'
    )
    SELECT c.key FROM counter c WHERE c.key LIKE '@funds/%' AND (c.held_fen, c.used_fen) <>
      (SELECT coalesce(sum(fen) FILTER (WHERE charges_are = 'held'), 0), coalesce(sum(fen) FILTER (WHERE charges_are = 'used'), 0) FROM charge WHERE charge.key = c.key)`,
  'every approved movement is posted, once': `
    SELECT p.id FROM proposal p WHERE p.kind IN ('receipt', 'withdrawal', 'transfer', 'collection')
      AND (p.state = 'approved') <> ((SELECT count(*) FROM journal j WHERE j.client = '@' || p.kind AND j.serial = p.id::text) = 1)`,
  'debits = credits': `SELECT serial FROM journal WHERE (SELECT sum(a) FROM unnest(amounts_fen) a) <> 0`,
}

/** The names of broken invariants with the rows that break them; empty when the books agree. */
export async function brokenFunds(sql: Pick<Client, 'query'>): Promise<Record<string, unknown[]>> {
  const broken: Record<string, unknown[]> = {}
  for (const [name, query] of Object.entries(MUST_BE_EMPTY)) {
    const { rows } = await sql.query(query)
    if (rows.length > 0) broken[name] = rows
  }
  return broken
}
