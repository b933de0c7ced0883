import { sqlFolderMigration } from '../sql-folder'

export class Clearing1764000000007 extends sqlFolderMigration('0007-clearing', [
  'clearing_too_wide',
  'clearing_cut',
  'freeze_business_day',
]) {
  name = 'Clearing1764000000007'
}
