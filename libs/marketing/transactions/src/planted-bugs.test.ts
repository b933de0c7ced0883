import { brokenInvariants, namesOf, PAYMENT_CHECKS } from '@lijian/verification'
import { freezeBusinessDay, sealBusinessDay } from '@lijian/database'
import { Pool } from 'pg'
import { campaign, feeOffer, Stage } from './testing/stage'
import type { Transactions } from './types'

/**
 * Each invariant of libs/finance/verification with a bug that breaks exactly it, planted as the owner could with the triggers off, in a database transaction
 * that is undone afterwards. The books hold a payment of every kind and two sealed dates.
 */
let stage: Stage
let transactions: Transactions
const planted = new Set<string>()

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
const merchant = (id: string) => ({
  id,
  name: id,
  status: 'active' as const,
  fees: { default: { ppm: 6000 } },
  feeOnRefund: 'return' as const,
  clearingSystem: 'main',
})
const funders = [
  { partner: 'CCB', sharePpm: 700_000 },
  { partner: 'ZIBO', sharePpm: 300_000 },
]

async function pay(serial: string, at: string, outcome?: 'success' | 'failure'): Promise<void> {
  await transactions.query(stage.ask(serial, 10_000, { merchant: at }))
  if (outcome !== undefined) await transactions.result(stage.outcome(serial, outcome))
}
const refund = (serial: string, of: string, amountFen: number) =>
  transactions.refund({ client: 'T', originalSerial: of, serial, amountFen, bodyHash: serial, deadlineMs: 10_000 })
const refunded = async (serial: string, of: string, amountFen: number) => {
  await refund(serial, of, amountFen)
  await transactions.refundResult({ client: 'T', originalSerial: of, serial, outcome: 'success' })
}

/** What is booked so far was booked so many days ago. */
async function daysAgo(days: number): Promise<void> {
  await stage.sql.query(`SET session_replication_role = replica`)
  await stage.sql.query(
    `UPDATE journal SET business_date = business_date - $1::int, posted_at = posted_at - $1 * interval '1 day'`,
    [days],
  )
  for (const table of ['marketing_transaction', 'reverse_transaction'])
    await stage.sql.query(`UPDATE ${table} SET business_date = business_date - $1::int`, [days])
  await stage.sql.query(`SET session_replication_role = DEFAULT`)
}

beforeAll(async () => {
  const offer = campaign().offers[0]!
  const at = (id: string) => [{ ...offer, code: `FOOD-${id}`, merchants: [id] }]
  stage = await Stage.open(
    [
      campaign({ code: 'PRE', paymentMode: 'prepay', funders, budget: { amount: 1_000_000 }, offers: at('M1') }),
      campaign({ code: 'POST', funders: [funders[0]!, { partner: '@merchant', sharePpm: 300_000 }], offers: at('M2') }),
      campaign({ code: 'FEE', offers: [feeOffer()] }),
    ],
    [merchant('M1'), merchant('M2')],
  )
  await stage.sql.query(`INSERT INTO counter (key, limit_fen, limit_version) VALUES
    ('@funds/CCB||total', 1000000, 0), ('@funds/ZIBO||total', 1000000, 0)`)
  transactions = await stage.transactions()
  await pay('D1', 'M1', 'success')
  await pay('D2', 'M2', 'success')
  await daysAgo(1)
  await pay('E1', 'M1', 'success')
  await refunded('E1R', 'E1', 4000)
  await daysAgo(1)
  const { rows } = await stage.sql.query<{ day: string }>(
    'SELECT DISTINCT business_date::text AS day FROM journal ORDER BY 1',
  )
  expect(rows).toHaveLength(2)
  const pool = new Pool({ connectionString: stage.url })
  for (const { day } of rows) {
    await freezeBusinessDay(pool, day, RULE)
    await sealBusinessDay(pool, day)
  }
  await pool.end()
  await pay('H1', 'M1')
  await pay('C1', 'M1', 'failure')
  await pay('S1', 'M1', 'success')
  await pay('S2', 'M2', 'success')
  await refunded('S2R', 'S2', 2500)
  await refund('S2W', 'S2', 2500)
  await pay('V1', 'M1', 'success')
  await transactions.reverse({
    client: 'T',
    originalSerial: 'V1',
    serial: 'V1V',
    kind: 'void',
    bodyHash: 'v',
    door: 'http',
  })
  await transactions.query(stage.ask('G1', 10_000, { merchant: 'M1' }))
  await transactions.result(stage.outcome('G1', 'success', { paid: 10_000 }))
  await transactions.query(stage.ask('P1', 10_000, { merchant: 'M2' }))
  await transactions.result(stage.outcome('P1', 'success', { paid: 9000 }))
})
afterAll(() => stage.close())

