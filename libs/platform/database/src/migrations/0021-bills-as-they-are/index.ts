import { sqlFolderMigration } from '../sql-folder'

export class BillsAsTheyAre1764000000021 extends sqlFolderMigration('0021-bills-as-they-are', ['reconcile_day']) {
  name = 'BillsAsTheyAre1764000000021'
}
