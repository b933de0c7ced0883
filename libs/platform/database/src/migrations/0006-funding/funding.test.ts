import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'

test('top-ups that one person booked become approved receipts, posted; no balance changes', async () => {
  const database = await testDatabase()
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  // As the release before had it.
  await sql.query(`
    DROP INDEX proposal_bank_reference;
    ALTER TABLE partner DROP COLUMN kind CASCADE, DROP COLUMN payment_mode CASCADE, DROP COLUMN status CASCADE,
      DROP COLUMN contacts CASCADE, DROP COLUMN deposit_account CASCADE, DROP COLUMN payout_account CASCADE,
      DROP COLUMN accounts_version CASCADE, DROP COLUMN funded_fen CASCADE, DROP COLUMN warn_below_fen CASCADE, DROP COLUMN warn_below_ppm CASCADE;
    CREATE TABLE top_up (partner text NOT NULL REFERENCES partner (code), reference text NOT NULL, amount_fen bigint NOT NULL,
      entered_by text NOT NULL, entered_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (partner, reference));
    INSERT INTO partner (code, name, credit_line_fen) VALUES ('CCB', 'CCB', 5), ('ZIBO', 'ZIBO', 0), ('NEW', 'NEW', 0);
    INSERT INTO top_up VALUES ('CCB', 'R1', 100, 'anna', '2026-11-01T00:00Z'), ('CCB', 'R2', 50, 'anna', now()), ('ZIBO', 'R1', 7, 'bo', now());
    INSERT INTO counter (key, limit_fen, limit_version) VALUES ('@funds/CCB||total', 155, 0), ('@funds/ZIBO||total', 7, 0)`)
  await sql.query(readFileSync(join(__dirname, 'up.sql'), 'utf8'))
  const { rows } = await sql.query(`SELECT code, funded_fen::int AS fen, status FROM partner ORDER BY code`)
  expect(rows).toEqual([
    { code: 'CCB', fen: 150, status: 'active' },
    { code: 'NEW', fen: 0, status: 'active' },
    { code: 'ZIBO', fen: 7, status: 'active' },
  ])
  const made = await sql.query(
    `SELECT subject, body ->> 'bankReference' AS reference, maker, state FROM proposal ORDER BY 1, 2`,
  )
  expect(made.rows).toEqual([
    { subject: 'CCB', reference: 'R1', maker: 'anna', state: 'approved' },
    { subject: 'CCB', reference: 'R2', maker: 'anna', state: 'approved' },
    { subject: 'ZIBO', reference: 'R1~ZIBO', maker: 'bo', state: 'approved' },
  ])
  const posted = await sql.query(
    `SELECT l.account, sum(l.fen)::int AS fen FROM journal, unnest(accounts, amounts_fen) AS l (account, fen) GROUP BY 1 ORDER BY 1`,
  )
  expect(posted.rows).toEqual([
    { account: 'bank/own', fen: 157 },
    { account: 'prepaid/CCB', fen: -150 },
    { account: 'prepaid/ZIBO', fen: -7 },
  ])
  await sql.end()
  await database.drop()
})