test('the books hold every kind of payment, and agree', async () => {
  const { rows } = await stage.sql.query<{ states: string[] }>(
    `SELECT array_agg(DISTINCT state ORDER BY state) AS states FROM marketing_transaction`,
  )
  expect(rows[0]!.states).toEqual(['cancelled', 'confirmed', 'held', 'partially_refunded', 'voided'])
  expect((await stage.sql.query('SELECT FROM account_day')).rowCount).toBeGreaterThan(6)
  expect(await brokenInvariants(stage.sql)).toEqual({})
})

test('what failed is written down as it would have been posted', async () => {
  const { rows } = await stage.sql.query(
    `SELECT u.event, u.merchant, u.clearing_system AS system, u.business_date = t.business_date AS dated, u.detail - 'at' AS failed, j.detail - 'at' AS posted
     FROM unposted_result u JOIN marketing_transaction t USING (client, serial), journal j WHERE u.serial = 'C1' AND j.serial = 'S1'`,
  )
  const { failed, posted, ...rest } = rows[0]!
  expect(rows).toHaveLength(1)
  expect(rest).toEqual({ event: 'failed', merchant: 'M1', system: 'main', dated: true })
  const { feeOriginalFen: _, feeFinalFen: __, feeSavedFen: ___, ...same } = posted as Record<string, unknown>
  expect(failed).toEqual(same)
})

const record = (serial: string, path: string, value: string) =>
  `UPDATE marketing_transaction SET record = jsonb_set(record, '${path}', '${value}') WHERE serial = '${serial}'`
const amounts = (serial: string, change: string) =>
  `UPDATE journal SET amounts_fen = ${change} WHERE client = 'T' AND serial = '${serial}'`

/** A route that nobody has made: one attempt that is reserved, holds nothing and is over by nothing, unless changed. */
const route = (change: object, expires = 'now()') =>
  `INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record, expires_at) VALUES
   ('T', 'R1', 1, 'reserved', 'M1', '', 1, '${JSON.stringify([
     {
       mid: 'X',
       channel: 'C',
       pool: 'P',
       costFen: 0,
       probe: false,
       state: 'reserved',
       chargesAre: 'held',
       charges: [],
       over: [],
       exclude: [],
       at: '2026-11-23T03:45:00Z',
       expiresAt: '2026-11-23T04:00:00Z',
       ...change,
     },
   ])}', '${JSON.stringify({ facts: { method: 'wechat', type: 'qr' }, decisions: [] })}', ${expires})`
/** As an undo that asks nobody leaves it: another attempt has told of this hold. */
const undoneWhileTold = `UPDATE marketing_transaction SET state = 'no_offer', charges_are = 'none', charges = '[]', hold_expires_at = NULL,
   record = record || '{"emptyBecause": "deadline", "tellers": [{"id": "a", "withdrawn": "deadline"}, {"id": "b"}]}' WHERE serial = 'H1'`
const RIGHT_TIME = `'2026-11-23T04:00:00Z'`
/** One answer in the log, and its date added up. */
const booked = (bug: string) => `SELECT open_decision_day('2026-01-05');
  INSERT INTO decision_log (client, serial, answered_at, id, merchant, decision) VALUES ('T', 'N1', '2026-01-05T04:00:00Z', gen_random_uuid(), 'M1',
    '{"amountFen": 100, "facts": {}, "refused": {"C/O": "bin"}}');
  SELECT book_refusal_day('2026-01-05', 'Asia/Shanghai'); ${bug}`
