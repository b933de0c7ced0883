import { sqlFolderMigration } from '../sql-folder'

export class Refusals1764000000030 extends sqlFolderMigration('0030-refusals', [
  'refusals_logged',
  'book_refusal_days',
]) {
  name = 'Refusals1764000000030'
}
