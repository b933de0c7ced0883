import type { QueryRunner } from 'typeorm'
import { sqlFolderMigration } from '../sql-folder'

export class Books1764000000010 extends sqlFolderMigration('0010-books', ['book_account_days', 'seal_business_day']) {
  name = 'Books1764000000010'

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner)
    await runner.query(`DO $$ DECLARE day date; BEGIN
      FOR day IN SELECT business_date FROM journal_seal ORDER BY business_date LOOP PERFORM book_account_days(day); END LOOP;
    END $$`)
  }
}