const overBy = { key: 'PRE#budget', fen: 0, count: 1 }

test.each`
  name                                                                    | bug
  ${'debits = credits'}                                                   | ${`ALTER TABLE journal DROP CONSTRAINT journal_balances; ${amounts('S1', 'amounts_fen[1:cardinality(amounts_fen) - 1] || (amounts_fen[cardinality(amounts_fen)] - 1)')}`}
  ${'partners are charged what they bear of what is given'}               | ${`UPDATE journal SET accounts = accounts[2:] || ARRAY['suspense'], amounts_fen = amounts_fen[2:] || amounts_fen[1] WHERE serial = 'S2' AND accounts[1] LIKE 'receivable/%'`}
  ${'nothing is posted on a closed date'}                                 | ${`UPDATE business_day SET frozen_at = frozen_at - interval '4 days'`}
  ${'counters = sum of what transactions and routes hold and use'}        | ${`UPDATE counter SET used_count = used_count + 1 WHERE key LIKE 'PRE#budget%'`}
  ${'held + used within every limit'}                                     | ${`ALTER TABLE counter DROP CONSTRAINT counter_within_limit_fen; UPDATE counter SET limit_fen = held_fen + used_fen - 1 WHERE key = '@funds/CCB||total'`}
  ${'a route stands as its attempts do'}                                  | ${route({ state: 'reserved', chargesAre: 'none' })}
  ${'payable + discount = amount'}                                        | ${`UPDATE marketing_transaction SET payable_fen = payable_fen + 1 WHERE serial = 'S1'`}
  ${'funder shares sum to each discount'}                                 | ${record('S2', '{offers,0,funders,0,amount}', '1051')}
  ${'per hold: captured + released + open = amount'}                      | ${record('G1', '{released}', '[]')}
  ${'payer + discount = amount, for every refund'}                        | ${record('S2', '{refunds,0,part,payerFen}', '2124')}
  ${'no more is refunded than was captured'}                              | ${`${record('S2', '{refunds,1,amountFen}', '9999')}; ${record('S2', '{refunds,1,part,payerFen}', '9624')}`}
  ${'a hold is undone exactly when nobody tells of it'}                   | ${record('H1', '{tellers}', '[{"id": "m", "withdrawn": "deadline"}]')}
  ${'a reservation is undone exactly when nobody tells of it'}            | ${route({ tellers: [{ id: 'm', withdrawn: 'deadline' }] }, RIGHT_TIME)}
  ${'money that is not what stands is a case'}                            | ${`DELETE FROM outbox WHERE serial = 'P1'; UPDATE marketing_transaction SET updated_at = updated_at - interval '2 minutes' WHERE serial = 'P1'`}
  ${'a refund stands in its original as in its own row'}                  | ${`UPDATE reverse_transaction SET state = 'waiting' WHERE serial = 'S2W'`}
  ${'one reverse transaction for each undone one'}                        | ${`INSERT INTO reverse_transaction (client, serial, original_serial, kind, body_hash, answer, business_date) SELECT client, 'V1X', 'V1', 'void', '', answer, now() FROM reverse_transaction WHERE serial = 'V1V'`}
  ${'what is posted for a transaction = what it gives'}                   | ${`DELETE FROM journal WHERE serial = 'S2' AND event = 'capture'`}
  ${'a void, reversal or refund is posted on the date it is recorded on'} | ${`UPDATE reverse_transaction SET business_date = business_date - 1 WHERE serial = 'S2R'`}
  ${'prepaid balances have paid what was posted on them'}                 | ${`UPDATE journal SET accounts = array_replace(accounts, 'prepaid/CCB', 'receivable/CCB') WHERE serial = 'S1'`}
  ${'an entry is of one currency'}                                        | ${`UPDATE journal SET accounts = array_replace(accounts, 'merchant-discount/M2', 'merchant-discount/M2@JPY') WHERE serial = 'S2'`}
  ${'a payment is posted in its currency'}                                | ${record('S1', '{facts,currency}', '"JPY"')}
  ${'a live campaign and its funders are of one currency'}                | ${`UPDATE campaign_version SET document = (document::jsonb || '{"currency": "JPY"}')::json WHERE code = 'FEE'`}
  ${'seals verify'}                                                       | ${`UPDATE journal SET detail = jsonb_set(detail, '{at}', '"2026-01-01T00:00:00Z"') WHERE serial = 'D1'`}
  ${'opening = closing before'}                                           | ${`UPDATE account_day SET opening_fen = opening_fen + 1, closing_fen = closing_fen + 1 WHERE account = 'prepaid/CCB' AND business_date = (SELECT max(business_date) FROM account_day)`}
  ${'balances of sealed dates = their postings'}                          | ${`UPDATE account_day SET debit_fen = debit_fen + 5, credit_fen = credit_fen + 5 WHERE account = 'prepaid/CCB' AND business_date = (SELECT min(business_date) FROM account_day)`}
  ${'roll-ups of sealed dates = their payments'}                          | ${`UPDATE payment_day SET payments = payments + 1 WHERE n = 1`}
  ${'roll-ups of refusals = the log of their date'}                       | ${`INSERT INTO refusal_day VALUES ('2026-01-01', 'C', 'O', 'bin', 'CNY', 1, 1)`}
  ${'a result that posts nothing is written down'}                        | ${`DELETE FROM unposted_result WHERE serial = 'C1'`}
  ${'stored records have the shape of their version'}                     | ${`UPDATE marketing_transaction SET record = record - 'fees' WHERE serial = 'H1'`}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(Object.keys(await withBug(bug))).toEqual([name])
  planted.add(name)
})

test('every check has met its bug', () => expect([...planted].sort()).toEqual(namesOf(PAYMENT_CHECKS).sort()))

const V = 'stored records have the shape of their version'
/** Each kind of row, and each part of it. */
test.each`
  what                                    | bug
  ${'a version that nobody knows'}        | ${record('S1', '{v}', '9')}
  ${'version 1 does not name itself'}     | ${record('S1', '{v}', '1')}
  ${'a fact of another type'}             | ${record('S1', '{facts,at}', '1')}
  ${'a fact that nobody knows'}           | ${record('S1', '{facts,phone}', '"1"')}
  ${'a charge without its key'}           | ${`UPDATE marketing_transaction SET charges = '[{}]' WHERE serial = 'C1'`}
  ${"a refund's answer without amount"}   | ${`UPDATE reverse_transaction SET answer = answer - 'amount' WHERE serial = 'S2R'`}
  ${"a void's answer in another version"} | ${`UPDATE reverse_transaction SET answer = jsonb_set(answer, '{v}', '3') WHERE serial = 'V1V'`}
  ${'an attempt of no MID'}               | ${route({ mid: null, chargesAre: 'held' })}
