import type { QueryRunner } from 'typeorm'
import { sqlFolderMigration } from '../sql-folder'

/** 0025 makes the roll-ups of dates that are sealed already. */
export class RollUps1764000000024 extends sqlFolderMigration('0024-roll-ups', [
  'note_unposted_results',
  'apply',
  'payment_amounts',
  'seal_business_day',
]) {
  name = 'RollUps1764000000024'

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner)
    await runner.query(`INSERT INTO unposted_result (business_date, event, client, serial, merchant, clearing_system, detail, recorded_at)
      SELECT t.business_date, CASE t.state WHEN 'cancelled' THEN 'failed' ELSE t.state END, t.client, t.serial, t.merchant,
        unposted_clearing_system(t.record), unposted_detail(t.record, t.charges, t.amount_fen, t.payable_fen, t.created_at), t.updated_at
      FROM marketing_transaction t WHERE t.state IN ('cancelled', 'unfunded') AND t.business_date IS NOT NULL
      ORDER BY t.business_date, t.updated_at, t.client, t.serial`)
  }
}
