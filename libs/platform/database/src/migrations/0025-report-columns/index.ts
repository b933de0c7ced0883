import type { QueryRunner } from 'typeorm'
import { sqlFolderMigration } from '../sql-folder'

export class ReportColumns1764000000025 extends sqlFolderMigration('0025-report-columns', [
  'share_firsts',
  'book_payment_days',
]) {
  name = 'ReportColumns1764000000025'

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner)
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DISABLE TRIGGER append_only`)
    for (const fill of FILLS) await runner.query(fill)
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ENABLE TRIGGER append_only`)
    for (const column of DEFAULTS) await runner.query(`ALTER TABLE ${column} DROP DEFAULT`)
    await runner.query(`DO $$ DECLARE day date; BEGIN
      FOR day IN SELECT business_date FROM journal_seal s WHERE NOT EXISTS (SELECT FROM payment_day d WHERE d.business_date = s.business_date)
        ORDER BY business_date LOOP PERFORM book_payment_days(day); END LOOP;
    END $$`)
  }
}

const TABLES = ['payment_day', 'payment_share_day']

/** Dates that have roll-ups already keep them: their merchants have the names of the seal. */
const FILLS = [
  `UPDATE payment_day d SET discount_fen = g.discount, fee_saved_fen = g.fee_saved, rebate_fen = g.rebate, prepaid_fen = g.prepaid, postpaid_fen = g.postpaid
   FROM (
     SELECT business_date, n, coalesce(sum(amount_fen) FILTER (WHERE kind = 'amount' AND delivery = 'instant'), 0) AS discount,
       coalesce(sum(amount_fen) FILTER (WHERE kind = 'fee'), 0) AS fee_saved,
       coalesce(sum(amount_fen) FILTER (WHERE kind = 'amount' AND delivery = 'rebate'), 0) AS rebate,
       coalesce(sum(amount_fen) FILTER (WHERE payment_mode = 'prepay'), 0) AS prepaid,
       coalesce(sum(amount_fen) FILTER (WHERE payment_mode = 'postpay'), 0) AS postpaid
     FROM payment_share_day GROUP BY 1, 2
   ) g WHERE g.business_date = d.business_date AND g.n = d.n`,
  `UPDATE payment_share_day s SET event = d.event, merchant = d.merchant, currency = d.currency, method = d.method, payments = d.payments,
     paid_fen = d.amount_fen, firsts = f.firsts
   FROM payment_day d, (
     SELECT s.business_date, s.n, s.part, share_firsts(bool_or(e.campaign = s.campaign), bool_or(e.offer = s.offer),
       bool_or((e.campaign, e.offer) = (s.campaign, s.offer)), bool_or(e.partner = s.partner), bool_or((e.campaign, e.partner) = (s.campaign, s.partner)),
       bool_or((e.offer, e.partner) = (s.offer, s.partner)), bool_or((e.campaign, e.offer, e.partner) = (s.campaign, s.offer, s.partner))) AS firsts
     FROM payment_share_day s LEFT JOIN payment_share_day e ON e.business_date = s.business_date AND e.n = s.n AND e.part < s.part GROUP BY 1, 2, 3
   ) f WHERE d.business_date = s.business_date AND d.n = s.n AND f.business_date = s.business_date AND f.n = s.n AND f.part = s.part`,
]

const DEFAULTS = [
  ...['discount_fen', 'fee_saved_fen', 'rebate_fen', 'prepaid_fen', 'postpaid_fen'].map(
    (column) => `payment_day ALTER ${column}`,
  ),
  ...['event', 'merchant', 'currency', 'method', 'payments', 'paid_fen', 'firsts'].map(
    (column) => `payment_share_day ALTER ${column}`,
  ),
]
