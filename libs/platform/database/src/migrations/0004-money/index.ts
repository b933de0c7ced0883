import { sqlFolderMigration } from '../sql-folder'

export class Money1764000000004 extends sqlFolderMigration('0004-money', [
  'open_business_day',
  'freeze_business_day',
  'seal_business_day',
  'apply',
]) {
  name = 'Money1764000000004'
}