`('planted: $what breaks the shape', async ({ bug }: { bug: string }) => {
  expect(Object.keys(await withBug(bug))).toContain(V)
})

test('rows of version 1 have its shape', async () => {
  const older = `UPDATE marketing_transaction SET record = record - 'v'; UPDATE reverse_transaction SET answer = answer - 'v'`
  expect(await withBug(older)).toEqual({})
})

/** Other faces of some of them: the same name, another way in. */
test.each`
  name                                                             | bug
  ${'per hold: captured + released + open = amount'}               | ${record('G1', '{released,0,discount}', '1499')}
  ${'a route stands as its attempts do'}                           | ${route({})}
  ${'a hold is undone exactly when nobody tells of it'}            | ${undoneWhileTold}
  ${'a route stands as its attempts do'}                           | ${route({ state: 'succeeded', chargesAre: 'used' }, 'NULL')}
  ${'a route stands as its attempts do'}                           | ${route({ state: 'failed', chargesAre: 'held' }, 'NULL')}
  ${'counters = sum of what transactions and routes hold and use'} | ${route({ charges: [overBy] }, RIGHT_TIME)}
  ${'counters = sum of what transactions and routes hold and use'} | ${route({ over: [overBy] }, RIGHT_TIME)}
  ${'seals verify'}                                                | ${`UPDATE journal_seal SET hash = sha256('other') WHERE business_date = (SELECT min(business_date) FROM journal_seal)`}
  ${'seals verify'}                                                | ${`DELETE FROM journal_seal WHERE business_date = (SELECT min(business_date) FROM journal_seal)`}
  ${'seals verify'}                                                | ${`DELETE FROM journal_seal WHERE business_date = (SELECT max(business_date) FROM journal_seal)`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_day SET amount_fen = amount_fen + 1 WHERE n = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_share_day SET amount_fen = amount_fen - 1 WHERE n = 1 AND part = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_share_day SET partner = 'ZIBO' WHERE partner = '@merchant'`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_posting_day SET fen = fen + 1 WHERE account = 'prepaid/CCB'`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`DELETE FROM payment_posting_day WHERE account = 'prepaid/CCB'`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_day SET discount_fen = discount_fen + 1 WHERE n = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_day SET postpaid_fen = postpaid_fen - 1, prepaid_fen = prepaid_fen + 1 WHERE n = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_share_day SET paid_fen = paid_fen + 1 WHERE n = 1 AND part = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_share_day SET method = method || '-' WHERE n = 1 AND part = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`UPDATE payment_share_day SET firsts = firsts - 16 WHERE n = 1 AND part = 1`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`DELETE FROM payment_day; DELETE FROM payment_share_day`}
  ${'roll-ups of sealed dates = their payments'}                   | ${`DELETE FROM merchant_day`}
  ${'roll-ups of refusals = the log of their date'}                | ${booked('UPDATE refusal_day SET payments = payments + 1')}
  ${'roll-ups of refusals = the log of their date'}                | ${booked(`UPDATE refusal_day SET reason = 'region'`)}
  ${'roll-ups of refusals = the log of their date'}                | ${booked('DELETE FROM refusal_day')}
  ${'one reverse transaction for each undone one'}                 | ${`UPDATE reverse_transaction SET original_serial = 'nobody' WHERE serial = 'V1V'`}
