import type { QueryRunner } from 'typeorm'
import { sqlFolderMigration } from '../sql-folder'

export class Audit1764000000035 extends sqlFolderMigration('0035-audit', [
  'audit_months',
  'audit_shown',
  'audit_write',
  'audit_note',
  'audit_changed',
  'audit_table',
  'audit_seal',
  'decision_days',
]) {
  name = 'Audit1764000000035'

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner)
    await runner.query('SELECT open_audit_months()')
  }
}