`('planted, and perhaps named by others too: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(Object.keys(await withBug(bug))).toContain(name)
})

test('refusals that were added up agree with their log, also when it is older or longer than it was', async () => {
  const later = `INSERT INTO decision_log SELECT client, 'N2', answered_at, id, merchant, decision FROM decision_log WHERE serial = 'N1'`
  for (const after of ['SELECT', later, `DELETE FROM decision_log`]) expect(await withBug(booked(after))).toEqual({})
})

test('a share of a prepaid balance that a refund gave back twice is found, though counters agree', async () => {
  const broken = await withBug(
    `UPDATE marketing_transaction t SET charges = (SELECT jsonb_agg(CASE WHEN c ->> 'key' = '@funds/CCB||total' THEN jsonb_set(c, '{fen}', to_jsonb((c ->> 'fen')::bigint - 7)) ELSE c END)
       FROM jsonb_array_elements(t.charges) c) WHERE serial = 'E1';
     UPDATE counter SET used_fen = used_fen - 7 WHERE key = '@funds/CCB||total'`,
  )
  expect(Object.keys(broken)).toEqual([
    'prepaid balances have paid what was posted on them',
    'per hold: captured + released + open = amount',
  ])
})

async function withBug(bug: string): Promise<Record<string, unknown[]>> {
  await stage.sql.query('BEGIN')
  try {
    await stage.sql.query(`SET LOCAL session_replication_role = replica; ${bug}`)
    return await brokenInvariants(stage.sql)
  } finally {
    await stage.sql.query('ROLLBACK')
  }
}
